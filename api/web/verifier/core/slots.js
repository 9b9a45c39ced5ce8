/** Where Solidity puts state variables in storage ("Layout of State Variables in Storage"). */
import { concat } from './bytes.js';
import { keccak256 } from './keccak.js';

const WORD = 32;

/** A small number as a 32-byte slot. */
export function slot(number) {
  const bytes = new Uint8Array(WORD);
  bytes[WORD - 1] = number;
  return bytes;
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
  let value = 0n;
  for (let at = WORD - from - length; at < WORD - from; at += 1)
    value = (value << 8n) | BigInt(word[at]);
  return value;
}
