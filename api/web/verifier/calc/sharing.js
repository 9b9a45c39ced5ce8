/**
 * How the outputs of a process share it (ISO 14044:2006, 4.3.4.2): what is shared out is equal to
 * what was there before. Shares are percent with twelve decimals that add to exactly 100.
 *
 * @typedef {object} Row one output
 * @property {string} method
 * @property {Rational} weight
 * @property {string} weightUnit
 * @property {Rational} share in percent
 * @property {Rational} amount what the period made
 * @property {string} unit of that amount
 * @property {Rational} yield the part of it, above 0 and at most 1, that can be sold
 */
import { Refused } from '../core/errors.js';
import { Rational, ZERO } from '../core/rational.js';
import { WEIGHED } from '../schema/words.js';

const PERCENT_PLACES = 12;
const UNITS = 100n * 10n ** BigInt(PERCENT_PLACES);
export const WASTE = 'waste';

/** A row of an allocation table as it is calculated with. @returns {Row} */
export function rowOf({ method, weight, weightUnit, share, amount, yield: good }) {
  return {
    method,
    weight: Rational.from(weight),
    weightUnit,
    share: Rational.from(share),
    amount: Rational.from(amount.value),
    unit: amount.unit,
    yield: Rational.from(good),
  };
}

/** Whether an output takes a share of what serves no output alone. @param {Row} row */
export const isSharing = ({ method }) => WEIGHED.includes(method);

/**
 * Each weight's share of their sum in percent, by largest remainder: cut to twelve decimals, and
 * what is missing goes in units of the last to the largest remainders, of equal ones the first.
 * @param {Rational[]} weights zero or more
 * @returns {Rational[]}
 * @throws {Refused} where all are zero, or one that is not zero has no share left
 */
export function percentShares(weights) {
  const total = weights.reduce((sum, weight) => sum.add(weight), ZERO);
  if (total.isZero) throw new Refused('the outputs have no weight to share by');
  const parts = weights.map((weight, place) => {
    const { n, d } = weight.div(total).mul(new Rational(UNITS));
    return { place, whole: n / d, lost: new Rational(n % d, d) };
  });
  const missing = UNITS - parts.reduce((sum, { whole }) => sum + whole, 0n);
  [...parts]
    .sort((one, other) => other.lost.compare(one.lost) || one.place - other.place)
    .slice(0, Number(missing))
    .forEach((part) => {
      part.whole += 1n;
    });
  parts.forEach(({ whole, place }) => {
    if (whole === 0n && !weights[place].isZero)
      throw new Refused(`output ${place + 1} has a weight, and a share that rounds to zero`);
  });
  return parts.map(({ whole }) => new Rational(whole, 10n ** BigInt(PERCENT_PLACES)));
}

/**
 * Refuses rows that contradict each other.
 * @param {Map<number, Row>} rows those that are open, rising
 * @param {boolean} whole whether these are all: only then are shares formed again
 * @throws {Refused}
 */
export function requireShared(rows, whole) {
  for (const [index, row] of rows) {
    if (!isSharing(row) && !row.share.isZero)
      throw new Refused(`row ${index} is ${row.method} and has a share`);
    if (row.method === WASTE && !row.weight.isZero)
      throw new Refused(`row ${index} is waste and has a weight`);
  }
  const sharing = [...rows].filter(([, row]) => isSharing(row));
  for (const [name, of] of [
    ['method', ({ method }) => method],
    ['unit of weight', ({ weightUnit }) => weightUnit],
  ]) {
    if (new Set(sharing.map(([, row]) => of(row))).size > 1)
      throw new Refused(`its rows share by more than one ${name}`);
  }
  if (!whole || sharing.length === 0) return;
  const shares = percentShares(sharing.map(([, { weight }]) => weight));
  sharing.forEach(([index, { share }], place) => {
    if (!share.equals(shares[place]))
      throw new Refused(`the share of row ${index} is not its weight over the sum of weights`);
  });
}
