/**
 * A thread that helps with one file at a time: it reads lines whole, and makes checks 8 and 10 of
 * footprints. slices.js says what that is worth. It fetches nothing; what it can't do it leaves.
 *
 * It takes `{begin}`, then `{reads}` of batches, `{read}` once all lines are, `{judges}` of batches
 * and `{end}`; it answers each batch with what it found, null for nothing.
 */
import { arithmetic } from '../checks/arithmetic.js';
import { conformity } from '../checks/conformity.js';
import { makeTables } from '../calc/tables.js';
import { fromB64url } from '../core/base64.js';
import { hex } from '../core/bytes.js';
import { PublicKey, verifyEs256 } from '../core/keys.js';
import { readAgain } from '../evidence/again.js';
import { entryOf } from '../evidence/lines.js';
import { valueOf } from '../evidence/readable.js';
import { Library } from '../rules/resolving.js';
import { KINDS } from '../schema/kinds.js';
import { Node } from '../walk/node.js';
import { passed } from '../walk/report.js';
import { toJudged } from './judged.js';

const HASH_BYTES = 32;
const MOST_KEPT = 4096; // statements that others cite
const port =
  globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? globalThis.self;
let file = null;
let shared = null; // tables and packs, which stay the same from file to file

port.onmessage = async ({ data: { begin, reads, read, judges } }) => {
  if (begin !== undefined) return opened(begin);
  const own = file;
  if (reads !== undefined) {
    const found = await own.reads(reads).catch(() => null);
    // The file may have ended meanwhile, and another begun.
    if (own === file) say({ reads: true, batch: reads[0], found }, buffersOf(found));
  } else if (read !== undefined) own.read(read);
  else if (judges !== undefined)
    say({ judges: true, batch: judges[0], found: own.judges(judges) }, []);
  else file = null;
};

function say(found, buffers) {
  port.postMessage({ file: file.name, ...found }, buffers);
}

function opened({ tables, packs, ...rest }) {
  const name = JSON.stringify([tables, packs]);
  if (shared?.name !== name)
    shared = { name, tables: makeTables(tables), packs: new Library(packs) };
  file = new File(rest, shared);
}

const buffersOf = (found) =>
  found === null ? [] : ['digests', 'places', 'counts', 'holds'].map((one) => found[one].buffer);

class File {
  #text;
  #starts;
  #keys;
  #context;
  #lines = new Map();
  #nodes = new Map();
  #known;

  constructor({ name, text, starts, keys }, { tables, packs }) {
    /** A number that no other file of this process has. */
    this.name = name;
    this.#text = text;
    this.#starts = starts;
    this.#keys = new Map(keys.map(([kid, jwk]) => [kid, new PublicKey(jwk, fromB64url(kid))]));
    this.#context = {
      tables,
      packs,
      holdsRule: (digest) => digest === tables.ruleDigest || packs.holds(digest),
    };
  }

  /** Of each line of a batch whether it holds, its digest and its disclosures' places. */
  async reads([, from, to]) {
    const holds = new Uint8Array(to - from);
    const digests = new Uint8Array(HASH_BYTES * (to - from));
    const counts = new Uint16Array(to - from);
    const places = [];
    const signed = [];
    for (let number = from; number < to; number += 1) {
      const entry = this.#entry(number);
      if (entry === null) continue;
      const { statement } = entry.found;
      const place = number - from;
      digests.set(statement.digestBytes, HASH_BYTES * place);
      const { hidden } = KINDS.get(statement.kind);
      for (const { name, index } of entry.at) places.push(hidden.indexOf(name), index);
      counts[place] = 2 * entry.at.length;
      signed.push(
        verifyEs256(
          this.#keys.get(statement.kid),
          statement.signingInput,
          statement.signature,
        ).then(
          () => (holds[place] = 1),
          () => {}, // the other thread says why
        ),
      );
    }
    await Promise.all(signed);
    return { holds, digests, counts, places: Uint16Array.from(places) };
  }

  // What is read of a line in which nothing is wrong, else null.
  #entry(number) {
    try {
      const entry = entryOf(valueOf(this.#bytes(number)), '');
      const { statement, opened } = entry.found;
      return statement && opened && this.#keys.has(statement.kid) ? entry : null;
    } catch {
      return null;
    }
  }

  // Not a view where the text is shared: nothing that decodes takes one in every engine.
  #bytes(number) {
    return this.#text.slice(this.#starts[number + 1], this.#starts[number + 2] - 1);
  }

  /** Takes the digests of all lines, and the places of their disclosures. */
  read(known) {
    this.#known = known;
    for (let number = 0; number + 1 < known.at.length; number += 1) {
      const digest = this.#digest(number);
      if (digest.some((byte) => byte !== 0)) this.#lines.set(`sha256:${hex(digest)}`, number);
    }
  }

  #digest(number) {
    return this.#known.digests.subarray(HASH_BYTES * number, HASH_BYTES * (number + 1));
  }

  /** Checks 8 and 10 of each footprint of a batch, as JSON. */
  judges([, from, to]) {
    const found = [];
    for (let number = from; number < to; number += 1) found.push(this.#judged(number));
    return JSON.stringify(found);
  }

  #judged(number) {
    try {
      const node = this.#node(number);
      if (!node?.isFootprint) return null;
      for (const { digest } of node.citations)
        if (!this.get(digest)?.isFootprint) return null;
      const checks = [arithmetic, conformity].map((check) => check(node, this, this.#context));
      return toJudged(node, checks);
    } catch {
      return null; // the other thread comes to it by itself
    } finally {
      this.#nodes.delete(number); // it has notices now
    }
  }

  /** The node of a statement that others cite. */
  get(digest) {
    const number = this.#lines.get(digest);
    return number === undefined ? undefined : this.#node(number);
  }

  #node(number) {
    let node = this.#nodes.get(number);
    if (node !== undefined) return node;
    const { at, places } = this.#known;
    const digest = this.#digest(number).slice();
    const seen = { digest, places: places.subarray(at[number], at[number + 1]) };
    const { found } = readAgain(this.#bytes(number), seen);
    node = new Node({ digest: found.statement.digest });
    node.statement = found.statement;
    node.opened = found.opened;
    node.set(passed(1));
    if (this.#nodes.size >= MOST_KEPT) this.#nodes.clear();
    this.#nodes.set(number, node);
    return node;
  }
}
