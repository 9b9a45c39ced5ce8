/**
 * Canonical JSON: one byte string for one value (RFC 8785 over I-JSON, RFC 7493).
 *
 * Narrower than RFC 8785: member names are ASCII and numbers are integers within ±(2^53 - 1);
 * decimals are strings. Objects come out without what a prototype would bring, so that a member
 * called `__proto__` is a member like any other.
 *
 * Limits: a value inside d arrays and objects stands at level d + 1, and the deepest level is 16;
 * a string or member name has at most 64 KiB of UTF-8; commas, opening brackets and opening braces,
 * wherever they stand, are at most 10,000,000 together.
 */

import { utf8, text as utf8Text } from './bytes.js';
import { Refused, TooLarge } from './errors.js';
import { JsonReader, Members, isLongerInUtf8 } from './jsonreader.js';

const MAX_DEPTH = 16;
const MAX_STRING = 65536;
const MAX_MARKS = 10_000_000;
const [COMMA, BRACKET, BRACE] = utf8(',[{');

/**
 * @typedef {null|boolean|number|string|Json[]|{[name: string]: Json}} Json
 * @typedef {{maxDepth?: number, maxString?: number, what?: string}} Limits
 *   levels; bytes of UTF-8 of one string; the thing's name in messages
 */

/**
 * Parse bytes that are the canonical encoding of their value. The caller has bounded their length.
 * @param {Uint8Array} bytes
 * @param {Limits} [limits]
 * @returns {Json}
 * @throws {Refused} anything but the one encoding; the message has the place in characters
 * @throws {TooLarge} too deep, or a string too long
 */
export function parse(bytes, limits = {}) {
  return read(bytes, limits, false);
}

/**
 * Parse JSON written by people: whitespace, order of members and escapes are free; duplicate
 * members, non-ASCII names, lone surrogates and everything that is not a plain integer are not.
 * @param {Uint8Array} bytes
 * @param {Limits} [limits]
 * @returns {Json}
 * @throws {Refused|TooLarge}
 */
export function parseLoose(bytes, limits = {}) {
  return read(bytes, limits, true);
}

function read(bytes, { maxDepth = MAX_DEPTH, maxString = MAX_STRING, what = 'JSON' }, loose) {
  requireFewMarks(bytes, what);
  let characters;
  try {
    characters = utf8Text(bytes);
  } catch {
    throw new Refused(`${what} is not UTF-8`);
  }
  return new JsonReader(characters, { maxDepth, maxString, what, loose }).whole();
}

// What bounds memory where a text may be long.
function requireFewMarks(bytes, what) {
  if (bytes.length <= MAX_MARKS) return;
  let marks = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === COMMA || byte === BRACKET || byte === BRACE) marks += 1;
  }
  if (marks > MAX_MARKS)
    throw new TooLarge(`${what} has more than ${MAX_MARKS} commas, opening brackets and braces`);
}

/**
 * The canonical bytes of a value.
 * @param {Json} value
 * @param {Limits} [limits]
 * @returns {Uint8Array}
 * @throws {Refused} what has no canonical form: fractions, other types, lone surrogates, …
 * @throws {TooLarge} too deep, or a string too long
 */
export function encode(value, limits = {}) {
  const { maxDepth = MAX_DEPTH, maxString = MAX_STRING } = limits;
  return utf8(write(value, 1, { maxDepth, maxString }));
}

function write(value, level, limits) {
  if (level > limits.maxDepth) throw new TooLarge(`JSON is deeper than ${limits.maxDepth} levels`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return writeString(value, limits);
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
    throw new Refused('a number is not an integer within ±(2^53 - 1)');
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item) => write(item, level + 1, limits)).join()}]`;
  }
  if (!isRecord(value)) throw new Refused(`${typeof value} has no form in JSON`);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${writeName(name, limits)}:${write(value[name], level + 1, limits)}`);
  return `{${members.join()}}`;
}

function isRecord(value) {
  if (typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === null || prototype === Object.prototype || prototype === Members.prototype
  );
}

function writeName(name, limits) {
  if (!/^[\x00-\x7f]*$/.test(name)) throw new Refused('a member name is not ASCII');
  return writeString(name, limits);
}

// JSON.stringify escapes a well-formed string exactly as RFC 8785 section 3.2.2.2 asks.
function writeString(value, { maxString }) {
  if (isLongerInUtf8(value, maxString)) {
    throw new TooLarge(`a string is longer than ${maxString} bytes`);
  }
  if (/\p{Surrogate}/u.test(value)) throw new Refused('a string has a lone surrogate');
  return JSON.stringify(value);
}
