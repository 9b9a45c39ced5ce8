/**
 * How far a stated value may be off: a member `uncertainty`, read or refused (docs/uncertainty.md).
 * The stated value is the median in all four distributions; everything is held relative to it.
 */
import { Refused } from '../core/errors.js';
import { toNumber } from '../core/float.js';
import { Rational } from '../core/rational.js';
import { normalQuantile } from './quantile.js';

export const LOGNORMAL = 'lognormal';
export const NORMAL = 'normal';
// Rounded bounds are never quite centred; beyond this part of the half width they contradict.
const MAX_OFFSET = 0.05;

/**
 * @typedef {object} Spread of one over its stated value
 * @property {string} distribution
 * @property {number} deviation ln GSD or standard deviation
 * @property {number} mean
 * @property {number} inverseMean of stated over value: exact of a lognormal, else to second order
 */

/**
 * @param {object} member keeps the schema's rule
 * @param {string} beside the decimal that it belongs to
 * @returns {Spread}
 * @throws {Refused} if it contradicts itself or what it stands beside
 */
export function spreadOf(member, beside) {
  const found = read(member, beside);
  const { distribution, deviation, mean } = found;
  return { ...found, inverseMean: distribution === LOGNORMAL ? mean : 1 + deviation ** 2 };
}

function read(member, beside) {
  const value = Rational.from(member.statedValue);
  if (!value.equals(Rational.from(beside)))
    refuse('its statedValue is not the value that it stands beside');
  if (value.isZero) refuse('a spread relative to a stated value of 0 has no meaning');
  const { distribution } = member;
  if (member.interval !== undefined) return fromInterval(distribution, value, member.interval);
  if (distribution !== LOGNORMAL)
    refuse(`a geometric standard deviation does not belong to a ${distribution}`);
  const gsd = toNumber(Rational.from(member.geometricStandardDeviation));
  if (gsd < 1) refuse('a geometric standard deviation is below 1');
  return lognormal(Math.log(gsd));
}

function fromInterval(distribution, value, interval) {
  const [lower, upper, percent] = ['lower', 'upper', 'percent'].map((name) =>
    Rational.from(interval[name]),
  );
  if (lower.compare(upper) >= 0) refuse('its lower bound is not below its upper bound');
  if (lower.compare(value) > 0 || value.compare(upper) > 0)
    refuse('its stated value lies outside its interval');
  if (percent.isZero) refuse('its interval holds no percentage between 0 and 100');
  const [low, high] = [lower, upper]
    .map((bound) => toNumber(bound.div(value)))
    .sort((a, b) => a - b);
  const share = toNumber(percent);
  if (distribution === LOGNORMAL) return lognormalInterval(low, high, share);
  if (distribution === NORMAL)
    return { distribution, deviation: halfWidth(low, high) / sigmas(share), mean: 1 };
  if (distribution === 'uniform') {
    return {
      distribution,
      deviation: halfWidth(low, high) / (share / 100) / Math.sqrt(3),
      mean: 1,
    };
  }
  return triangle(low, high, share);
}

function lognormalInterval(low, high, share) {
  if (low <= 0) refuse('a lognormal interval reaches zero');
  const half = Math.log(high / low) / 2;
  checkCentred(Math.log(high * low) / 2, half);
  return lognormal(half / sigmas(share));
}

function lognormal(deviation) {
  if (!Number.isFinite(deviation)) refuse('it is not finite');
  return { distribution: LOGNORMAL, deviation, mean: Math.exp(deviation ** 2 / 2) };
}

function triangle(low, high, share) {
  if (share < 100) {
    // A central interval of a symmetric triangle holds 1 - (1 - p)² of it, p of the half width.
    const half = halfWidth(low, high) / measurable(1 - Math.sqrt(1 - share / 100));
    return triangular(1 - half, 1 + half, 1);
  }
  // The median is 1: half the area lies on each side of it.
  const mode =
    low + high < 2
      ? low + (2 * (1 - low) ** 2) / (high - low)
      : high - (2 * (high - 1) ** 2) / (high - low);
  if (!(low <= mode && mode <= high))
    refuse('no triangle between its bounds has its stated value as the median');
  return triangular(low, high, mode);
}

function triangular(low, high, mode) {
  const sides = low ** 2 + high ** 2 + mode ** 2 - low * high - low * mode - high * mode;
  const deviation = Math.sqrt(Math.max(sides, 0) / 18);
  return { distribution: 'triangular', deviation, mean: (low + high + mode) / 3 };
}

function halfWidth(low, high) {
  const half = (high - low) / 2;
  checkCentred((high + low) / 2 - 1, half);
  return half;
}

function checkCentred(offset, half) {
  if (Math.abs(offset) > MAX_OFFSET * half)
    refuse('the middle of its interval is not its stated value');
}

function sigmas(share) {
  if (share >= 100) refuse('an unbounded distribution has no interval of 100 percent');
  return measurable(normalQuantile(0.5 + share / 200));
}

// In how wide a part of the distribution the percentage lies, if a double can tell.
function measurable(width) {
  if (!(width > 0 && width < Infinity))
    refuse("its interval's percent is too near to 0 or 100 to measure a spread by");
  return width;
}

function refuse(what) {
  throw new Refused(`an uncertainty can't be used: ${what}`);
}
