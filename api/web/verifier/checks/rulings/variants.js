/**
 * Law 5, variants: a variant's number is its row of a pool, and the pool is the base number. Energy
 * attributes, recycled content and mass balance take from one another; a site or a means of
 * transport takes from none.
 */
import { whyNotOnePool } from '../../calc/laws/variants.js';
import { unitFactor } from '../../calc/tables.js';
import { Refused } from '../../core/errors.js';
import { placesOf, Rational } from '../../core/rational.js';
import { FOOTPRINT, POOL } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { broken, held, notCheckable } from '../../walk/laws.js';
import { requireRecord, Unknown } from './records.js';

const LAW = 5;
const SHARING = ['energy-attributes', 'recycled-content', 'mass-balance'];

/**
 * @param {import('../../walk/walknode.js').Node} node a footprint; gets a notice
 * @param {Map<string, import('../../walk/walknode.js').Node>} nodes
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function variants(node, nodes, tables) {
  const { variant } = node.statement.subject;
  const pooled = variant !== undefined && has(variant, 'pool');
  if (!pooled && !SHARING.includes(variant?.reason)) return held(LAW);
  if (!pooled) {
    node.notices.push('its variant takes from a shared pool and names none');
    return notCheckable(LAW, 'its variant names no pool');
  }
  try {
    const unknown = judge(node, nodes, tables);
    return unknown === null ? held(LAW) : notCheckable(LAW, unknown);
  } catch (error) {
    if (error instanceof Unknown) return notCheckable(LAW, error.message);
    if (error instanceof Refused) return broken(LAW, error.message);
    throw error;
  }
}

// What of the pool or its base is hidden or not known yet, or null.
function judge(node, nodes, tables) {
  const { subject } = node.statement;
  const ofPool = { kind: POOL, what: 'its variant pool' };
  const { record: pool, pending } = requireRecord(node, subject.variant.pool, nodes, ofPool);
  const ofBase = { kind: FOOTPRINT, what: 'the base of its variant pool' };
  const found = requireRecord(pool, pool.statement.subject.base, nodes, ofBase);
  const base = found.record.statement.subject;
  requirePool(pool, base);
  requireRow(subject, pool, base, tables);
  if (!pool.opened.pool.complete) return 'its variant pool hides rows';
  return found.pending ?? pending;
}

function requirePool(pool, base) {
  if (has(base, 'variant')) throw new Refused('the base of its variant pool is a variant itself');
  if (!base.productIds.includes(pool.statement.subject.product))
    throw new Refused('its variant pool is of another product than its base');
  if (!pool.opened.pool.complete) return;
  const total = base.pcf.pcfExcludingBiogenicUptake;
  const rows = [...pool.opened.pool.items.values()].map(({ variant, volume, value }) => ({
    code: variant ?? null,
    volume: Rational.from(volume),
    value: Rational.from(value),
  }));
  const why = whyNotOnePool(rows, Rational.from(total), placesOf(total));
  if (why !== null) throw new Refused(`its variant pool: ${why}`);
}

function requireRow({ productIds, variant, pcf }, pool, base, tables) {
  if (!productIds.includes(pool.statement.subject.product))
    throw new Refused('its variant pool is of another product');
  const { items, complete } = pool.opened.pool;
  const own = [...items.values()].find((row) => row.variant === variant.code);
  if (own === undefined && complete) throw new Refused('its variant pool has no row of its code');
  if (own === undefined) throw new Unknown('its row of its variant pool is hidden');
  if (!Rational.from(own.value).equals(perBase(pcf, base.pcf, tables)))
    throw new Refused('its number is not that of its row of the variant pool');
}

// A footprint's number for the base's declared amount.
function perBase(pcf, base, tables) {
  const [unit, into] = [pcf, base].map((one) => one.declaredUnitOfMeasurement);
  const amount = Rational.from(pcf.declaredUnitAmount).mul(unitFactor(tables, unit, into));
  return Rational.from(pcf.pcfExcludingBiogenicUptake)
    .mul(Rational.from(base.declaredUnitAmount))
    .div(amount);
}
