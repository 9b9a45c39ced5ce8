/**
 * A large file in slices: other threads read lines from its end while this one reads from its
 * beginning, and make checks 8 and 10 of what was read while this one walks.
 *
 * A thread only ever says of a line that it holds, and what it came to. Of any other, and of one
 * that no thread came to, this thread finds out for itself, by the same functions: so a verdict,
 * and its reason, never depends on how many threads there are or which of them end early.
 */
import { MAX_LINE, joined } from '../evidence/container.js';
import { KINDS } from '../schema/kinds.js';
import { fromJudged } from './judged.js';
import { spare, started, turn } from './threads.js';
import { ALONE } from './alone.js';

// Starting a thread and compiling in it takes what some hundred statements take.
const WORTH_A_THREAD = 400;
const BATCH = 16;
// Batches that a thread has before it is asked for more: to read, whose last this thread waits for,
// and to judge, while this one seldom lets answers in.
const [READS_AT_ONCE, JUDGES_AT_ONCE] = [4, 16];
const SILENCE = 30_000; // milliseconds without a word, after which a thread is not waited for
const END = 0x0a;
const HASH_BYTES = 32;

let named = 0; // how many files had helpers so far

/** The threads of one verification. */
export class Slices {
  #data;
  #wanted;
  #ahead = ALONE;

  /**
   * @param {{tables: import('../calc/tables.js').Tables,
   *   packs: import('../rules/resolving.js').Library}} data
   * @param {number} [wanted] how many helpers read and judge all that they can, of any file; unless
   *   said, one for each processor more, of files with many statements
   */
  constructor({ tables, packs }, wanted) {
    this.#data = { tables, packs };
    this.#wanted = wanted;
  }

  /** Who reads a file's lines. @param {Uint8Array[]} pieces of what it holds @returns {Ahead} */
  of(pieces) {
    const most = this.#wanted ?? spare();
    if (most < 1) return ALONE;
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const starts = startsIn(pieces, size);
    if (starts === null || (this.#wanted === undefined && starts.length <= WORTH_A_THREAD))
      return ALONE;
    const threads = Array.from({ length: most }, started).filter((one) => one !== null);
    if (threads.length === 0) return ALONE;
    const text = shared(pieces, size);
    this.#ahead = new Ahead(text, starts, threads, this.#data, this.#wanted !== undefined);
    return this.#ahead;
  }

  /** Lets checks 8 and 10 be made of what was read. */
  judge() {
    this.#ahead.judge();
  }

  /** What checks 8 and 10 come to, as a thread that saw the same found it; else null. */
  async judged(node, nodes) {
    return this.#ahead.judged(node, nodes);
  }

  /** Lets in what the threads say; called now and then by who works for long. */
  turn(count) {
    return this.#ahead === ALONE || count % (2 * BATCH) !== 0 ? null : turn();
  }

  end() {
    this.#ahead.end();
    this.#ahead = ALONE;
  }
}

/** One file's lines, and what is known of each. */
class Ahead {
  #text;
  #starts;
  #threads;
  #name = (named += 1);
  #data;
  #always;
  #reading;
  #judging = null;
  #lines = new Map(); // by the statement's digest
  #digests;
  #places = [];

  constructor(text, starts, threads, data, always) {
    this.#text = text;
    this.#starts = starts;
    this.#threads = threads.map((thread) => ({ thread, has: new Set(), ended: false }));
    this.#data = data;
    this.#always = always;
    this.#digests = new Uint8Array(HASH_BYTES * (starts.length - 2));
  }

  get #count() {
    return this.#starts.length - 2; // the head is the first line, the last start is the end
  }

  /** Lets the threads begin. @param {import('../core/keys.js').PublicKey[]} keys */
  begin(keys) {
    const { tables, packs } = this.#data;
    const begin = {
      name: this.#name,
      text: this.#text,
      starts: this.#starts,
      keys: keys.map(({ kid, jwk }) => [kid, jwk]),
      tables: tables.documents,
      packs: packs.packs().map((pack) => ({ ...pack })),
    };
    this.#reading = new Batches(this.#count);
    for (const one of this.#threads) {
      one.thread.take(
        (data) => this.#took(one, data),
        () => this.#lost(one),
      );
      if (!one.ended) one.thread.post({ begin });
    }
    this.#grantAll();
  }

  /** What a thread has seen of a line; null where this one reads it. */
  async seen(number) {
    if (number >= this.#count) return null;
    const batch = Math.floor(number / BATCH);
    if (number % BATCH === 0) {
      await turn();
      if (!this.#always) this.#reading.own(batch);
      await this.#settled(this.#reading, batch);
    }
    return this.#reading.found(batch)?.[number % BATCH] ?? null;
  }

  /** Takes note of a line that was read. @param {import('../evidence/lines.js').Entry} entry */
  note(number, { found, at, digest }) {
    if (!found.statement || !found.opened) return;
    this.#lines.set(digest, number);
    this.#digests.set(found.statement.digestBytes, HASH_BYTES * number);
    const known = this.#reading.found(Math.floor(number / BATCH))?.[number % BATCH]?.places;
    this.#places[number] = known ?? placesOf(at, found.statement.kind);
  }

  judge() {
    const at = new Uint32Array(this.#count + 1);
    for (let number = 0; number < this.#count; number += 1)
      at[number + 1] = at[number] + (this.#places[number]?.length ?? 0);
    const places = new Uint16Array(at[this.#count]);
    this.#places.forEach((one, number) => places.set(one, at[number]));
    this.#places = [];
    this.#judging = new Batches(this.#count);
    for (const { thread, ended } of this.#threads)
      if (!ended) thread.post({ read: { digests: this.#digests, places, at } });
    this.#grantAll();
  }

  async judged(node, nodes) {
    const number = this.#lines.get(node.digest);
    if (number === undefined || !sawTheSame(node, nodes)) return null;
    const batch = Math.floor(number / BATCH);
    if (!this.#always) this.#judging.own(batch);
    await this.#settled(this.#judging, batch);
    const found = this.#judging.found(batch)?.[number % BATCH] ?? null;
    return found === null ? null : fromJudged(found, this.#data.packs);
  }

  end() {
    for (const { thread, ended } of this.#threads) {
      if (ended) continue;
      thread.take(
        () => {},
        () => {},
      );
      thread.post({ end: true });
      thread.let();
    }
    this.#threads = [];
  }

  // Waits while a thread has a batch; not for one that says nothing any more.
  async #settled(batches, batch) {
    while (batches.isAwaited(batch) && this.#threads.some(({ ended }) => !ended))
      if (!(await batches.change(SILENCE))) for (const one of this.#threads) this.#lost(one);
  }

  #grantAll() {
    for (const one of this.#threads) this.#grant(one);
  }

  #grant(one) {
    const [name, batches, most] =
      this.#judging === null
        ? ['reads', this.#reading, READS_AT_ONCE]
        : ['judges', this.#judging, JUDGES_AT_ONCE];
    while (!one.ended && one.has.size < most) {
      const batch = batches.last();
      if (batch === null) return;
      one.has.add(batch);
      const from = batch * BATCH;
      one.thread.post({ [name]: [batch, from, Math.min(from + BATCH, this.#count)] });
    }
  }

  #took(one, { file, reads, judges, batch, found }) {
    if (file !== this.#name) return; // an answer about the file before, which came late
    one.has.delete(batch);
    if (reads) this.#reading.put(batch, linesOf(found));
    if (judges) this.#judging.put(batch, found === null ? null : JSON.parse(found));
    this.#grant(one);
  }

  // What it had, this thread does.
  #lost(one) {
    if (one.ended) return;
    one.ended = true;
    one.thread.stop();
    for (const batch of one.has) (this.#judging ?? this.#reading).put(batch, null);
    this.#reading.wake();
    this.#judging?.wake();
  }
}

/** Batches of lines: each is free, a thread's, or done. */
class Batches {
  #free;
  #found = new Map();
  #given = new Set();
  #own = new Set();
  #waiting = [];

  constructor(count) {
    this.#free = Math.ceil(count / BATCH);
  }

  /** The last free one, which is a thread's now; null without. */
  last() {
    while (this.#free > 0) {
      this.#free -= 1;
      if (this.#own.has(this.#free)) continue;
      this.#given.add(this.#free);
      return this.#free;
    }
    return null;
  }

  /** Keeps one for this thread, if it is free. */
  own(batch) {
    if (!this.#given.has(batch)) this.#own.add(batch);
  }

  put(batch, found) {
    this.#found.set(batch, found);
    this.wake();
  }

  wake() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  found(batch) {
    return this.#found.get(batch) ?? null;
  }

  isAwaited(batch) {
    return !this.#own.has(batch) && !this.#found.has(batch);
  }

  /** Whether any was put, or a thread ended, within so many milliseconds. */
  change(most) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), most);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}

// A thread made its checks as if all that a footprint cites were here, and read, and as if nothing
// were said of it: who saw what is hidden stands in the reason.
function sawTheSame(node, nodes) {
  return (
    node.readable &&
    node.isFootprint &&
    node.concernedBy.length === 0 &&
    node.citations.every(({ digest }) => {
      const other = nodes.get(digest);
      return other !== undefined && other.isFootprint && other.readable;
    })
  );
}

function placesOf(at, kind) {
  const { hidden } = KINDS.get(kind);
  return Uint16Array.from(at.flatMap(({ name, index }) => [hidden.indexOf(name), index]));
}

// What a thread found of a batch, line by line; null of one that this thread reads.
function linesOf(found) {
  if (found === null) return null;
  const { holds, digests, places, counts } = found;
  let at = 0;
  return Array.from(holds, (one, number) => {
    const begin = at;
    at += counts[number];
    if (one === 0) return null;
    const digest = digests.slice(HASH_BYTES * number, HASH_BYTES * (number + 1));
    return { digest, places: places.subarray(begin, at) };
  });
}

// Where the lines begin, and where the last one ends; null for what is refused for its form, which
// the one thread says at its place.
function startsIn(pieces, size) {
  const starts = [0];
  let before = 0;
  for (const piece of pieces) {
    for (let end = piece.indexOf(END); end >= 0; end = piece.indexOf(END, end + 1))
      starts.push(before + end + 1);
    before += piece.length;
  }
  if (starts.at(-1) !== size || starts.length < 3) return null;
  for (let line = 2; line < starts.length; line += 1)
    if (starts[line] - starts[line - 1] > MAX_LINE) return null;
  return Uint32Array.from(starts);
}

// Node's threads see the same bytes; browsers give that to few pages, and copy.
function shared(pieces, size) {
  if (globalThis.process?.getBuiltinModule === undefined) return joined(pieces, size);
  const whole = new Uint8Array(new SharedArrayBuffer(size));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
