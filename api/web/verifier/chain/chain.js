/**
 * The three contracts at one block, read by storage slot (docs/contracts.md, "Storage layout").
 *
 * @typedef {{root: Uint8Array, size: bigint, time: number}} CheckpointRow
 * @typedef {{state: number, time: number, statement: Uint8Array}} StatusRow states: see STATES
 */
import { utf8 } from '../core/bytes.js';
import { sha256 } from '../core/digest.js';
import { TooLarge, Unavailable } from '../core/errors.js';
import { element, field, mapped, plus, slot } from '../core/slots.js';
import { LAST_TIME } from '../core/time.js';

const MAX_ROWS = 1024;
const MAX_HISTORY = 2 ** 32; // an evidence file names rows below it
export const STATES = Object.freeze({ NONE: 0, SUPERSEDED: 1, WITHDRAWN: 2, ADVERSE: 3 });

/** How the registries name an organisation: SHA-256 of its DID. */
export function organisationId(did) {
  return sha256(utf8(did));
}

/** Reads rows through a ChainView (recorded.js). What stands at a block is read once. */
export class Contracts {
  #view;
  #at;
  #histories = new Map();

  /**
   * @param {import('./recorded.js').ChainView} view
   * @param {import('../walk/trust.js').Trust['contracts']} at addresses
   * @param {number} block
   */
  constructor(view, at, block) {
    this.#view = view;
    this.#at = at;
    this.block = block;
  }

  /** How many states of this log are anchored. */
  async checkpointCount(logId) {
    const base = mapped(logId, slot(1));
    return this.#once('count', async () => history(await this.#word(this.#at.checkpoint, base)));
  }

  /** @returns {Promise<CheckpointRow>} row `number` from 0; beyond the last one all is zero */
  async checkpoint(logId, number) {
    return this.#once(number, async () => {
      const first = element(mapped(logId, slot(1)), number, 2);
      const packed = await this.#word(this.#at.checkpoint, plus(first, 1));
      return {
        root: await this.#word(this.#at.checkpoint, first),
        size: field(packed, 0, 8),
        time: time(field(packed, 8, 8)),
      };
    });
  }

  /** The account that alone admits, suspends and expels. */
  async registrar() {
    return (await this.#word(this.#at.organization, slot(0))).subarray(12);
  }

  /**
   * An organisation's rows in order of time; none if it was never admitted.
   * @throws {TooLarge} beyond 1,024: leaving rows out could hide a suspension
   */
  async organisationRows(organisation) {
    const base = mapped(organisation, slot(2));
    const length = count(await this.#word(this.#at.organization, base));
    if (length > MAX_ROWS) throw new TooLarge(`an organisation has ${length} rows on the chain`);
    const rows = [];
    for (let number = 0; number < length; number += 1) {
      const first = element(base, number, 2);
      const packed = await this.#word(this.#at.organization, plus(first, 1));
      rows.push({
        time: field(packed, 0, 8),
        status: known(field(packed, 8, 1), 'admission'),
        roles: Number(field(packed, 9, 4)),
        record: await this.#word(this.#at.organization, first),
      });
    }
    return rows;
  }

  /** A key's life in block times, as bigints; zero is never. */
  async key(organisation, thumbprint) {
    const place = mapped(thumbprint, mapped(organisation, slot(3)));
    const packed = await this.#word(this.#at.organization, place);
    return {
      added: field(packed, 0, 8),
      retired: field(packed, 8, 8),
      compromisedSince: field(packed, 16, 8),
    };
  }

  /** The organisation registry that the status registry asks for accounts. */
  async statusOrganizations() {
    return (await this.#word(this.#at.status, slot(0))).subarray(12);
  }

  /** @returns {Promise<StatusRow>} what an organisation says of a statement's 32-byte digest */
  async status(organisation, digest) {
    const first = mapped(digest, mapped(organisation, slot(1)));
    const packed = await this.#word(this.#at.status, plus(first, 1));
    return {
      state: known(field(packed, 8, 1), 'status'),
      time: time(field(packed, 0, 8)),
      statement: await this.#word(this.#at.status, first),
    };
  }

  /**
   * Ids of the organisations that concluded adversely on a statement, oldest first.
   * @throws {TooLarge} beyond 1,024
   */
  async adverse(digest) {
    const base = mapped(digest, slot(2));
    const length = count(await this.#word(this.#at.status, base));
    if (length > MAX_ROWS) throw new TooLarge(`${length} organisations concluded adversely`);
    const found = [];
    for (let number = 0; number < length; number += 1) {
      found.push(await this.#word(this.#at.status, element(base, number, 1)));
    }
    return found;
  }

  async #word(contract, key) {
    return this.#view.slot(contract, key, this.block);
  }

  async #once(name, read) {
    if (!this.#histories.has(name)) this.#histories.set(name, await read());
    return this.#histories.get(name);
  }
}

/**
 * The first row whose size exceeds `index` (a bigint), by binary search: sizes rise from row to
 * row, because the contract refuses anything else.
 * @returns {Promise<{number: number, row: CheckpointRow} | null>} null where no row covers it yet
 */
export async function firstCovering(contracts, logId, index) {
  let low = 0;
  let high = await contracts.checkpointCount(logId);
  if (high === 0 || (await contracts.checkpoint(logId, high - 1)).size <= index) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await contracts.checkpoint(logId, middle)).size > index) high = middle;
    else low = middle + 1;
  }
  return { number: low, row: await contracts.checkpoint(logId, low) };
}

// The pinned code writes no such word, so whoever answered for the chain did not read it.
function known(value, what) {
  if (value > 3n)
    throw new Unavailable(`the chain's answer holds ${what} ${value}, which does not exist`);
  return Number(value);
}

function time(value) {
  if (value > BigInt(LAST_TIME))
    throw new Unavailable("the chain's answer holds a time beyond the year 9999");
  return Number(value);
}

// Slots wrap around, so a row beyond could be one of the first again.
function history(word) {
  const rows = count(word);
  if (rows <= MAX_HISTORY) return rows;
  throw new Unavailable("the chain's answer holds a history of more rows than exist");
}

// Inexact beyond 2^53, where only its being too large matters.
function count(word) {
  return Number(field(word, 0, 32));
}
