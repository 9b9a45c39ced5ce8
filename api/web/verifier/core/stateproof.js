/**
 * From a block header to a word of a contract's storage (Yellow Paper section 4, EIP-1186).
 */

import { Refused } from './errors.js';
import { keccak256 } from './keccak.js';
import { decode } from './rlp.js';
import { valueAt } from './trie.js';

const HASH_BYTES = 32;
const STATE_ROOT = 3;
const NUMBER = 8;
const TIME = 11;
const PARENT_HASH = 0;
const MIN_MEMBERS = 15; // of a block before EIP-1559; later forks only append
const MAX_MEMBERS = 32;

/**
 * Read a header. Nothing in it is believed before the caller has compared its hash. Members that
 * later forks append are hashed, whatever RLP they are, and not read.
 * @param {Uint8Array} bytes its RLP
 * @returns {{number: number, time: number, stateRoot: Uint8Array, hash: Uint8Array}}
 *   time in Unix seconds
 * @throws {Refused}
 */
export function parseHeader(bytes) {
  const whole = decode(bytes);
  if (!Array.isArray(whole) || whole.length < MIN_MEMBERS || whole.length > MAX_MEMBERS) {
    throw new Refused('a block header is not a list of its members');
  }
  const members = strings(whole.slice(0, MIN_MEMBERS), 'a block header');
  hash(members[PARENT_HASH], 'parent hash');
  return {
    number: smallInteger(members[NUMBER], 'block number'),
    time: smallInteger(members[TIME], 'block time'),
    stateRoot: hash(members[STATE_ROOT], 'state root'),
    hash: keccak256(bytes),
  };
}

/**
 * What the state says of an address.
 * @param {import('./trie.js').GetNode} getNode
 * @param {Uint8Array} stateRoot
 * @param {Uint8Array} address 20 bytes
 * @returns {{storageRoot: Uint8Array, codeHash: Uint8Array}|null} null: proven that none is there
 * @throws {import('./errors.js').Unavailable} a node is missing
 * @throws {Refused} a node or the account is malformed
 */
export function account(getNode, stateRoot, address) {
  const value = valueAt(getNode, stateRoot, keccak256(address), { isSecure: true });
  if (value === null) return null;
  const members = strings(decode(value), 'an account');
  if (members.length !== 4 || !members.slice(0, 2).every(isScalar)) {
    throw new Refused('an account is not nonce, balance, storage root and code hash');
  }
  return {
    storageRoot: hash(members[2], 'storage root'),
    codeHash: hash(members[3], 'code hash'),
  };
}

/**
 * A word of storage; zero where the trie proves that nothing is there.
 * @param {import('./trie.js').GetNode} getNode
 * @param {Uint8Array} storageRoot
 * @param {Uint8Array} slot 32 bytes
 * @returns {Uint8Array} 32 bytes
 * @throws {import('./errors.js').Unavailable} a node is missing
 * @throws {Refused} a node or the word is malformed
 */
export function word(getNode, storageRoot, slot) {
  const padded = new Uint8Array(HASH_BYTES);
  const value = valueAt(getNode, storageRoot, keccak256(slot), { isSecure: true });
  if (value === null) return padded;
  const bytes = decode(value);
  // A zero is never stored, and leading zeros never written.
  if (Array.isArray(bytes) || bytes.length > HASH_BYTES || !bytes[0]) {
    throw new Refused('a word of storage is not 1 to 32 bytes without leading zeros');
  }
  padded.set(bytes, HASH_BYTES - bytes.length);
  return padded;
}

function strings(item, what) {
  if (Array.isArray(item) && !item.some(Array.isArray)) return item;
  throw new Refused(`${what} is not a list of byte strings`);
}

/** A number of at most 32 bytes without leading zeros. */
function isScalar(bytes) {
  return bytes.length <= HASH_BYTES && bytes[0] !== 0;
}

function hash(item, what) {
  if (item.length !== HASH_BYTES) {
    throw new Refused(`a ${what} is not 32 bytes`);
  }
  return item;
}

function smallInteger(item, what) {
  const value = isScalar(item) ? item.reduce((sum, byte) => sum * 256 + byte, 0) : NaN;
  if (!Number.isSafeInteger(value)) throw new Refused(`a ${what} is not a plain integer`);
  return value;
}
