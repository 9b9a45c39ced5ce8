/**
 * The evidence file: a head and statements, which contain nothing that is trusted and nothing that
 * is not needed. Keys, records and statements rise by thumbprint and digest, so that their order
 * says nothing. A bundle counts what was asked of it.
 */
import { hex } from '../core/bytes.js';
import { encode } from '../core/canonical.js';
import { sha256 } from '../core/digest.js';
import { Refused, TooLarge, Unavailable } from '../core/errors.js';
import { parseJwk } from '../core/keys.js';
import { heldBy, possessionOf, readPossession } from './possession.js';
import { STATE_PROOF, readStateProof } from './proven.js';
import * as rules from '../schema/rules.js';
import { array, integer, mapping, members, text } from '../schema/rules.js';
import { entryOf } from './lines.js';
import { readValues } from './readable.js';
import { TREE_NODES, TreePool } from './treepool.js';

export const MAX_BYTES = 256 * 1024 * 1024;
const MAX_STATEMENTS = 100_000;
const MAX_CHECKPOINTS = 100_000;

const head = members(
  {
    version: integer(3, 3),
    subject: rules.digest,
    made: rules.time,
    // Both may be empty: of a statement that is pending the issuer's record is not asked for.
    keys: array(mapping(text, text, 8), 0, MAX_STATEMENTS),
    records: array(rules.anything, 0, MAX_STATEMENTS),
    proofs: members({ checkpoints: array(text, 0, MAX_CHECKPOINTS), nodes: TREE_NODES }),
  },
  { possession: possessionOf(MAX_STATEMENTS), chain: STATE_PROOF },
);

/** A parsed evidence file. Whatever is not in it is undefined: missing, never wrong. */
export class Bundle {
  #statements = new Rising('statement');
  #keys = new Rising('key');
  #records = new Rising('record');
  #possessions = new Rising('proof of possession');
  #places = new Map();
  #about = new Map();
  #used = new Set();
  #checkpoints;
  #named = 0;
  #tree;

  /** @param {object} value keeps the head's member list; throws Refused otherwise */
  constructor(value) {
    this.subject = value.subject;
    for (const jwk of value.keys) {
      const key = parseJwk(jwk);
      this.#keys.put(key.kid, key);
    }
    for (const record of value.records) {
      const content = encode(record);
      this.#records.put(hex(sha256(content)), content);
    }
    for (const [held, proof] of readPossession(value.possession ?? [])) {
      this.#possessions.put(held, proof);
    }
    this.#checkpoints = value.proofs.checkpoints;
    if (new Set(this.#checkpoints).size < this.#checkpoints.length) {
      throw new Refused('evidence.proofs.checkpoints is not without repetition');
    }
    this.#tree = new TreePool(value.proofs.nodes);
    /** What the chain's storage holds, as the file has it (proven.js); null without. */
    this.state = value.chain === undefined ? null : readStateProof(value.chain);
  }

  /**
   * Takes the statements' lines, one after another; throws Refused for another form or order.
   * @param {Iterator<object>} values of the lines
   * @param {import('../slices/slices.js').Ahead} ahead
   */
  async takeAll(values, ahead) {
    let number = 0;
    for (;;) {
      const seen = await ahead.seen(number);
      const { done, value } = values.next(seen);
      if (done) break;
      if (number >= MAX_STATEMENTS) {
        throw new TooLarge(`the evidence file has more than ${MAX_STATEMENTS} statements`);
      }
      const entry = seen === null ? entryOf(value, `evidence.statements[${number}]`) : value;
      ahead.note(number, entry);
      this.#add(entry, number);
      number += 1;
    }
    if (this.#named < this.#checkpoints.length) {
      throw new Refused('evidence.proofs.checkpoints holds one that no statement names');
    }
    if (!this.#statements.has(this.subject)) {
      throw new Refused(
        'the evidence file does not hold its own subject: there is nothing to verify',
      );
    }
  }

  get size() {
    return this.#statements.size;
  }

  /** `{statement}` or, where it can't be read, `{refused}`: the one whose JWT has this digest. */
  statement(digest) {
    this.#used.add(digest);
    return this.#statements.get(digest);
  }

  /** Each statement with the key that its header names, where both are here; asks for none. */
  *signed() {
    for (const { statement, signed } of this.#statements.values()) {
      if (signed) continue;
      const key = statement && this.#keys.get(statement.kid);
      if (key !== undefined) yield [statement, key];
    }
  }

  /**
   * Where a statement's entry stands in the log, by the file's word.
   * @returns {{index: number, checkpoint: string, row?: number} | undefined}
   */
  place(digest) {
    return this.#places.get(digest);
  }

  /** A node of the log's tree; throws Unavailable where it is not here. */
  treeNode = (level, index) => {
    const found = this.#tree.get(level, index);
    if (found !== undefined) return found;
    throw new Unavailable(
      `the node at level ${level}, index ${index} of the log's tree is not available`,
    );
  };

  /** The file's keys, each a PublicKey; asks for none. */
  get keys() {
    return [...this.#keys.values()];
  }

  /** The PublicKey with this thumbprint. */
  key(kid) {
    this.#used.add(kid);
    return this.#keys.get(kid);
  }

  /** An organisation's proof that it holds the key of this thumbprint: 64 bytes. */
  possession(did, kid) {
    const held = heldBy(did, kid);
    this.#used.add(held);
    return this.#possessions.get(held);
  }

  /** The canonical bytes of the organisation record with this SHA-256 (hexadecimal). */
  record(digest) {
    this.#used.add(digest);
    return this.#records.get(digest);
  }

  /** Digests of the assurance and status statements about a statement, rising. */
  concerning(digest) {
    return this.#about.get(digest) ?? [];
  }

  /** What the file holds beyond what was asked for, or null. */
  unneeded() {
    const held = [
      ['statement', this.#statements],
      ['record', this.#records],
      ['key', this.#keys],
      ['proof of possession', this.#possessions],
    ];
    for (const [name, things] of held) {
      for (const identity of things.keys()) {
        if (!this.#used.has(identity)) {
          return `it holds a ${name} that nothing on the walk needs: ${identity}`;
        }
      }
    }
    return this.state?.unneeded() ?? this.#tree.unneeded();
  }

  #add({ found, digest, index, checkpoint, row }, number) {
    this.#statements.put(digest, found);
    if (index !== undefined) {
      if (checkpoint > Math.min(this.#named, this.#checkpoints.length - 1)) {
        throw new Refused(
          `evidence.statements[${number}].checkpoint is none, or not the next one that is named`,
        );
      }
      this.#named = Math.max(this.#named, checkpoint + 1);
      this.#places.set(digest, { index, checkpoint: this.#checkpoints[checkpoint], row });
    }
    const about = found.statement?.concerns ?? null;
    if (about === null) return;
    if (!this.#about.has(about)) this.#about.set(about, []);
    this.#about.get(about).push(digest);
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {import('../slices/slices.js').Slices} slices
 * @returns {Promise<Bundle>}
 * @throws {Refused} (rejects) with what is wrong (check 0)
 */
export async function readBundle(bytes, slices) {
  if (bytes.length > MAX_BYTES)
    throw new TooLarge(`the evidence file is longer than ${MAX_BYTES} bytes`);
  return readValues(bytes, parsed, slices);
}

async function parsed(values, ahead) {
  const { value } = values.next();
  head(value, 'evidence');
  const bundle = new Bundle(value);
  ahead.begin(bundle.keys);
  await bundle.takeAll(values, ahead);
  return bundle;
}

/** Things by their identity, which must rise from one to the next. */
class Rising extends Map {
  #last;
  #what;

  constructor(what) {
    super();
    this.#what = what;
  }

  put(identity, value) {
    if (this.#last !== undefined && this.#last >= identity) {
      throw new Refused(
        `the evidence file's ${this.#what}s do not rise, each once, by digest or thumbprint`,
      );
    }
    this.#last = identity;
    this.set(identity, value);
  }
}
