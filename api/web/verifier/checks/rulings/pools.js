/**
 * Law 5, pools: a variant pool is its base number apart. It is its own statement, so what is found
 * of it is the same for every variant that rests on it, and is found once a walk.
 *
 * @typedef {object} Parted a pool that its base number is parted by, as far as both are open
 * @property {object} base the base's subject
 * @property {Map<string | null, object>} rows open rows by code, that of the remainder by null
 * @property {boolean} whole whether these are all
 * @property {Unknown | null} unknown what of pool or base is hidden or pending
 */
import { grossOf } from '../../calc/columns.js';
import { volumeOf, whyNotOnePool } from '../../calc/laws/variants.js';
import { plain } from '../../calc/rounding.js';
import { unitFactor } from '../../calc/tables.js';
import { Refused } from '../../core/errors.js';
import { Rational } from '../../core/rational.js';
import { only } from '../../evidence/opened.js';
import { FOOTPRINT } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { UNSEEN } from '../../walk/laws.js';
import { requireRecord, Unknown } from './records.js';

/** The member that says how much was produced. */
export const MADE = 'producedAmount';
const OF_BASE = { kind: FOOTPRINT, what: 'the base of its variant pool' };

/** The pools of a walk, each judged when a variant first rests on it. */
export class Pools {
  #nodes;
  #tables;
  #found = new Map();

  /**
   * @param {Map<string, import('../../walk/node.js').Node>} nodes
   * @param {import('../../calc/tables.js').Tables} tables
   */
  constructor(nodes, tables) {
    this.#nodes = nodes;
    this.#tables = tables;
  }

  /**
   * @param {import('../../walk/node.js').Node} pool that can be read
   * @returns {Parted}
   * @throws {Refused} if it is not its base number apart
   * @throws {Unknown} where that can't be seen
   */
  require(pool) {
    if (!this.#found.has(pool)) this.#found.set(pool, this.#judged(pool));
    const { parted, error } = this.#found.get(pool);
    if (error !== undefined) throw error;
    return parted;
  }

  #judged(pool) {
    try {
      return { parted: partedBy(pool, this.#nodes, this.#tables) };
    } catch (error) {
      if (error instanceof Refused || error instanceof Unknown) return { error };
      throw error;
    }
  }
}

function partedBy(pool, nodes, tables) {
  const { product, unit, base: digest } = pool.statement.subject;
  const { record, pending } = requireRecord(pool, digest, nodes, OF_BASE);
  const base = record.statement.subject;
  if (has(base, 'variant')) throw new Refused('the base of its variant pool is a variant itself');
  if (!base.productIds.includes(product))
    throw new Refused('its variant pool is of another product than its base');
  unitFactor(tables, unit, base.pcf.declaredUnitOfMeasurement);
  if (!has(base, MADE))
    throw new Refused('the base of its variant pool does not state how much was produced');
  const { items, complete: whole } = pool.opened.pool;
  const rows = new Map();
  for (const row of items.values())
    if (!rows.has(row.variant ?? null)) rows.set(row.variant ?? null, row);
  if (!whole) return { base, rows, whole, unknown: pending };
  const made = requireWhole(record, [...items.values()], unit, tables);
  return { base, rows, whole, unknown: made ?? pending };
}

function requireWhole(record, items, unit, tables) {
  const rows = items.map(({ variant, volume, value }) => ({
    code: variant ?? null,
    volume: Rational.from(volume),
    value: Rational.from(value),
  }));
  const total = Rational.from(record.statement.subject.pcf.pcfExcludingBiogenicUptake);
  const why = whyNotOnePool(rows, { total, gross: grossOf(record.cited.components) });
  if (why !== null) throw new Refused(`its variant pool: ${why}`);
  return requireMade(record, volumeOf(rows), unit, 'all rows of its variant pool', tables);
}

/**
 * Refuses a volume that is not what was produced.
 * @returns {Unknown | null} that it is hidden
 */
export function requireMade({ opened }, volume, unit, what, tables) {
  const made = only(opened, MADE);
  if (made === null) {
    const reason = `how much was produced is hidden, which the volume of ${what} is`;
    return new Unknown(reason, UNSEEN.HIDDEN);
  }
  const stated = plain(volume.mul(unitFactor(tables, unit, made.unit)));
  if (!Rational.from(stated).equals(Rational.from(made.value)))
    throw new Refused(`the volume of ${what} is not what was produced`);
  return null;
}
