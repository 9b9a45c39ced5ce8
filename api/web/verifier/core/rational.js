/**
 * Exact rationals, and the one rounding: half away from zero.
 *
 * Decimal texts are `-?(0|[1-9][0-9]*)(\.[0-9]+)?` without minus zero, with at most 34 significant
 * digits, counted from the first that is not zero, and at most 68 characters. Trailing zeros are
 * meaning: a decimal has its value and its places.
 */

import { Refused } from './errors.js';

const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const MAX_SIGNIFICANT = 34;
const MAX_TEXT = 68; // characters: enough for small numbers, not for endless zeros
// Reducing at every step costs more than the arithmetic itself, and Euclid's steps on what is very
// long cost more than its length ever will: products are reduced between these two.
const [REDUCE_ABOVE, REDUCE_BELOW] = [1n << 1024n, 1n << 8192n];

// Decimals as they were read: one file has the same ones many times.
const known = new Map();
const MOST_KNOWN = 16_384;

/** A number n/d; values are equal by `compare`, not by their parts. Nothing changes them. */
export class Rational {
  /**
   * @param {bigint} numerator
   * @param {bigint} [denominator]
   * @throws {TypeError} denominator zero: the caller's fault, never the input's
   */
  constructor(numerator, denominator = 1n) {
    if (denominator === 0n) throw new TypeError('a denominator is zero');
    this.n = denominator < 0n ? -numerator : numerator;
    this.d = denominator < 0n ? -denominator : denominator;
  }

  /**
   * Read a decimal text.
   * @param {string} text
   * @param {string} [what] the value's name in the message
   * @returns {Rational}
   * @throws {Refused}
   */
  static from(text, what = 'a value') {
    const found = known.get(text);
    if (found !== undefined) return found;
    const { units, places } = readDecimal(text, what);
    const made = new Rational(units, powerOfTen(places));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, made);
    return made;
  }

  /**
   * Read a ratio of two decimal texts, `5/18` or `0.001`, as the table of units has them.
   * @param {string} text
   * @param {string} [what]
   * @returns {Rational}
   * @throws {Refused} also for a denominator of zero
   */
  static ratio(text, what = 'a ratio') {
    const [over, under, more] = String(text).split('/');
    const divisor = Rational.from(under ?? '1', what);
    if (more !== undefined || divisor.isZero) throw new Refused(`${what} is not a ratio`);
    return Rational.from(over, what).div(divisor);
  }

  /**
   * @param {number|bigint} integer
   * @returns {Rational}
   */
  static of(integer) {
    return new Rational(BigInt(integer));
  }

  /** @returns {boolean} */
  get isZero() {
    return this.n === 0n;
  }

  /** @returns {-1|0|1} */
  get sign() {
    return this.n > 0n ? 1 : this.n < 0n ? -1 : 0;
  }

  /** @param {Rational} other */
  add(other) {
    if (this.n === 0n) return other;
    if (other.n === 0n) return this;
    if (this.d === other.d) return new Rational(this.n + other.n, this.d);
    if (this.d % other.d === 0n) return new Rational(this.n + other.n * (this.d / other.d), this.d);
    if (other.d % this.d === 0n) return other.add(this);
    // Over the least common denominator, so that a sum grows by what its parts bring and no more.
    // One of the two is short here, so Euclid's first step makes both so.
    const common = greatestCommonDivisor(this.d, other.d);
    const times = this.d / common;
    return new Rational(this.n * (other.d / common) + other.n * times, times * other.d);
  }

  /** @param {Rational} other */
  sub(other) {
    return this.add(other.neg());
  }

  /** @param {Rational} other */
  mul(other) {
    if (this.d === 1n && this.n === 1n) return other;
    if (other.d === 1n && other.n === 1n) return this;
    return reduced(this.n * other.n, this.d * other.d);
  }

  /**
   * @param {Rational} other
   * @throws {TypeError} by zero: callers look first and say what was zero
   */
  div(other) {
    return reduced(this.n * other.d, this.d * other.n);
  }

  neg() {
    return new Rational(-this.n, this.d);
  }

  abs() {
    return this.n < 0n ? this.neg() : this;
  }

  /**
   * @param {Rational} other
   * @returns {-1|0|1}
   */
  compare(other) {
    const left = this.n * other.d;
    const right = other.n * this.d;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** @param {Rational} other */
  equals(other) {
    return this.compare(other) === 0;
  }

  /**
   * This in units of 10^-places, rounded half away from zero.
   * @param {number} places decimal places; negative ones are tens, hundreds, …
   * @returns {bigint}
   */
  units(places) {
    const scale = powerOfTen(Math.abs(places));
    const over = (this.n < 0n ? -this.n : this.n) * (places >= 0 ? scale : 1n);
    const under = this.d * (places < 0 ? scale : 1n);
    const units = (2n * over + under) / (2n * under);
    return this.n < 0n ? -units : units;
  }

  /**
   * This rounded half away from zero to decimal places.
   * @param {number} places may be negative
   * @returns {Rational}
   */
  round(places) {
    const units = this.units(places);
    const scale = powerOfTen(Math.abs(places));
    return places >= 0 ? new Rational(units, scale) : new Rational(units * scale);
  }

  /**
   * The decimal places that give this `digits` significant digits once it is rounded: 9.996 to
   * three is 10.0, which is one place. Negative for large numbers.
   * @param {number} digits at least 1
   * @returns {number}
   * @throws {TypeError} of zero, which has no significant digit: the caller's rule decides
   */
  placesFor(digits) {
    if (this.isZero) throw new TypeError('zero has no significant digits');
    const places = digits - 1 - this.exponent();
    const units = this.units(places);
    return (units < 0n ? -units : units) === powerOfTen(digits) ? places - 1 : places;
  }

  /**
   * This rounded half away from zero to significant digits, with its decimal places.
   * @param {number} digits
   * @returns {{value: Rational, places: number}}
   * @throws {TypeError} of zero
   */
  significant(digits) {
    const places = this.placesFor(digits);
    return { value: this.round(places), places };
  }

  /** floor(log10(|this|)), exactly. */
  exponent() {
    const size = this.n < 0n ? -this.n : this.n;
    const exponent = String(size).length - String(this.d).length;
    const reached =
      exponent >= 0
        ? size >= this.d * powerOfTen(exponent)
        : size * powerOfTen(-exponent) >= this.d;
    return reached ? exponent : exponent - 1;
  }

  /**
   * Decimal text with exactly `places` decimal places, rounded half away from zero; never minus
   * zero. Negative places give an integer that ends in zeros.
   * @param {number} places
   * @returns {string}
   */
  fixed(places) {
    const units = this.units(places);
    const digits = String(units < 0n ? -units : units);
    const minus = units < 0n ? '-' : '';
    if (places <= 0) return minus + (units === 0n ? '0' : digits + '0'.repeat(-places));
    const padded = digits.padStart(places + 1, '0');
    return `${minus}${padded.slice(0, -places)}.${padded.slice(-places)}`;
  }

  toString() {
    return `${this.n}/${this.d}`;
  }
}

const TENS = Array.from({ length: 69 }, (_, power) => 10n ** BigInt(power));

/**
 * @param {number} power at least 0
 * @returns {bigint}
 */
export function powerOfTen(power) {
  return TENS[power] ?? 10n ** BigInt(power);
}

/** @type {Rational} */
export const ZERO = new Rational(0n);

/** @type {Rational} */
export const ONE = new Rational(1n);

/**
 * Whether a text is a decimal.
 * @param {unknown} text
 * @returns {boolean}
 */
export function isDecimal(text) {
  return typeof text === 'string' && match(text) !== null;
}

/**
 * The decimal places a decimal text has.
 * @param {string} text
 * @returns {number}
 * @throws {Refused}
 */
export function placesOf(text) {
  return readDecimal(text, 'a value').places;
}

function reduced(n, d) {
  const size = d < 0n ? -d : d;
  if (size <= REDUCE_ABOVE || size >= REDUCE_BELOW) return new Rational(n, d);
  const common = greatestCommonDivisor(n < 0n ? -n : n, size);
  return new Rational(n / common, d / common);
}

function readDecimal(text, what) {
  const parts = typeof text === 'string' ? match(text) : null;
  if (parts === null) throw new Refused(`${what} is not a decimal of at most 34 digits`);
  const [, minus, whole, fraction = ''] = parts;
  return { units: BigInt(minus + whole + fraction), places: fraction.length };
}

/** The parts, or null: of another form, minus zero, or too many digits from the first non-zero. */
function match(text) {
  const parts = text.length <= MAX_TEXT ? DECIMAL.exec(text) : null;
  if (parts === null) return null;
  const significant = (parts[2] + (parts[3] ?? '')).replace(/^0+/, '');
  const minusZero = parts[1] === '-' && significant === '';
  return minusZero || significant.length > MAX_SIGNIFICANT ? null : parts;
}

function greatestCommonDivisor(a, b) {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
