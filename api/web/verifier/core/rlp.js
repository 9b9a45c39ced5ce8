/**
 * Recursive Length Prefix (Ethereum Yellow Paper, appendix B), canonical encodings only.
 */

import { Refused, TooLarge } from './errors.js';

const MAX_DEPTH = 8; // lists within lists; a trie node has a few, a header one

/**
 * @typedef {Uint8Array|RlpItem[]} RlpItem bytes (a view into what was read) or a list
 */

/**
 * Decode exactly one item.
 * @param {Uint8Array} bytes
 * @returns {RlpItem}
 * @throws {Refused} a length that is not the shortest, runs past the end, or leaves bytes over
 * @throws {TooLarge} lists more than 8 deep
 */
export function decode(bytes) {
  const { item, end } = read(bytes, 0, bytes.length, 1);
  if (end !== bytes.length) throw new Refused('RLP has bytes left over');
  return item;
}

/** The item at `at`, which must end by `limit`, and where it ends. */
function read(bytes, at, limit, depth) {
  if (at >= limit) throw new Refused('RLP ends too early');
  const first = bytes[at];
  if (first < 0x80) return { item: bytes.subarray(at, at + 1), end: at + 1 };
  const isList = first >= 0xc0;
  const { start, end } = payload(bytes, at, limit, first - (isList ? 0xc0 : 0x80));
  if (isList) return { item: readList(bytes, start, end, depth), end };
  if (end - start === 1 && bytes[start] < 0x80) {
    throw new Refused('RLP writes a byte below 0x80 with a length');
  }
  return { item: bytes.subarray(start, end), end };
}

function readList(bytes, start, end, depth) {
  if (depth > MAX_DEPTH) throw new TooLarge(`RLP has lists more than ${MAX_DEPTH} deep`);
  const items = [];
  for (let at = start; at < end;) {
    const next = read(bytes, at, end, depth + 1);
    items.push(next.item);
    at = next.end;
  }
  return items;
}

/** Where the payload lies: up to 55 bytes are counted in the prefix, more in bytes after it. */
function payload(bytes, at, limit, code) {
  let start = at + 1;
  let length = code;
  if (code > 55) {
    start += code - 55;
    if (start > limit) throw new Refused('RLP ends too early');
    length = 0;
    // At most 8 bytes: beyond 2^53 the sum is inexact, and far past any limit all the same.
    for (let i = at + 1; i < start; i++) length = length * 256 + bytes[i];
    if (bytes[at + 1] === 0 || length <= 55) throw new Refused('RLP has a length not the shortest');
  }
  const end = start + length;
  if (end > limit) throw new Refused('RLP ends too early');
  return { start, end };
}
