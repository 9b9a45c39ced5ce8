/** Byte arrays: hexadecimal, UTF-8, comparison. */

import { Buffer, buffered } from './engine.js';
import { Refused } from './errors.js';

const HEX_OF = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const ENCODER = new TextEncoder();
// ignoreBOM keeps a byte order mark as the character it is, so that reading loses nothing.
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Lower-case hexadecimal digits, without 0x.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function hex(bytes) {
  if (Buffer !== null) return buffered(bytes).toString('hex');
  let digits = '';
  for (let i = 0; i < bytes.length; i++) digits += HEX_OF[bytes[i]];
  return digits;
}

/**
 * Read pairs of lower-case hexadecimal digits, without 0x.
 * @param {string} text
 * @returns {Uint8Array}
 * @throws {Refused} upper case, an odd number of digits, anything else
 */
export function fromHex(text) {
  if (typeof text !== 'string' || text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new Refused('not pairs of lower-case hexadecimal digits');
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/**
 * Whether two arrays hold the same bytes. Nothing here is secret, so time may depend on them.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {boolean}
 */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Lexicographic order of bytes; a prefix comes first.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {number} below, at or above zero
 */
export function compare(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/**
 * One array holding all of them in order.
 * @param {...Uint8Array} arrays
 * @returns {Uint8Array}
 */
export function concat(...arrays) {
  let length = 0;
  for (const array of arrays) length += array.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/**
 * The UTF-8 of a text.
 * @param {string} characters
 * @returns {Uint8Array}
 */
export function utf8(characters) {
  return ENCODER.encode(characters);
}

/**
 * The text of UTF-8; a byte order mark stays a character.
 * @param {Uint8Array} bytes
 * @returns {string}
 * @throws {Refused} bytes that are not UTF-8
 */
export function text(bytes) {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw new Refused('not UTF-8');
  }
}

/**
 * Eight bytes, big-endian.
 * @param {number|bigint} number 0 to 2^64 - 1; a number must be a safe integer
 * @returns {Uint8Array}
 * @throws {Refused} a number outside of that
 */
export function u64be(number) {
  if (typeof number === 'number' && !Number.isSafeInteger(number)) {
    throw new Refused('not a safe integer');
  }
  const value = BigInt(number);
  if (BigInt.asUintN(64, value) !== value) throw new Refused('not an unsigned 64-bit number');
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
