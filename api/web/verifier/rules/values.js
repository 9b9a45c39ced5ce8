/** What a test reads values as: plain decimals and times in UTC, both texts and both exact. */
import { text as utf8Text } from '../core/bytes.js';
import { encode } from '../core/canonical.js';
import { Refused } from '../core/errors.js';
import { powerOfTen, Rational } from '../core/rational.js';

// As in statements: plain decimals only, so that no exponent can blow up a number.
const DECIMAL = /^(-?[0-9]{1,40})(?:\.([0-9]{1,40}))?$/;
const DATE = '([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
const TIME = new RegExp(`^${DATE}T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])Z$`);
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const SHOWN_PLACES = 18;
const SHOWN_DIGITS = 6;
export const SECONDS_A_DAY = 86_400;
// Decimals as they were read: one file has the same ones many times.
const known = new Map();
const MOST_KNOWN = 16_384;

/**
 * A plain decimal's exact value and its places as written, or null for anything else.
 * @returns {{value: Rational, places: number} | null}
 */
export function decimal(value) {
  if (typeof value !== 'string') return null;
  const found = known.get(value);
  if (found !== undefined) return found;
  const parts = DECIMAL.exec(value);
  if (parts === null) return null;
  const [, whole, fraction = ''] = parts;
  const units = BigInt(whole + fraction);
  const places = fraction.length;
  const made = Object.freeze({ value: new Rational(units, powerOfTen(places)), places });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, made);
  return made;
}

/** The exact number of a text that is known to be a decimal. @returns {Rational} */
export const exactly = (text) => decimal(text).value;

/** A number without an exponent: exact where it ends within 18 places, else of six digits. */
export function shownNumber(number) {
  const scaled = number.n * 10n ** BigInt(SHOWN_PLACES);
  if (scaled % number.d === 0n) return withoutZeros(number.fixed(SHOWN_PLACES));
  return withoutZeros(number.fixed(Math.max(0, number.placesFor(SHOWN_DIGITS))));
}

/** A decimal text without zeros at its end. */
export function withoutZeros(text) {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** A value as text: a text as it stands, all else as its canonical JSON (none: empty). */
export function asText(value) {
  if (typeof value === 'string') return value;
  try {
    return utf8Text(encode(value));
  } catch (error) {
    if (error instanceof Refused) return '';
    throw error;
  }
}

/** Whether two values are one as they are written: `"1"` is not `"1.0"`, and 1 is not true. */
export function isSame(one, other) {
  if (typeof one !== typeof other) return false;
  return typeof one === 'object' ? asText(one) === asText(other) : one === other;
}

/** Whether it is RFC 3339 in UTC with whole seconds; such texts sort by time. */
export function isTime(value) {
  const found = typeof value === 'string' ? TIME.exec(value) : null;
  if (found === null) return false;
  const [year, month, day] = found.slice(1, 4).map(Number);
  if (month === 2 && !isLeap(year) && day === 29) return false;
  return day <= DAYS_IN_MONTH[month - 1];
}

/**
 * Seconds of a time since 0000-03-01 in the Gregorian calendar, without leap seconds. Howard
 * Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
export function seconds(time) {
  const [month, day] = [Number(time.slice(5, 7)), Number(time.slice(8, 10))];
  const year = Number(time.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const ofEra = year - 400 * era;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(ofEra / 4) - Math.floor(ofEra / 100);
  const days = era * 146_097 + ofEra * 365 + leaps + ofYear;
  const [hours, minutes, rest] = [11, 14, 17].map((at) => Number(time.slice(at, at + 2)));
  return days * SECONDS_A_DAY + hours * 3600 + minutes * 60 + rest;
}

function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
