/** A process record as far as it is open: its outputs, its activities, and what a row takes. */
import { plain } from '../../calc/rounding.js';
import { isSharing, requireShared, rowOf, WASTE } from '../../calc/sharing.js';
import { unitFactor, unitsConvert } from '../../calc/tables.js';
import { encode } from '../../core/canonical.js';
import { text } from '../../core/bytes.js';
import { Refused } from '../../core/errors.js';
import { Rational, ZERO } from '../../core/rational.js';
import { SUBDIVISION, SUBSTITUTION } from '../../schema/words.js';

const ALL = Rational.of(100);

export class ProcessTable {
  #tables;
  #outputs;
  #activities;
  #slots;

  /**
   * @param {import('../../walk/node.js').Node} record readable
   * @param {import('../../calc/tables.js').Tables} tables
   */
  constructor({ statement: { subject }, opened }, tables) {
    this.#tables = tables;
    this.#outputs = opened.rows;
    this.#activities = opened.activities;
    this.#slots = { rows: subject.allocation.length, activities: subject.activities.length };
    /** What the process is called. */
    this.process = subject.process;
    /** Open rows as numbers. @type {Map<number, import('../../calc/sharing.js').Row>} */
    this.rows = new Map([...opened.rows.items].map(([index, row]) => [index, rowOf(row)]));
    /** Open activities as signed. @type {Map<number, object>} */
    this.activities = opened.activities.items;
  }

  /** A row as signed, undefined where it is hidden. */
  output(index) {
    return this.#outputs.items.get(index);
  }

  get hasAllActivities() {
    return this.#activities.complete;
  }

  /** What of it is hidden, in words; null if nothing is. */
  whyNotWhole() {
    if (!this.#outputs.complete) return 'its process record hides outputs';
    return this.#activities.complete ? null : 'its process record hides activities';
  }

  /** Refuses an index at which there can be no row. */
  requireRow(index, what) {
    requireIn(this.#outputs, this.#slots.rows, index, what);
  }

  /** Refuses an index at which there can be no activity. */
  requireActivity(index, what) {
    requireIn(this.#activities, this.#slots.activities, index, what);
  }

  /** Refuses a record of which what is open contradicts itself. */
  requireSound() {
    requireShared(this.rows, this.#outputs.complete);
    const credited = new Map();
    for (const [index, activity] of this.activities) {
      if (activity.serves === undefined) continue;
      const { serves } = activity;
      this.requireRow(serves, `row ${serves}, which activity ${index} serves,`);
      const row = this.rows.get(serves);
      if (row?.method === WASTE)
        throw new Refused(`activity ${index} serves row ${serves}, which is waste`);
      if (row?.method !== SUBSTITUTION) continue;
      const sum = (credited.get(serves) ?? ZERO).add(this.#inUnitOf(row, activity.amount));
      if (sum.compare(row.amount) > 0)
        throw new Refused(`more is credited of row ${serves} than was made of it`);
      credited.set(serves, sum);
    }
    if (this.#outputs.complete && this.#activities.complete) this.#requireTakers();
  }

  // What serves no row alone, and each credit, must be shared by some row.
  #requireTakers() {
    if ([...this.rows.values()].some((row) => isSharing(row) && !row.share.isZero)) return;
    for (const [index, { serves }] of this.activities) {
      const row = this.rows.get(serves);
      if (row === undefined || row.method === SUBSTITUTION)
        throw new Refused(`no row takes a share of activity ${index}`);
    }
  }

  // Zero where the two are not of one dimension: nothing says how much of the row it is.
  #inUnitOf(row, { value, unit }) {
    if (!unitsConvert(this.#tables, unit, row.unit)) return ZERO;
    return Rational.from(value).mul(unitFactor(this.#tables, unit, row.unit));
  }

  /** Which open credit nothing bounds, as it is in no unit of its row; null if none. */
  uncountedCredit() {
    for (const [index, { serves, amount }] of this.activities) {
      const row = this.rows.get(serves);
      if (row?.method === SUBSTITUTION && !unitsConvert(this.#tables, amount.unit, row.unit))
        return `how much of row ${serves} activity ${index} credits is not known`;
    }
    return null;
  }

  /** Refuses an open row of which another amount can be sold than was produced. */
  requireProduced(own, { value, unit }) {
    const row = this.rows.get(own);
    if (row === undefined) return;
    const sold = row.amount.mul(row.yield).mul(unitFactor(this.#tables, row.unit, unit));
    if (!Rational.from(plain(sold)).equals(Rational.from(value)))
      throw new Refused(`row ${own} of its process record is not what it says was produced`);
  }

  /**
   * What percentage of an open activity a line of the open row `own` takes by this method.
   * @returns {Rational | null} null where the row that the activity serves is hidden
   * @throws {Refused} if such a line takes nothing of it
   */
  share(index, own, method) {
    const { serves } = this.activities.get(index);
    const row = this.rows.get(own);
    if (serves === own) {
      requireMethod(index, method, SUBDIVISION);
      return ALL;
    }
    if (!isSharing(row))
      throw new Refused(`row ${own} is ${row.method} and takes no share of activity ${index}`);
    if (serves === undefined) {
      requireMethod(index, method, row.method);
      return row.share;
    }
    if (method !== SUBSTITUTION) throw new Refused(`activity ${index} serves another output`);
    const served = this.rows.get(serves);
    if (served === undefined) return null;
    if (served.method !== SUBSTITUTION)
      throw new Refused(`activity ${index} serves an output that is not substituted`);
    return row.share;
  }

  /** What of an activity enters the declared amount, in the activity's unit: a decimal text. */
  amount(index, own, share, { declaredUnitOfMeasurement, declaredUnitAmount }) {
    const row = this.rows.get(own);
    const made = row.amount
      .mul(unitFactor(this.#tables, row.unit, declaredUnitOfMeasurement))
      .mul(row.yield);
    const whole = Rational.from(baseOf(this.activities.get(index).amount));
    const declared = Rational.from(declaredUnitAmount);
    return plain(whole.mul(share).div(ALL).mul(declared).div(made));
  }
}

/** The value that an amount is scaled by: of a converted one, the one before. */
export function baseOf({ value, quantity }) {
  return quantity?.converted?.value ?? value;
}

/** By which member a line is not a share of an activity, or null. */
export function differs(line, activity) {
  if (line.stage !== activity.stage) return 'stage';
  if (!same(line.source, activity.source)) return 'source';
  if (line.amount.unit !== activity.amount.unit) return 'unit';
  return same(unscaled(line), unscaled(activity)) ? null : 'quantity';
}

// What an amount says of its kind, without the value that a share changes.
function unscaled({ amount: { quantity = {} } }) {
  const { converted, ...kind } = quantity;
  return converted === undefined ? kind : { ...kind, converted: { ...converted, value: '' } };
}

function same(one, other) {
  return text(encode(one)) === text(encode(other));
}

function requireMethod(index, method, wanted) {
  if (method !== wanted)
    throw new Refused(`activity ${index} is taken by ${wanted}, not by ${method}`);
}

function requireIn({ shape }, slots, index, what) {
  if (index >= slots || (shape !== null && !shape.includes(index)))
    throw new Refused(`${what} is not in its process record`);
}
