/**
 * Reading Ethereum's Merkle-Patricia tries from a pool of nodes (Yellow Paper, appendices C, D).
 */

import { compare, equal, fromHex, hex } from './bytes.js';
import { Refused, Unavailable } from './errors.js';
import { keccak256 } from './keccak.js';
import { decode } from './rlp.js';

const HASH_BYTES = 32;
const BRANCH_ITEMS = 17;
const SHORT_ITEMS = 2; // a leaf or an extension: path, then value or child

/** keccak-256 of the RLP of nothing: the root of a trie that holds nothing. */
const EMPTY_ROOT = fromHex('56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');

/**
 * @typedef {(hash: Uint8Array) => Uint8Array|undefined} GetNode
 *   the node whose keccak-256 this is, which is not checked again, or undefined if it is not there
 */

/** Trie nodes by their hash, and which of them were asked for. */
export class NodePool {
  #nodes = new Map();
  #used = new Set();

  /**
   * @param {Uint8Array[]} nodes rising by their keccak-256, which leaves out repetition
   * @throws {Refused} another order
   */
  constructor(nodes) {
    let last = null;
    for (const node of nodes) {
      const hash = keccak256(node);
      if (last !== null && compare(last, hash) >= 0) {
        throw new Refused('trie nodes do not rise by their keccak-256');
      }
      this.#nodes.set(hex(hash), node);
      last = hash;
    }
  }

  /** @type {GetNode} */
  get = (hash) => {
    const name = hex(hash);
    const node = this.#nodes.get(name);
    if (node !== undefined) this.#used.add(name);
    return node;
  };

  /** @returns {number} how many nodes were not asked for */
  get unused() {
    return this.#nodes.size - this.#used.size;
  }
}

/**
 * The value at a key, or null where the trie proves that there is none.
 * @param {GetNode} getNode
 * @param {Uint8Array} root 32 bytes
 * @param {Uint8Array} key as it stands in the trie: in a secure trie the keccak-256 of the name
 * @param {{isSecure?: boolean}} [options] a secure trie's keys are hashes, all of one length: no
 *   branch has a value, and every leaf stands where a key ends
 * @returns {Uint8Array|null}
 * @throws {Unavailable} a node on the way is missing
 * @throws {Refused} something on the way is not a node
 */
export function valueAt(getNode, root, key, { isSecure = false } = {}) {
  if (equal(root, EMPTY_ROOT)) return null;
  const path = nibbles(key);
  let node = load(getNode, root, true);
  let at = 0;
  for (;;) {
    if (isSecure) checkPlace(node, path.length - at);
    if (node.length === BRANCH_ITEMS) {
      if (at === path.length) return valueOrNull(node[16]);
      const child = node[path[at++]];
      if (!Array.isArray(child) && child.length === 0) return null;
      node = follow(getNode, child);
      continue;
    }
    const { isLeaf, part } = readPath(node[0]);
    for (let i = 0; i < part.length; i++) if (part[i] !== path[at + i]) return null;
    at += part.length;
    if (isLeaf) return at === path.length ? bytesOf(node[1]) : null;
    node = follow(getNode, node[1]);
  }
}

/** The node of a reference: its hash, or itself where it takes less than 32 bytes. */
function follow(getNode, reference) {
  if (Array.isArray(reference)) {
    if (sizeOf(reference) >= HASH_BYTES) throw new Refused('a long trie node stands in another');
    return checked(reference);
  }
  if (reference.length !== HASH_BYTES) throw new Refused('a trie node has no true reference');
  return load(getNode, reference, false);
}

// What nodes say, by their bytes: those near the root are on the way to every key.
const read = new WeakMap();

function load(getNode, hash, isRoot) {
  const bytes = getNode(hash);
  if (bytes === undefined) throw new Unavailable(`the trie node ${hex(hash)} is missing`);
  if (!isRoot && bytes.length < HASH_BYTES) throw new Refused('a short trie node stands by itself');
  let node = read.get(bytes);
  if (node === undefined) {
    node = checked(decode(bytes));
    if (node.length === BRANCH_ITEMS) read.set(bytes, node);
  }
  return node;
}

/** How many bytes a short item takes; any longer one takes no fewer than are said here. */
function sizeOf(item) {
  if (Array.isArray(item)) return item.reduce((sum, member) => sum + sizeOf(member), 1);
  return item.length === 1 && item[0] < 0x80 ? 1 : 1 + item.length;
}

/** Whether a node may stand where `left` nibbles of a key of fixed length are left. */
function checkPlace(node, left) {
  if (node.length === BRANCH_ITEMS) {
    if (left === 0 || Array.isArray(node[16]) || node[16].length > 0) {
      throw new Refused('a branch of the trie stands where a key ends');
    }
    return;
  }
  const { isLeaf, part } = readPath(node[0]);
  const fits = isLeaf ? part.length === left : part.length < left;
  if (!fits || (!Array.isArray(node[1]) && node[1].length === 0)) {
    throw new Refused('a path of the trie ends before or beyond its keys, or in nothing');
  }
}

function checked(node) {
  const known = Array.isArray(node) && [BRANCH_ITEMS, SHORT_ITEMS].includes(node.length);
  if (!known) throw new Refused('a trie node is not a branch, an extension or a leaf');
  return node;
}

/** Hex-prefix encoding, appendix C: a nibble of flags (2 leaf, 1 odd), then the path. */
function readPath(item) {
  const all = nibbles(bytesOf(item));
  const [flags, filler] = all;
  const isOdd = flags % 2 === 1;
  if (!(flags <= 3) || (!isOdd && filler !== 0)) throw new Refused('a trie path is not hex-prefix');
  const isLeaf = flags >= 2;
  const part = all.subarray(isOdd ? 1 : 2);
  if (!isLeaf && part.length === 0) throw new Refused('a trie extension has no path');
  return { isLeaf, part };
}

function nibbles(bytes) {
  const all = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    all[2 * i] = bytes[i] >> 4;
    all[2 * i + 1] = bytes[i] & 15;
  }
  return all;
}

function valueOrNull(item) {
  return bytesOf(item).length === 0 ? null : item;
}

function bytesOf(item) {
  if (Array.isArray(item)) throw new Refused('a trie node has a list in place of bytes');
  return item;
}
