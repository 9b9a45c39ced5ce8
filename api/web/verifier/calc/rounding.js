/** Places of a footprint's figures, and plain decimals of exact rationals. */
import { Rational } from '../core/rational.js';

const SIGNIFICANT = 34;
const ROUNDED_DIGITS = 15;
/** What a rounding may move a total by, of the gross. */
export const MAX_ROUNDING = new Rational(1n, 1000n);
/** Decimal places of shares and ratings. */
export const SHARE_PLACES = 4;

/**
 * The decimal places of every figure: those that give the gross its significant digits, and never
 * fewer than none. A gross of zero has the lines' places.
 * @param {Rational} gross exact
 */
export function placesFor(gross, { digits, lineDigits }) {
  return gross.isZero ? lineDigits : Math.max(0, gross.placesFor(digits));
}

/**
 * A number as a decimal text: exact where at most 34 digits say it, else with 15 significant
 * digits, half up. Exact ones have no more places than they need.
 * @param {Rational} value
 * @returns {string}
 */
export function plain(value) {
  const places = finitePlaces(value);
  if (places !== null) {
    const text = value.fixed(places);
    if (text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').length <= SIGNIFICANT)
      return text;
  }
  return value.fixed(value.isZero ? 0 : Math.max(0, value.placesFor(ROUNDED_DIGITS)));
}

// Null where the decimal never ends.
function finitePlaces({ n, d }) {
  const common = divisor(n < 0n ? -n : n, d);
  let rest = d / common;
  const powers = [2n, 5n].map((prime) => {
    let power = 0;
    for (; rest % prime === 0n; rest /= prime) power += 1;
    return power;
  });
  return rest === 1n ? Math.max(...powers) : null;
}

function divisor(a, b) {
  let [one, other] = [a, b];
  while (other !== 0n) [one, other] = [other, one % other];
  return one;
}
