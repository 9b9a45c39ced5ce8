/**
 * The library of rule packs: look-up by id and by digest, and what inheritance comes to.
 *
 * A pack names its parents by id and digest, so its own digest fixes everything it inherits. Where
 * several packs of one ancestry have a rule of the same id, the higher status prevails (national
 * over industry over group over draft over base); at the same status a pack overrides what it
 * inherits, and two that do not inherit each other conflict.
 */
import { encode } from '../core/canonical.js';
import { hex } from '../core/bytes.js';
import { Refused } from '../core/errors.js';
import { compilePack, compileRule } from './judging.js';
import { STATUSES } from './packs.js';

/** The id of the packs that are run on every footprint. */
export const BASE = 'rootprint-base-rules';

export class Library {
  #packs;
  #compiled = new Map();
  #rules = new Map();
  #versions = new Map();

  /** @param {Iterable<import('./packs.js').Pack>} packs */
  constructor(packs) {
    this.#packs = new Map([...packs].map((pack) => [pack.digest, pack]));
  }

  /** Every pack, by id and from the oldest. */
  packs() {
    return [...this.#packs.values()].sort(byAge);
  }

  /**
   * A library with these packs too; what each inherits must be in it.
   * @throws {Refused} for a pack that nothing could be judged by
   */
  extended(packs) {
    const found = new Library([...this.#packs.values(), ...packs]);
    for (const { digest } of packs) found.compiled(digest);
    return found;
  }

  /** Whether this verifier holds the pack of that digest. */
  holds(digest) {
    return this.#packs.has(digest);
  }

  /** The pack of a digest. @throws {Refused} if it is not held */
  get(digest) {
    if (!this.#packs.has(digest)) throw new Refused(`there is no rule pack ${digest}`);
    return this.#packs.get(digest);
  }

  /**
   * The pack of a digest (or `id@digest`), or of an id its newest that had begun at that time,
   * else its newest.
   * @param {string} name
   * @param {string} at RFC 3339, UTC
   * @throws {Refused} if none is held
   */
  named(name, at) {
    if (name.includes('@')) return this.#exactly(name);
    if (this.#packs.has(name)) return this.#packs.get(name);
    if (!this.#versions.has(name))
      this.#versions.set(
        name,
        this.packs().filter(({ document }) => document.id === name),
      );
    const versions = this.#versions.get(name);
    const begun = versions.filter(({ document }) => document.validFrom <= at);
    const found = begun.at(-1) ?? versions.at(-1);
    if (found === undefined) throw new Refused(`there is no rule pack ${name} in the library`);
    return found;
  }

  /**
   * A pack with all it inherits, compiled once.
   * @returns {import('./judging.js').CompiledPack}
   * @throws {Refused} what `effective` throws
   */
  compiled(digest) {
    if (!this.#compiled.has(digest))
      this.#compiled.set(
        digest,
        compilePack(this.effective(digest), (rule) => this.#rule(rule)),
      );
    return this.#compiled.get(digest);
  }

  /**
   * A pack with all the rules it inherits and the narrowest validity of its ancestry.
   * @throws {Refused} for a parent that is not held, a circle, two versions of one pack, or a
   *   conflict
   */
  effective(digest) {
    const own = this.get(digest);
    const ancestry = this.#ancestry(own, []);
    const having = new Map();
    for (const one of ancestry) {
      for (const { id } of one.document.rules) having.set(id, [...(having.get(id) ?? []), one]);
    }
    const [begins, ends] = ['validFrom', 'validUntil'].map((name) =>
      ancestry
        .map(({ document }) => document[name])
        .filter(Boolean)
        .sort(),
    );
    return {
      ...own.document,
      validFrom: begins.at(-1),
      ...(ends.length > 0 ? { validUntil: ends[0] } : {}),
      rules: [...having].map(([rule, packs]) => ruleOf(this.#prevailing(rule, packs), rule)),
    };
  }

  // Compiled once, whichever packs inherit it.
  #rule(document) {
    if (!this.#rules.has(document)) this.#rules.set(document, compileRule(document));
    return this.#rules.get(document);
  }

  // The pack after all it inherits, each once.
  #ancestry(pack, below) {
    const { id, inherits = [] } = pack.document;
    if (below.includes(id))
      throw new Refused(`rule packs inherit in a circle: ${[...below, id].join(' → ')}`);
    const found = new Map();
    for (const parent of inherits) {
      for (const one of this.#ancestry(this.#exactly(parent), [...below, id])) {
        if ((found.get(one.document.id) ?? one) !== one)
          throw new Refused(`${id} inherits two versions of ${one.document.id}`);
        found.set(one.document.id, one);
      }
    }
    return [...found.values(), pack];
  }

  #exactly(name) {
    const [wanted, digest] = name.split('@');
    const found = this.get(digest);
    if (found.document.id !== wanted)
      throw new Refused(`${name}: the pack with that digest is ${found.document.id}`);
    return found;
  }

  #prevailing(rule, packs) {
    const rank = Math.max(...packs.map(rankOf));
    const highest = packs.filter((pack) => rankOf(pack) === rank);
    const last = highest.at(-1);
    const above = this.#ancestry(last, []);
    for (const other of highest) {
      if (!above.includes(other) && !isSameRule(ruleOf(other, rule), ruleOf(last, rule))) {
        const names = `${other.document.id} and ${last.document.id}`;
        throw new Refused(`${names} both have a rule ${rule}, with other content`);
      }
    }
    return last;
  }
}

function rankOf({ document }) {
  return STATUSES.indexOf(document.status);
}

function ruleOf({ document }, id) {
  return document.rules.find((rule) => rule.id === id);
}

function isSameRule(one, other) {
  return hex(encode(one)) === hex(encode(other));
}

// From the oldest: by id, then by when it began, then by version (9 before 10), then digest.
function byAge(one, other) {
  const [a, b] = [one, other].map(({ document, digest }) => [
    document.id,
    document.validFrom,
    ...versionKey(document.version),
    digest,
  ]);
  const place = a.findIndex((part, at) => part !== b[at]);
  if (place === -1) return 0;
  return b[place] === undefined || a[place] < b[place] ? -1 : 1;
}

// Parts that compare as they rise: texts before numbers, and numbers by their size.
function versionKey(version) {
  return version
    .match(/[0-9]+|[^0-9]+/g)
    .map((part) =>
      /^[0-9]/.test(part) ? `1${String(part.length).padStart(6, '0')}${part}` : `0${part}`,
    );
}
