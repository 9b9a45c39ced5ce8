/**
 * The chain as an evidence file proves it, at one block (EIP-1186): everything follows from the
 * hash of that block, which the verifier trusts. Nothing is believed because the file says so.
 */
import { fromB64 } from '../core/base64.js';
import { hex } from '../core/bytes.js';
import { Refused, TooLarge, Unavailable } from '../core/errors.js';
import { account, parseHeader, word } from '../core/stateproof.js';
import { keccak256 } from '../core/keccak.js';
import { NodePool } from '../core/trie.js';
import { array, members, text } from '../schema/rules.js';
import { LAST_TIME, written } from '../core/time.js';

const MAX_NODES = 1_000_000;
const MAX_HEADER_BYTES = 65_536;
// A branch node of sixteen hashes and a value is shorter.
const MAX_NODE_BYTES = 1024;
const ZERO = new Uint8Array(32);

/** The rule of the evidence file's member `chain`. */
export const STATE_PROOF = members({ header: text, nodes: array(text, 1, MAX_NODES) });

/** One block header and a pool of trie nodes: none may be spare once the block is trusted. */
class StateProof {
  #pool;
  #counts = false;

  constructor(header, nodes) {
    this.header = header;
    this.#pool = new NodePool(nodes);
  }

  /** The pool, whose nodes count from now on. */
  get() {
    this.#counts = true;
    return this.#pool.get;
  }

  unneeded() {
    if (!this.#counts || this.#pool.unused === 0) return null;
    return `it holds ${this.#pool.unused} trie nodes that nothing on the walk needs`;
  }
}

/**
 * @param {{header: string, nodes: string[]}} value keeps STATE_PROOF
 * @returns {StateProof}
 * @throws {Refused} for other base64, nodes that do not rise by hash, or parts beyond their limits
 */
export function readStateProof({ header, nodes }) {
  return new StateProof(
    bounded(header, MAX_HEADER_BYTES, 'evidence.chain.header'),
    nodes.map((node, number) => bounded(node, MAX_NODE_BYTES, `evidence.chain.nodes[${number}]`)),
  );
}

/**
 * The chain as the file proves it, if its block is one that the trust file names, else null.
 * @param {StateProof | null} state
 * @param {import('../walk/trust.js').Trust} trust
 * @returns {ProvenChain | null}
 * @throws {Refused} where a trusted header is not one of a chain with a Merkle-Patricia state root
 */
export function provenChain(state, trust) {
  if (state === null || !trust.trustedBlocks.has(`0x${hex(keccak256(state.header))}`)) return null;
  return new ProvenChain(state, trust.chainId);
}

/** @implements {import('../chain/recorded.js').ChainView} */
class ProvenChain {
  #getNode;
  #header;
  #accounts = new Map();

  constructor(state, chainId) {
    this.#getNode = state.get();
    this.#header = parseHeader(state.header);
    if (this.#header.time > LAST_TIME)
      throw new Refused("the block's time is beyond the year 9999");
    // A header does not name its chain: whoever trusts its hash says whose it is.
    this.chainId = chainId;
  }

  block(number = this.#header.number) {
    const { number: only, hash, time } = this.#header;
    if (number !== only) {
      throw new Unavailable(`the file proves the chain at block ${only} of ${written(time)} only`);
    }
    return { number, hash: `0x${hex(hash)}`, time };
  }

  slot(contract, key, block) {
    const found = this.#account(contract, block);
    return found === null ? ZERO : word(this.#getNode, found.storageRoot, key);
  }

  codeHash(contract, block) {
    return this.#account(contract, block)?.codeHash ?? ZERO;
  }

  #account(contract, block) {
    if (block !== this.#header.number) this.block(block);
    // By the array itself: a trust file's addresses are read once.
    let found = this.#accounts.get(contract);
    if (found === undefined) {
      found = account(this.#getNode, this.#header.stateRoot, contract);
      this.#accounts.set(contract, found);
    }
    return found;
  }
}

function bounded(encoded, most, what) {
  const bytes = fromB64(encoded, what);
  if (bytes.length > most) throw new TooLarge(`${what} is longer than ${most} bytes`);
  return bytes;
}
