/**
 * The evidence file: canonical JSON that contains nothing that is trusted and nothing that is not
 * needed. Keys, records and statements rise by thumbprint and digest, so that their order says
 * nothing. A bundle counts what was asked of it.
 */
import { fromB64 } from '../core/base64.js';
import { hex, utf8 } from '../core/bytes.js';
import { encode, parse } from '../core/canonical.js';
import { sha256 } from '../core/digest.js';
import { Refused, TooLarge } from '../core/errors.js';
import { parseJwk } from '../core/keys.js';
import { STATE_PROOF, readStateProof } from './proven.js';
import * as rules from '../schema/rules.js';
import { array, integer, mapping, members, text } from '../schema/rules.js';
import { MAX_BYTES as MAX_STATEMENT_BYTES, split } from '../core/sdjwt.js';
import { parseStatement } from './statement.js';

export const MAX_BYTES = 256 * 1024 * 1024;
const MAX_STATEMENTS = 100_000;
const MAX_PROOF = 64;
const MAX_ROW = 2 ** 32 - 1;

const document = members(
  {
    version: integer(2, 2),
    subject: rules.digest,
    made: rules.time,
    // Both may be empty: of a statement that is pending the issuer's record is not asked for.
    keys: array(mapping(text, text, 8), 0, MAX_STATEMENTS),
    records: array(rules.anything, 0, MAX_STATEMENTS),
    statements: array(
      members(
        { sdJwt: text },
        { proof: text, consistency: array(text, 1, MAX_PROOF), row: integer(0, MAX_ROW) },
      ),
      1,
      MAX_STATEMENTS,
    ),
  },
  { chain: STATE_PROOF },
);

/** A parsed evidence file. Whatever is not in it is undefined: missing, never wrong. */
export class Bundle {
  #statements = new Rising('statement');
  #keys = new Rising('key');
  #records = new Rising('record');
  #proofs = new Map();
  #about = new Map();
  #used = new Set();

  /** @param {object} value a document that keeps its member list; throws Refused otherwise */
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
    value.statements.forEach((item, number) => this.#add(item, `statements[${number}]`));
    /** What the chain's storage holds, as the file has it (proven.js); null without. */
    this.state = value.chain === undefined ? null : readStateProof(value.chain);
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

  /** `{text, consistency, row?}`: a log proof, and what ties its checkpoint to the anchored row. */
  proof(digest) {
    return this.#proofs.get(digest);
  }

  /** The PublicKey with this thumbprint. */
  key(kid) {
    this.#used.add(kid);
    return this.#keys.get(kid);
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
    ];
    for (const [name, things] of held) {
      for (const identity of things.keys()) {
        if (!this.#used.has(identity)) {
          return `it holds a ${name} that nothing on the walk needs: ${identity}`;
        }
      }
    }
    return this.state?.unneeded() ?? null;
  }

  #add(item, path) {
    const digest = `sha256:${hex(sha256(utf8(split(item.sdJwt).jwt)))}`;
    const found = readStatement(item.sdJwt);
    this.#statements.put(digest, found);
    if (item.proof !== undefined) {
      const consistency = (item.consistency ?? []).map((node) =>
        fromB64(node, `${path}.consistency`),
      );
      this.#proofs.set(digest, { text: item.proof, consistency, row: item.row });
    } else if (item.consistency !== undefined || item.row !== undefined) {
      throw new Refused(`${path} says how its checkpoint was anchored, and has no log proof`);
    }
    const about = found.statement?.concerns ?? null;
    if (about === null) return;
    if (!this.#about.has(about)) this.#about.set(about, []);
    this.#about.get(about).push(digest);
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Bundle}
 * @throws {Refused} with what is wrong (check 0)
 */
export function readBundle(bytes) {
  if (bytes.length > MAX_BYTES)
    throw new TooLarge(`the evidence file is longer than ${MAX_BYTES} bytes`);
  const value = parse(bytes, { maxString: MAX_STATEMENT_BYTES, what: 'the evidence file' });
  document(value, 'evidence');
  return new Bundle(value);
}

// What can't be read is judged by check 1 if the walk needs it, and is unneeded if it does not.
function readStatement(sdJwt) {
  try {
    return { statement: parseStatement(sdJwt) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
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
