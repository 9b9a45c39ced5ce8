/**
 * A chain as the conformance suite writes it down (`chain.json`): blocks, and what each changed.
 * It implements what a verifier asks of any chain:
 *
 * @typedef {object} ChainView answers may be promises
 * @property {number} chainId
 * @property {(number?: number) => Block} block that block, or the newest one
 * @property {(contract: Uint8Array, key: Uint8Array, block: number) => Uint8Array} slot a word
 * @property {(contract: Uint8Array, block: number) => Uint8Array} codeHash zero without an account
 *
 * @typedef {{number: number, hash: string, time: number}} Block
 */
import { fromHex, hex } from '../core/bytes.js';
import { parseLoose } from '../core/canonical.js';
import { Refused, Unavailable } from '../core/errors.js';
import { array, integer, mapping, matching, members } from '../schema/rules.js';
import { LAST_TIME } from '../core/time.js';

const ZERO = new Uint8Array(32);
const MOST = 1_000_000;

/** @implements {ChainView} */
class RecordedChain {
  #blocks;
  #changes = new Map();

  /** @param {{chainId: number, blocks: object[]}} document as parsed from `chain.json` */
  constructor({ chainId, blocks }) {
    this.chainId = chainId;
    this.#blocks = blocks.map(({ number, hash, time }) => ({ number, hash, time }));
    for (const { number, code = {}, storage = {} } of blocks) {
      for (const [address, value] of Object.entries(code)) this.#record(address, number, value);
      for (const [address, words] of Object.entries(storage)) {
        for (const [key, value] of Object.entries(words))
          this.#record(address + key, number, value);
      }
    }
  }

  /** @returns {Block} */
  block(number = this.#blocks.length - 1) {
    const block = this.#blocks[number];
    if (block === undefined) throw new Unavailable(`the recorded chain has no block ${number}`);
    return block;
  }

  slot(contract, key, block) {
    return this.#latest(`0x${hex(contract)}0x${hex(key)}`, block);
  }

  codeHash(contract, block) {
    return this.#latest(`0x${hex(contract)}`, block);
  }

  #record(place, number, value) {
    if (!this.#changes.has(place)) this.#changes.set(place, []);
    this.#changes.get(place).push({ number, value: fromHex(value.slice(2)) });
  }

  #latest(place, block) {
    const changes = this.#changes.get(place) ?? [];
    for (let index = changes.length - 1; index >= 0; index -= 1) {
      if (changes[index].number <= block) return changes[index].value;
    }
    return ZERO;
  }
}

const address = matching(/^0x[0-9a-f]{40}$/, 'an address in lower-case hexadecimal');
const word = matching(/^0x[0-9a-f]{64}$/, '32 bytes in lower-case hexadecimal');
const block = members(
  {
    number: integer(0, Number.MAX_SAFE_INTEGER),
    hash: word,
    time: integer(0, LAST_TIME),
  },
  {
    code: mapping(address, word, MOST),
    storage: mapping(address, mapping(word, word, MOST), MOST),
  },
);
const document = members({
  chainId: integer(1, Number.MAX_SAFE_INTEGER),
  blocks: array(block, 1, MOST),
});

/**
 * @param {Uint8Array} bytes a `chain.json`; `null` in it, or nothing: there is no chain
 * @returns {RecordedChain | null}
 * @throws {Refused} for another form
 */
export function readRecorded(bytes) {
  const value = bytes.length === 0 ? null : parseLoose(bytes, { what: 'the chain' });
  if (value === null) return null;
  document(value, 'chain');
  if (value.blocks.some(({ number }, place) => number !== place)) {
    throw new Refused("the chain's blocks are not numbered from 0 without a gap");
  }
  return new RecordedChain(value);
}
