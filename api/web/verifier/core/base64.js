/**
 * Base64 in one spelling each (RFC 4648): sections 4 (padded) and 5 (URL-safe, without padding).
 *
 * Tail bits must be zero, so that no two texts mean the same bytes.
 */

import { utf8 } from './bytes.js';
import { Buffer, buffered } from './engine.js';
import { Refused } from './errors.js';

const STANDARD = alphabet('+/');
const URL_SAFE = alphabet('-_');

/**
 * base64url without padding (RFC 7515 section 2).
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function b64url(bytes) {
  return Buffer === null ? write(bytes, URL_SAFE) : buffered(bytes).toString('base64url');
}

/** The same of a text's UTF-8. @param {string} text well-formed @returns {string} */
export function b64urlOfText(text) {
  if (Buffer !== null) return Buffer.from(text).toString('base64url');
  return write(utf8(text), URL_SAFE);
}

/**
 * Read base64url without padding.
 * @param {string} text
 * @param {string} [what] the thing's name in the message
 * @returns {Uint8Array}
 * @throws {Refused} padding, foreign characters, tail bits that are not zero
 */
export function fromB64url(text, what = 'text') {
  const bytes = typeof text === 'string' ? read(text, text.length, URL_SAFE.values) : null;
  if (bytes) return bytes;
  throw new Refused(`${what} is not base64url without padding and with zero tail bits`);
}

/**
 * Standard base64 with padding, as in signed notes.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function b64(bytes) {
  const text = write(bytes, STANDARD);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/**
 * Read standard base64 with its padding.
 * @param {string} text
 * @param {string} [what] the thing's name in the message
 * @returns {Uint8Array}
 * @throws {Refused} missing or spare padding, foreign characters, tail bits that are not zero
 */
export function fromB64(text, what = 'text') {
  if (typeof text === 'string' && text.length % 4 === 0) {
    const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
    const bytes = read(text, text.length - padding, STANDARD.values);
    if (bytes) return bytes;
  }
  throw new Refused(`${what} is not canonical base64 with padding`);
}

function alphabet(lastTwo) {
  const characters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${lastTwo}`;
  const values = new Int16Array(128).fill(-1);
  for (let value = 0; value < 64; value++) values[characters.charCodeAt(value)] = value;
  const pairs = Array.from(
    { length: 4096 },
    (_, two) => characters[two >> 6] + characters[two & 63],
  );
  return { characters, pairs, values };
}

function write(bytes, { characters, pairs }) {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let i = 0; i < whole; i += 3) {
    const three = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    text += pairs[three >> 12] + pairs[three & 0xfff];
  }
  let held = 0;
  let bits = 0;
  for (let i = whole; i < bytes.length; i++) {
    held = ((held & 0x3f) << 8) | bytes[i];
    for (bits += 8; bits >= 6; bits -= 6) text += characters[(held >> (bits - 6)) & 0x3f];
  }
  return bits ? text + characters[(held << (6 - bits)) & 0x3f] : text;
}

/** The bytes of the first `length` characters, or null where their spelling is not the one. */
function read(text, length, values) {
  if (length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  const whole = length - (length % 4);
  let at = 0;
  // Four characters are three bytes; below zero is one that does not belong.
  for (let i = 0; i < whole; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    if ((a | b | c | d) > 127) return null;
    const four = (values[a] << 18) | (values[b] << 12) | (values[c] << 6) | values[d];
    if (four < 0) return null;
    bytes[at++] = four >> 16;
    bytes[at++] = four >> 8;
    bytes[at++] = four;
  }
  let held = 0;
  let bits = 0;
  for (let i = whole; i < length; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? values[code] : -1;
    if (value < 0) return null;
    held = ((held << 6) | value) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}
