/**
 * Small rules for closed JSON documents: each takes a value and its path, and returns or throws
 * Refused. A rule repairs nothing and has no defaults. Messages carry the path and what is wanted,
 * never the value: it may be somebody's secret.
 *
 * @typedef {(value: unknown, path: string) => void} Rule
 */
import { fromB64url } from '../core/base64.js';
import { Refused } from '../core/errors.js';
import { unassigned } from '../core/spelling.js';
import { seconds } from '../core/time.js';

const MAX_DIGITS = 34;
const UNICODE = '14.0';
const MAX_NAME = 255;
const DECIMAL = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const DID = /^did:[a-z0-9]+:[a-z0-9._%:-]+$/;
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:[!-~]+$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
// What Unicode calls white space, and the four separators U+001C to U+001F.
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Throws Refused for the member at `path`. */
export function refuse(path, wanted) {
  throw new Refused(`${path} is not ${wanted}`);
}

/** Whether it is a JSON object (and neither null nor an array). */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a parsed object has this member of its own. */
export function has(value, name) {
  return Object.prototype.hasOwnProperty.call(value, name);
}

/** Anything at all. @type {Rule} */
export function anything() {}

/** Text of Unicode 14.0 with something in it besides white space. @type {Rule} */
export function text(value, path) {
  if (typeof value !== 'string' || BLANK.test(value)) refuse(path, 'non-empty text');
  requireAssigned(value, path);
}

/** Text of Unicode 14.0 that may be empty. @type {Rule} */
export function anyText(value, path) {
  if (typeof value !== 'string') refuse(path, 'text');
  requireAssigned(value, path);
}

function requireAssigned(value, path) {
  const place = unassigned(value);
  if (place === null) return;
  refuse(path, `text of Unicode ${UNICODE}: replace character ${place + 1}, which that lacks`);
}

/** @type {Rule} */
export function boolean(value, path) {
  if (typeof value !== 'boolean') refuse(path, 'true or false');
}

/** An integer within [low, high]. @returns {Rule} */
export function integer(low, high) {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || value < low || value > high) {
      refuse(path, `an integer from ${low} to ${high}`);
    }
  };
}

/** Text that matches `pattern`, which spans the whole text. @returns {Rule} */
export function matching(pattern, wanted) {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) refuse(path, wanted);
  };
}

/** One of a closed list of words. @returns {Rule} */
export function oneOf(...names) {
  const known = new Set(names);
  const wanted = `one of ${names.length > 20 ? 'a closed list of words' : names.join(', ')}`;
  return (value, path) => {
    if (!known.has(value)) refuse(path, wanted);
  };
}

/** Any decimal: plain, no minus zero, at most 34 significant digits. @type {Rule} */
export function decimal(value, path) {
  if (!isDecimal(value)) {
    refuse(
      path,
      `a plain decimal in a string, at most ${MAX_DIGITS} significant digits, no minus zero`,
    );
  }
}

function isDecimal(value) {
  if (typeof value !== 'string' || value.length > 2 * MAX_DIGITS || !DECIMAL.test(value))
    return false;
  const digits = value.replace(/^-/, '').replace('.', '').replace(/^0+/, '');
  return digits.length <= MAX_DIGITS && !(value.startsWith('-') && digits === '');
}

/** Whether a decimal is zero, however many places it has. */
export function isZero(value) {
  return /^[-0.]*$/.test(value);
}

/** A decimal >= 0. @type {Rule} */
export function notNegative(value, path) {
  decimal(value, path);
  if (value.startsWith('-')) refuse(path, 'zero or positive');
}

/** A decimal <= 0. @type {Rule} */
export function notPositive(value, path) {
  decimal(value, path);
  if (!value.startsWith('-') && !isZero(value)) refuse(path, 'zero or negative');
}

/** A decimal > 0. @type {Rule} */
export function positive(value, path) {
  notNegative(value, path);
  if (isZero(value)) refuse(path, 'more than zero');
}

/** A decimal from 0 to 100. @type {Rule} */
export function percent(value, path) {
  notNegative(value, path);
  if (!within(value, 0n, 100n)) refuse(path, 'a percentage from 0 to 100');
}

/** A decimal from 0 to 1. @type {Rule} */
export function fraction(value, path) {
  notNegative(value, path);
  if (!within(value, 0n, 1n)) refuse(path, 'a decimal from 0 to 1');
}

/** A data quality rating from 1 (best) to 5: PACT Methodology V3, 4.2.3. @type {Rule} */
export function rating(value, path) {
  notNegative(value, path);
  if (!within(value, 1n, 5n)) refuse(path, 'a rating from 1 to 5');
}

function within(value, low, high) {
  const [whole, fraction = ''] = value.split('.');
  const integral = BigInt(whole);
  return integral >= low && (integral < high || (integral === high && isZero(fraction)));
}

/** `sha256:` and 64 lower-case hexadecimal digits. @type {Rule} */
export function digest(value, path) {
  if (typeof value !== 'string' || !DIGEST.test(value)) {
    refuse(path, 'sha256: and 64 lower-case hexadecimal digits');
  }
}

/** An RFC 3339 time in UTC with Z and whole seconds. @type {Rule} */
export function time(value, path) {
  seconds(value, path);
}

/** Refuses a period that ends before it starts; both members are times. */
export function period(value, path, start, end) {
  if (seconds(value[start]) > seconds(value[end])) refuse(`${path}.${end}`, `at or after ${start}`);
}

/** A lower-case ASCII DID (W3C DID 1.0, 3.1), at most 255 characters. @type {Rule} */
export function did(value, path) {
  if (typeof value !== 'string' || value.length > MAX_NAME || !DID.test(value)) {
    refuse(path, 'a lower-case DID such as did:web:maker.example');
  }
}

/** A URN (RFC 8141) with lower-case scheme and namespace, at most 255 characters. @type {Rule} */
export function urn(value, path) {
  if (typeof value !== 'string' || value.length > MAX_NAME || !URN.test(value)) {
    refuse(path, 'a URN such as urn:gtin:4712345060507');
  }
}

/** So many bytes in base64url. @returns {Rule} */
export function bytes(length) {
  return (value, path) => {
    if (typeof value !== 'string' || fromB64url(value, path).length !== length)
      refuse(path, `${length} bytes in base64url`);
  };
}

/** `{"...": digest}`: RFC 9901, 4.2.4.2. @type {Rule} */
export function placeholder(value, path) {
  const fits =
    isObject(value) && Object.keys(value).length === 1 && typeof value['...'] === 'string';
  if (!fits) refuse(path, 'a placeholder {"...": digest}');
  if (value['...'].length !== 43) refuse(path, 'a placeholder of a SHA-256 digest');
  fromB64url(value['...'], path);
}

/** Refuses integers that do not rise from one to the next. */
export function rising(values, path) {
  if (values.some((value, place) => place > 0 && values[place - 1] >= value))
    refuse(path, 'an array of rising integers');
}

/** An array of `least` to `most` items that keep `item`; `unique` is for texts. @returns {Rule} */
export function array(item, least = 1, most = 4096, { unique = false } = {}) {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      refuse(path, `an array of ${least} to ${most} items`);
    }
    value.forEach((each, index) => item(each, `${path}[${index}]`));
    if (unique && new Set(value).size !== value.length) refuse(path, 'an array without duplicates');
  };
}

/**
 * An object with these members and no others.
 * @param {Record<string, Rule>} required
 * @param {Record<string, Rule>} optional
 * @returns {Rule}
 */
export function members(required, optional = {}) {
  const needed = Object.keys(required);
  const known = new Map(Object.entries({ ...required, ...optional }));
  return (value, path) => {
    if (!isObject(value)) refuse(path, 'an object');
    for (const name of needed) {
      if (!has(value, name))
        throw new Refused(`${path} lacks ${name}, which must stand in the open`);
    }
    for (const name of Object.keys(value)) {
      const rule = known.get(name);
      if (rule === undefined) {
        throw new Refused(`${path} has a member ${name.slice(0, 64)} that version 2 does not know`);
      }
      rule(value[name], `${path}.${name}`);
    }
  };
}

/** An object of 1 to `most` members: names keep `keys`, values `values`. @returns {Rule} */
export function mapping(keys, values, most = 64) {
  return (value, path) => {
    const names = isObject(value) ? Object.keys(value) : [];
    if (names.length < 1 || names.length > most) refuse(path, `an object of 1 to ${most} members`);
    for (const name of names) {
      keys(name, `${path} member name`);
      values(value[name], `${path}.${name}`);
    }
  };
}
