/**
 * Law 6: what is cited of a product is compared with what was made of it. More cited than made is
 * an alarm and no failure: stocks can make it so of two true statements.
 *
 * @typedef {object} Delivery what one footprint takes of another per its declared amount
 * @property {{start: number, end: number}} period of the taker
 * @property {Rational} taken in the supplier's declared unit
 * @property {Rational} declared in the taker's declared unit
 * @property {Rational | null} made what was made of the taker, in that unit; null if not known here
 */
import { ZERO } from '../../core/rational.js';

/**
 * How much was taken within the supplier's period, and whether all of it is known. Only takers
 * whose own period lies within the supplier's count: how much another one took is not known.
 * @param {{start: number, end: number}} period
 * @param {Delivery[]} deliveries
 * @returns {{total: Rational, known: boolean}}
 */
export function delivered(period, deliveries) {
  const within = deliveries.filter(
    (one) => one.period.start >= period.start && one.period.end <= period.end,
  );
  const counted = within.filter(({ made }) => made !== null);
  return {
    total: counted.reduce(
      (sum, { taken, made, declared }) => sum.add(taken.mul(made).div(declared)),
      ZERO,
    ),
    known: counted.length === deliveries.length,
  };
}
