/** RLP written out (Yellow Paper, appendix B), for tests that need bytes of their own. */

import { concat, fromHex } from '../../api/web/verifier/core/bytes.js';

/**
 * @param {Uint8Array|Array} item a Uint8Array, or a list of items
 * @returns {Uint8Array}
 */
export function encode(item) {
  const isList = Array.isArray(item);
  const payload = isList ? concat(...item.map(encode)) : item;
  if (!isList && payload.length === 1 && payload[0] < 0x80) return payload;
  const base = isList ? 0xc0 : 0x80;
  if (payload.length <= 55) return concat(Uint8Array.of(base + payload.length), payload);
  const digits = payload.length.toString(16);
  const length = fromHex(digits.padStart(digits.length + (digits.length % 2), '0'));
  return concat(Uint8Array.of(base + 55 + length.length), length, payload);
}
