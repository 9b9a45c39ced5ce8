/** Exact rationals and doubles: for shares and spreads, never for the totals that are signed. */
import { Rational } from './rational.js';

const ENOUGH = 1100; // bits that no double can do without

/**
 * The double nearest to a rational, ties to even.
 * @param {import('./rational.js').Rational} value
 * @returns {number} infinite beyond the largest double
 */
export function toNumber({ n, d }) {
  const [over, under] = [Number(n), Number(d)];
  if (Number.isSafeInteger(over) && Number.isSafeInteger(under)) return over / under;
  const size = n < 0n ? -n : n;
  const shift = Math.max(0, bits(d) - bits(size) + 64);
  if (shift > ENOUGH) return 0;
  const scaled = size << BigInt(shift);
  const quotient = scaled / d;
  // Whatever was cut off must still tip a tie.
  const sticky = quotient * d === scaled ? quotient << 1n : (quotient << 1n) | 1n;
  const result =
    Number(sticky) * 2 ** -Math.floor((shift + 1) / 2) * 2 ** -Math.ceil((shift + 1) / 2);
  return n < 0n ? -result : result;
}

function bits(value) {
  return value.toString(16).length * 4;
}

/** A finite double, exactly: every one is an integer over a power of two. */
export function fromNumber(value) {
  if (!Number.isFinite(value)) throw new RangeError('not a finite number');
  let [integral, doublings] = [value, 0];
  while (!Number.isInteger(integral)) [integral, doublings] = [integral * 2, doublings + 1];
  return new Rational(BigInt(integral), 1n << BigInt(doublings));
}
