/**
 * Proofs in the log's tree: RFC 9162 section 2.1, SHA-256.
 */

import { concat, equal } from './bytes.js';
import { sha256 } from './digest.js';
import { Refused } from './errors.js';

const HASH_BYTES = 32;
/** A tree has fewer than 2^64 entries, so no proof has more hashes. */
export const MAX_PROOF = 64;
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/**
 * The hash of an entry: section 2.1.1.
 * @param {Uint8Array} entry
 * @returns {Uint8Array} 32 bytes
 */
export function leafHash(entry) {
  return sha256(concat(LEAF, entry));
}

/**
 * The hash of two subtrees: section 2.1.1.
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 * @returns {Uint8Array} 32 bytes
 */
export function nodeHash(left, right) {
  return sha256(concat(NODE, left, right));
}

/**
 * Return if the leaf stands at `index` in the tree of `size` entries: section 2.1.3.2.
 * @param {number|bigint} index from 0
 * @param {number|bigint} size
 * @param {Uint8Array} leaf its hash
 * @param {Uint8Array} root
 * @param {Uint8Array[]} proof from the leaf's sibling to the root's child
 * @throws {Refused} it does not, or something has a wrong length
 */
export function verifyInclusion(index, size, leaf, root, proof) {
  checkHashes([leaf, root, ...proof], proof);
  let fn = entries(index);
  let sn = entries(size) - 1n;
  if (fn > sn) throw new Refused(`entry ${index} is not in a tree of ${size}`);
  let r = leaf;
  for (const p of proof) {
    if (sn === 0n) throw new Refused('an inclusion proof is longer than the way to the root');
    if (fn & 1n || fn === sn) {
      r = nodeHash(p, r);
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      r = nodeHash(r, p);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  if (sn !== 0n || !equal(r, root)) {
    throw new Refused('the inclusion proof does not lead from the entry to the root');
  }
}

/**
 * Return if the tree of `size2` entries begins with the tree of `size1`: section 2.1.4.2.
 *
 * A proof does not bind `size2`: size and root of a tree must come from one signed or anchored
 * place. Equal sizes are shown by equal roots and an empty proof; an empty tree begins nothing.
 * @param {number|bigint} size1 at least 1
 * @param {number|bigint} size2 at least size1
 * @param {Uint8Array} root1
 * @param {Uint8Array} root2
 * @param {Uint8Array[]} proof
 * @throws {Refused} it does not, or something has a wrong length
 */
export function verifyConsistency(size1, size2, root1, root2, proof) {
  checkHashes([root1, root2, ...proof], proof);
  const [first, second] = [entries(size1), entries(size2)];
  if (first < 1n || first > second) {
    throw new Refused(`a tree of ${size2} can't be consistent with one of ${size1}`);
  }
  if (first === second) {
    if (proof.length) throw new Refused('there is no consistency proof of one size with itself');
    if (!equal(root1, root2)) throw new Refused(`there are two different roots of size ${size1}`);
    return;
  }
  if (!proof.length) throw new Refused('a consistency proof is empty');
  const isPowerOfTwo = (first & (first - 1n)) === 0n;
  const [start, ...rest] = isPowerOfTwo ? [root1, ...proof] : proof;
  let [fn, sn] = [first - 1n, second - 1n];
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let fr = start;
  let sr = start;
  for (const c of rest) {
    if (sn === 0n) throw new Refused('a consistency proof is longer than the way to the root');
    if (fn & 1n || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = nodeHash(sr, c);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  if (sn !== 0n || !equal(fr, root1) || !equal(sr, root2)) {
    throw new Refused(`the tree of ${size2} does not extend the one of ${size1}`);
  }
}

/**
 * The inclusion proof of an entry: section 2.1.3.1.
 * @param {bigint} index
 * @param {bigint} size
 * @param {(level: number, index: bigint) => Uint8Array} node the root of a complete subtree
 * @returns {Uint8Array[]}
 * @throws {Refused} an index beyond the tree; and what `node` throws
 */
export function inclusionProof(index, size, node) {
  if (index < 0n || index >= size) throw new Refused(`entry ${index} is not in a tree of ${size}`);
  let [begin, end] = [0n, size];
  const proof = [];
  while (end - begin > 1n) {
    const split = begin + largestPowerBelow(end - begin);
    if (index < split) {
      proof.push(subtreeRoot(split, end, node));
      end = split;
    } else {
      proof.push(subtreeRoot(begin, split, node));
      begin = split;
    }
  }
  return proof.reverse();
}

/**
 * One tree, for the inclusion of many entries: a subtree on the way of one that was shown stands
 * for what lies below it, since no other hashes lead there. Every node that a way of its own would
 * need is asked for, be it for another entry before. Of a tree of more entries than a double counts
 * each is shown by itself.
 */
export class ProvenTree {
  #size;
  #root;
  #node;
  #known = new Map(); // the hash of the entries from `begin` to `end`, by end, then by begin

  /**
   * @param {bigint} size
   * @param {Uint8Array} root
   * @param {(level: number, index: number | bigint) => Uint8Array} node of a complete subtree
   */
  constructor(size, root, node) {
    [this.#size, this.#root, this.#node] = [size, root, node];
    this.#know(0, Number(size), root);
  }

  /**
   * Return if the leaf stands at `index`.
   * @param {bigint} index
   * @param {Uint8Array} leaf its hash
   * @throws {Refused} it does not, or something has a wrong length; and what `node` throws
   */
  prove(index, leaf) {
    if (this.#size > BigInt(Number.MAX_SAFE_INTEGER)) {
      const path = inclusionProof(index, this.#size, this.#node);
      verifyInclusion(index, this.#size, leaf, this.#root, path);
      return;
    }
    if (index < 0n || index >= this.#size)
      throw new Refused(`entry ${index} is not in a tree of ${this.#size}`);
    checkHashes([leaf, this.#root], []);
    const way = this.#wayTo(Number(index));
    let hash = leaf;
    const met = [];
    for (let at = way.length - 1; at > 0; at -= 1) {
      const [begin, end] = way[at];
      met.push([begin, end, hash]);
      const [from, until] = way[at - 1];
      const isLeft = begin === from;
      const [first, last] = isLeft ? [end, until] : [from, begin];
      const other = this.#rootOf(first, last);
      checkHashes([other], []);
      hash = isLeft ? nodeHash(hash, other) : nodeHash(other, hash);
    }
    if (!equal(hash, this.#knownOf(...way[0])))
      throw new Refused('the inclusion proof does not lead from the entry to the root');
    for (const one of met) this.#know(...one);
  }

  // The subtrees from the lowest that is known down to the entry: section 2.1.3.1.
  #wayTo(index) {
    let [begin, end] = [0, Number(this.#size)];
    let way = [[begin, end]];
    while (end - begin > 1) {
      const split = begin + powerBelow(end - begin);
      if (index < split) end = split;
      else begin = split;
      if (this.#knownOf(begin, end) !== undefined) way = [];
      way.push([begin, end]);
    }
    return way;
  }

  #rootOf(begin, end) {
    const parts = [];
    for (let at = begin; at < end;) {
      const count = at + 1 === end ? 1 : powerUpTo(end - at);
      parts.push(this.#node(Math.log2(count), at / count));
      at += count;
    }
    return parts.reduceRight((behind, part) => nodeHash(part, behind));
  }

  #knownOf(begin, end) {
    return this.#known.get(end)?.get(begin);
  }

  #know(begin, end, hash) {
    let beginning = this.#known.get(end);
    if (beginning === undefined) this.#known.set(end, (beginning = new Map()));
    beginning.set(begin, hash);
  }
}

// The largest power of two that is below a count, and that is no more than it.
const powerBelow = (count) => powerUpTo(count - 1);
function powerUpTo(count) {
  let power = 2 ** Math.floor(Math.log2(count));
  while (power > count) power /= 2; // where the logarithm was rounded up
  while (2 * power <= count) power *= 2;
  return power;
}

/**
 * The proof that the tree of `second` entries begins with that of `first`: section 2.1.4.1.
 * @param {bigint} first at least 1
 * @param {bigint} second above it
 * @param {(level: number, index: bigint) => Uint8Array} node the root of a complete subtree
 * @returns {Uint8Array[]}
 */
export function consistencyProof(first, second, node) {
  let [begin, end, whole] = [0n, second, true];
  const proof = [];
  while (first !== end) {
    const split = begin + largestPowerBelow(end - begin);
    if (first <= split) {
      proof.push(subtreeRoot(split, end, node));
      end = split;
    } else {
      proof.push(subtreeRoot(begin, split, node));
      [begin, whole] = [split, false];
    }
  }
  if (!whole) proof.push(subtreeRoot(begin, end, node));
  return proof.reverse();
}

// Over entries [begin, end), where `begin` is aligned as RFC 9162 splits: from the right, each
// complete subtree is joined to what stands behind it.
function subtreeRoot(begin, end, node) {
  const parts = [];
  for (let at = begin; at < end; ) {
    const level = bits(end - at) - 1;
    parts.push(node(level, at >> BigInt(level)));
    at += 1n << BigInt(level);
  }
  return parts.reduceRight((behind, part) => nodeHash(part, behind));
}

const bits = (count) => count.toString(2).length;
const largestPowerBelow = (count) => 1n << BigInt(bits(count - 1n) - 1);

function checkHashes(hashes, proof) {
  if (proof.length > MAX_PROOF) throw new Refused(`a proof has more than ${MAX_PROOF} hashes`);
  for (const hash of hashes) {
    if (hash.length !== HASH_BYTES) throw new Refused('a hash in a proof is not 32 bytes');
  }
}

/** A count as a bigint, so that no size is too large to be exact. */
function entries(count) {
  if (typeof count === 'number' && !Number.isSafeInteger(count)) {
    throw new Refused('a number of entries is not an exact integer');
  }
  const exact = BigInt(count);
  if (BigInt.asUintN(64, exact) !== exact) throw new Refused(`${count} is no number of entries`);
  return exact;
}
