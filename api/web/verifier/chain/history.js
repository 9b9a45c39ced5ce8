/**
 * A log's history: its rows that count, and those of the logs that go on from it.
 *
 * A log that is frozen may have a successor: the registry wrote one of the log's rows as the
 * successor's first. From that row on the successor's rows are the history, with numbers that go
 * on; rows of the frozen log after it stand for nothing. Nothing but the registry's own words is
 * read.
 *
 * @typedef {object} Part the rows of one log: row n of the history is row n - base of this log
 * @property {Uint8Array} logId
 * @property {number} base
 * @property {number} frozenAt Unix seconds; 0 if it is not frozen
 * @property {number | null} last the number of the row that the next log goes on from, if one does
 */
import { hex } from '../core/bytes.js';
import { Unavailable } from '../core/errors.js';
import { written } from '../core/time.js';
import { MAX_HISTORY } from './chain.js';

const MAX_SUCCESSORS = 16;

export class History {
  #contracts;

  /**
   * @param {import('./chain.js').Contracts} contracts
   * @param {Part[]} parts
   */
  constructor(contracts, parts) {
    this.#contracts = contracts;
    this.parts = parts;
  }

  /**
   * Reads which logs it is of: one word, and three more for each one that is frozen.
   * @param {import('./chain.js').Contracts} contracts
   * @param {Uint8Array} logId
   * @throws {Unavailable} where the words are not there, or could not have been written
   */
  static async read(contracts, logId) {
    return new History(contracts, await partsFrom(contracts, logId));
  }

  /** The log that is anchored now, or was until it was frozen. */
  get current() {
    return this.parts.at(-1);
  }

  /** How many rows there are. */
  async count() {
    const { base, logId } = this.current;
    const count = base + (await this.#contracts.checkpointCount(logId));
    if (count > MAX_HISTORY) throw impossible(`a history of ${count} rows`);
    return count;
  }

  /** @returns {Promise<import('./chain.js').CheckpointRow>} from 0; beyond the last all is zero */
  async row(number) {
    const { logId, base } = this.#part(number);
    return this.#contracts.checkpoint(logId, number - base);
  }

  /** The size of row `number` alone: its root is not read. */
  async size(number) {
    const { logId, base } = this.#part(number);
    return this.#contracts.checkpointSize(logId, number - base);
  }

  /**
   * The first row whose size exceeds `index` (a bigint), by binary search: sizes rise from row to
   * row, because the contract refuses anything else.
   * @returns {Promise<{number: number, row: import('./chain.js').CheckpointRow} | null>} null where
   * no row covers it yet
   */
  async firstCovering(index) {
    let low = 0;
    let high = await this.count();
    if (high === 0 || (await this.size(high - 1)) <= index) return null;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await this.size(middle)) > index) high = middle;
      else low = middle + 1;
    }
    return { number: low, row: await this.row(low) };
  }

  /** Whether row `number` was another one before a successor was named. */
  renumbers(number) {
    const { last } = this.parts[0];
    return last !== null && number > last;
  }

  /** In words: since when logs of it are frozen and what goes on; '' if none is. */
  said() {
    const said = [];
    for (const [number, { logId, frozenAt, last }] of this.parts.entries()) {
      if (frozenAt === 0) continue;
      const name = number === 0 ? 'the log' : `log 0x${hex(logId)}`;
      said.push(`${name} is frozen since ${written(frozenAt)}`);
      if (last === null) continue;
      said.push(`log 0x${hex(this.parts[number + 1].logId)} goes on from row ${last}`);
    }
    return said.join(', ');
  }

  // Rows to come are the last log's.
  #part(number) {
    return this.parts.find(({ last }) => last === null || number <= last);
  }
}

async function partsFrom(contracts, first) {
  const parts = [];
  let [logId, base] = [first, 0];
  for (;;) {
    const frozenAt = await contracts.frozenAt(logId);
    const next = frozenAt === 0 ? null : await contracts.successor(logId);
    if (next === null) return [...parts, { logId, base, frozenAt, last: null }];
    if (parts.length === MAX_SUCCESSORS) {
      const what = `more than ${MAX_SUCCESSORS} logs go on from one another`;
      throw new Unavailable(`${what} — trust one of the later logs`);
    }
    if (next.number >= BigInt(await contracts.checkpointCount(logId))) {
      const what = `a successor from row ${next.number} on of a log that has no such row`;
      throw impossible(what);
    }
    const last = base + Number(next.number);
    parts.push({ logId, base, frozenAt, last });
    // The successor's own row 0 repeats that row, so its row 1 is the next of the history.
    [logId, base] = [next.logId, last];
  }
}

// The pinned code writes no such word, so whoever answered for the chain did not read it.
function impossible(what) {
  return new Unavailable(`the chain's answer holds ${what}, which does not exist`);
}
