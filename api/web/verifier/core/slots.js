/** Where Solidity puts state variables in storage ("Layout of State Variables in Storage"). */
import { concat } from './bytes.js';
import { keccak256 } from './keccak.js';

const WORD = 32;
const PART = 6; // bytes that a number holds exactly

/** A whole number below 2^53 as a 32-byte slot, or as the key of a mapping. */
export function slot(number) {
  return plus(new Uint8Array(WORD), number);
}

/** The slot of `key` in the mapping at `base`. */
export function mapped(key, base) {
  return keccak256(concat(key, base));
}

/** The first slot of element `number` of the dynamic array at `base`, `words` words an element. */
export function element(base, number, words) {
  return plus(keccak256(base), number * words);
}

/** A slot some words later; beyond the last one it begins anew. */
export function plus(base, offset) {
  const sum = base.slice();
  let carry = offset;
  for (let at = WORD - 1; at >= 0 && carry > 0; at -= 1) {
    carry += sum[at];
    sum[at] = carry % 256;
    carry = Math.floor(carry / 256);
  }
  return sum;
}

/** Unsigned `length` bytes that end `from` bytes before the word's end. */
export function field(word, from, length) {
  const end = WORD - from;
  let value = 0n;
  for (let at = end - length; at < end;) {
    const next = Math.min(at + PART, end);
    const bits = BigInt(8 * (next - at));
    let part = 0;
    for (; at < next; at += 1) part = part * 256 + word[at];
    value = value === 0n ? BigInt(part) : (value << bits) | BigInt(part);
  }
  return value;
}
