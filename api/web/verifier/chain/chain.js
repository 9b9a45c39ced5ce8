/**
 * The three contracts at one block, read by storage slot (docs/contracts.md, "Storage layout").
 *
 * @typedef {{root: Uint8Array, size: bigint, time: number}} CheckpointRow
 * @typedef {{state: number, time: number, statement: Uint8Array}} StatusRow states: see STATES
 */
import { hex, utf8 } from '../core/bytes.js';
import { sha256 } from '../core/digest.js';
import { TooLarge, Unavailable } from '../core/errors.js';
import { element, field, mapped, plus, slot } from '../core/slots.js';
import { LAST_TIME } from '../core/time.js';

const MAX_ROWS = 1024;
const MOST_KNOWN = 4096;
const ids = new Map();
export const MAX_HISTORY = 2 ** 32; // an evidence file names rows below it
const [ADMISSIONS, REACHES] = [3, 2]; // the last of each
const ROWS_A_WORD = 3;
const ROW_BYTES = 10; // size and time, five bytes each
const RECENT = 12; // bytes of a log's first word below its last rows
// Of a log's five words: above the invited operator stands which row its successor goes on from.
const [SUCCESSOR_FROM, SUCCESSOR] = [2, 4];
const ADDRESS = 20;
const OWN_ROWS = (ROWS_A_WORD - 1) * ROW_BYTES;
const NO_ROW = new Uint8Array(32);
/** What may be said of a signed record. */
export const STATES = Object.freeze({
  NONE: 0,
  SUPERSEDED: 1,
  WITHDRAWN: 2,
  ADVERSE: 3,
  SUSPENDED: 4,
  RESTORED: 5,
  REVOKED: 6,
});

/** How the registries name an organisation: SHA-256 of its DID. */
export function organisationId(did) {
  let id = ids.get(did);
  if (id === undefined) {
    id = sha256(utf8(did));
    if (ids.size >= MOST_KNOWN) ids.clear();
    ids.set(did, id);
  }
  return id;
}

/** Reads rows through a ChainView (recorded.js). What stands at a block is read once. */
export class Contracts {
  #view;
  #at;
  #histories = new Map();
  #keys = new Map();
  #bases = new Map();

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
    return history(field(await this.#log(logId), 0, 7));
  }

  /** When the registrar froze this log, Unix seconds: no row came after; 0 if it did not. */
  async frozenAt(logId) {
    return time(field(await this.#log(logId), 7, 5));
  }

  /**
   * Which log goes on from a frozen one, and from which of its rows; null if none is named.
   * @returns {Promise<{logId: Uint8Array, number: bigint} | null>}
   */
  async successor(logId) {
    const its = mapped(logId, slot(1));
    const named = await this.#word(this.#at.checkpoint, plus(its, SUCCESSOR));
    if (named.every((byte) => byte === 0)) return null;
    const invited = await this.#word(this.#at.checkpoint, plus(its, SUCCESSOR_FROM));
    return { logId: named, number: field(invited, ADDRESS, 8) };
  }

  /** @returns {Promise<CheckpointRow>} row `number` from 0; beyond the last one all is zero */
  async checkpoint(logId, number) {
    return this.#once(`${hex(logId)} row ${number}`, async () => {
      const [word, from] = await this.#packed(logId, number);
      const root = mapped(slot(number), mapped(logId, slot(2)));
      return {
        root: await this.#word(this.#at.checkpoint, root),
        size: field(word, from, 5),
        time: time(field(word, from + 5, 5)),
      };
    });
  }

  /** The size of row `number` alone: its root is not read. */
  async checkpointSize(logId, number) {
    return this.#once(`${hex(logId)} size ${number}`, async () => {
      const [word, from] = await this.#packed(logId, number);
      return field(word, from, 5);
    });
  }

  // Three rows share a word; the last ones lie in the log's own. Returns the word, and where.
  async #packed(logId, number) {
    const third = Math.floor(number / ROWS_A_WORD);
    const from = ROW_BYTES * (number % ROWS_A_WORD);
    if (third === Math.floor((await this.checkpointCount(logId)) / ROWS_A_WORD)) {
      // It holds two rows at most: with a third one they move to a word of their own.
      return from < OWN_ROWS ? [await this.#log(logId), RECENT + from] : [NO_ROW, 0];
    }
    const place = mapped(slot(third), mapped(logId, slot(3)));
    const word = await this.#once(`${hex(logId)} third ${third}`, () =>
      this.#word(this.#at.checkpoint, place),
    );
    return [word, from];
  }

  async #log(logId) {
    const place = mapped(logId, slot(1));
    return this.#once(`${hex(logId)} log`, () => this.#word(this.#at.checkpoint, place));
  }

  /** The account that alone admits, suspends and expels. */
  async registrar() {
    return (await this.#word(this.#at.organization, slot(0))).subarray(12);
  }

  /** The account that acts for an organisation; zero if it has none. */
  async account(organisation) {
    const base = mapped(organisation, slot(4));
    const length = await this.#count(this.#at.organization, base, 'accounts of an organisation');
    if (length === 0) return new Uint8Array(20);
    return (await this.#word(this.#at.organization, element(base, length - 1, 1))).subarray(12);
  }

  /**
   * An organisation's rows in order of time; none if it was never admitted.
   * @throws {TooLarge} beyond 1,024: leaving rows out could hide a suspension
   */
  async organisationRows(organisation) {
    const base = mapped(organisation, slot(2));
    const length = await this.#count(this.#at.organization, base, 'rows of an organisation');
    const rows = [];
    for (let number = 0; number < length; number += 1) {
      const first = element(base, number, 3);
      const packed = await this.#word(this.#at.organization, plus(first, 2));
      rows.push({
        time: time(field(packed, 0, 8)),
        status: known(field(packed, 8, 1), ADMISSIONS, 'Admission'),
        roles: Number(field(packed, 9, 4)),
        record: await this.#word(this.#at.organization, first),
        reason: Number(field(packed, 13, 1)),
        reach: known(field(packed, 14, 1), REACHES, 'Reach'),
        windowFrom: time(field(packed, 15, 8)),
        windowUntil: time(field(packed, 23, 8)),
      });
    }
    return rows;
  }

  /** A key's life in block times, zero is never; and the digest of its proof of possession. */
  async key(organisation, thumbprint) {
    const name = `${hex(organisation)} ${hex(thumbprint)}`;
    if (!this.#keys.has(name)) this.#keys.set(name, await this.#key(organisation, thumbprint));
    return this.#keys.get(name);
  }

  /** What a body was accredited for, in order of time; `ended` is zero if it was not. */
  async accreditations(body) {
    const base = mapped(body, slot(7));
    const length = await this.#count(this.#at.organization, base, 'accreditations of a body');
    const rows = [];
    for (let number = 0; number < length; number += 1) {
      const first = element(base, number, 3);
      const packed = await this.#word(this.#at.organization, plus(first, 2));
      const [validFrom, validUntil, written, ended] = [0, 8, 16, 24].map((from) =>
        time(field(packed, from, 8)),
      );
      const scope = await this.#word(this.#at.organization, first);
      const accreditor = await this.#word(this.#at.organization, plus(first, 1));
      rows.push({ scope, accreditor, validFrom, validUntil, time: written, ended });
    }
    return rows;
  }

  /** The organisation registry that the status registry asks for accounts. */
  async statusOrganizations() {
    return (await this.#word(this.#at.status, slot(0))).subarray(12);
  }

  /** @returns {Promise<StatusRow[]>} what an organisation said of a 32-byte digest, oldest first */
  async statusRows(organisation, digest) {
    const base = mapped(digest, this.#statusesOf(organisation));
    const length = await this.#count(this.#at.status, base, 'rows on the status of a statement');
    const rows = [];
    for (let number = 0; number < length; number += 1) {
      rows.push(await this.#status(element(base, number, 2)));
    }
    return rows;
  }

  /** @returns {Promise<StatusRow>} the last of them, without reading others; state 0 if nothing */
  async status(organisation, digest) {
    const base = mapped(digest, this.#statusesOf(organisation));
    const length = await this.#count(this.#at.status, base, 'rows on the status of a statement');
    if (length === 0) return { state: STATES.NONE, time: 0, statement: new Uint8Array(32) };
    return this.#status(element(base, length - 1, 2));
  }

  async #status(first) {
    const packed = await this.#word(this.#at.status, plus(first, 1));
    return {
      state: known(field(packed, 8, 1), STATES.REVOKED, 'StatusState'),
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
    const what = 'organisations that concluded adversely';
    const length = await this.#count(this.#at.status, base, what);
    const found = [];
    for (let number = 0; number < length; number += 1) {
      found.push(await this.#word(this.#at.status, element(base, number, 1)));
    }
    return found;
  }

  async #key(organisation, thumbprint) {
    const place = mapped(thumbprint, mapped(organisation, slot(3)));
    const packed = await this.#word(this.#at.organization, place);
    const possession = packed.some((byte) => byte !== 0)
      ? await this.#word(this.#at.organization, plus(place, 1))
      : new Uint8Array(32);
    return {
      added: time(field(packed, 0, 8)),
      retired: time(field(packed, 8, 8)),
      compromisedSince: time(field(packed, 16, 8)),
      possession,
    };
  }

  // The mapping of what one organisation says of statements.
  #statusesOf(organisation) {
    const name = hex(organisation);
    if (!this.#bases.has(name)) this.#bases.set(name, mapped(organisation, slot(1)));
    return this.#bases.get(name);
  }

  // Inexact beyond 2^53, where only its being too large matters.
  async #count(contract, base, what) {
    const length = Number(field(await this.#word(contract, base), 0, 32));
    if (length > MAX_ROWS)
      throw new TooLarge(`the chain holds ${length} ${what}, more than ${MAX_ROWS}`);
    return length;
  }

  async #word(contract, key) {
    return this.#view.slot(contract, key, this.block);
  }

  async #once(name, read) {
    if (!this.#histories.has(name)) this.#histories.set(name, await read());
    return this.#histories.get(name);
  }
}

// The pinned code writes no such word, so whoever answered for the chain did not read it.
function known(value, last, what) {
  if (value > BigInt(last))
    throw new Unavailable(`the chain's answer holds ${what} ${value}, which does not exist`);
  return Number(value);
}

function time(value) {
  if (value > BigInt(LAST_TIME))
    throw new Unavailable("the chain's answer holds a time beyond the year 9999");
  return Number(value);
}

function history(rows) {
  if (rows <= MAX_HISTORY) return Number(rows);
  throw new Unavailable("the chain's answer holds a history of more rows than exist");
}
