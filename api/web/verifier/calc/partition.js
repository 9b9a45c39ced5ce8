/** Shares of a whole as percentages that add up. */
import { fromNumber } from '../core/float.js';
import { Rational, ZERO } from '../core/rational.js';

const HUNDRED = Rational.of(100);
// Weights come out of doubles. A percentage is rounded here first, so that a share which is an even
// half of a hundredth is one for everybody, whatever noise is in its last bits.
const GRID_PLACES = 9;

/**
 * Percentages with two places that add to exactly 100.00: each is rounded down, and what is missing
 * goes to those that lost most by it, by name where two lost the same. A part that is there is
 * never 0.00: it has 0.01, which the largest gives.
 * @param {Record<string, number>} weights finite, adding to more than zero
 * @returns {Record<string, string>}
 */
export function partition(weights) {
  const exact = Object.entries(weights).map(([name, weight]) => ({
    name,
    weight: fromNumber(weight),
  }));
  const total = exact.reduce((sum, { weight }) => sum.add(weight), ZERO);
  const parts = exact.map(({ name, weight }) => {
    const units = percent(weight, total).mul(HUNDRED);
    const whole = floor(units);
    return { name, units, whole, lost: units.sub(Rational.of(whole)) };
  });
  const missing = Number(10_000n - parts.reduce((sum, { whole }) => sum + whole, 0n));
  parts.sort((a, b) => b.lost.compare(a.lost) || (a.name < b.name ? -1 : 1));
  parts.slice(0, missing).forEach((part) => {
    part.whole += 1n;
  });
  for (const part of parts.filter(({ units, whole }) => whole === 0n && !units.isZero)) {
    largest(parts).whole -= 1n;
    part.whole = 1n;
  }
  const shares = new Map(
    parts.map(({ name, whole }) => [name, new Rational(whole, 100n).fixed(2)]),
  );
  return Object.fromEntries(Object.keys(weights).map((name) => [name, shares.get(name)]));
}

function largest(parts) {
  return parts.reduce((most, part) =>
    part.whole > most.whole || (part.whole === most.whole && part.name > most.name) ? part : most,
  );
}

/** What percentage a part is of a whole, half up to nine places. @returns {Rational} */
export function percent(part, whole) {
  return part.mul(HUNDRED).div(whole).round(GRID_PLACES);
}

function floor({ n, d }) {
  const whole = n / d;
  return n < 0n && whole * d !== n ? whole - 1n : whole;
}
