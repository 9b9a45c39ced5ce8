/**
 * Where a test looks: dotted paths into the draft, a line of it, or what that line cites.
 *
 * `draft.validUntil` is a member of the envelope, `subject.pcf.exemptedEmissionsPercent` of the
 * statement's subject, `line.stage` of the line under judgement, `cited.basis` of the subject that
 * this line cites. A step on a list goes to each of its items.
 */
import { has, isObject } from '../schema/rules.js';
import { citedBy } from '../schema/sources.js';

export const ROOTS = Object.freeze(['draft', 'subject', 'line', 'cited']);
const SLOT = '...';
const NONE = Object.freeze([]);
const NOTHING = Object.freeze(Object.create(null));

/** What a path leads to is hidden, or is in a statement that is not available. */
export class Unseen extends Error {
  name = 'Unseen';
}

/** What paths are read from: a draft, its subject, and where it is one, a line of it. */
export class Scope {
  #lines = null;
  /** What was read, as several tests read the same. @type {Map<Path, unknown[]>} */
  seen = new Map();
  /** What rules came to, as several packs have the same. */
  outcomes = new Map();
  cited = null;
  /** Whether the line cites something that is not available. */
  uncited = false;

  /**
   * @param {object} draft
   * @param {Map<string, object>} known subjects of cited statements by digest
   * @param {object | null} [line]
   */
  constructor(draft, known, line = null) {
    this.draft = draft;
    this.known = known;
    this.line = line;
    const subject = memberOf(draft, 'credentialSubject');
    this.subject = isObject(subject) ? subject : NOTHING;
    const digest = line === null ? null : citedDigest(line);
    if (digest === null) return;
    this.cited = known.get(digest) ?? null;
    this.uncited = this.cited === null;
  }

  /** The lines of the inventory, each in its scope. @throws {Unseen} if any is hidden */
  get lines() {
    if (this.#lines !== null) return this.#lines;
    const found = memberOf(this.subject, 'inventory');
    const lines = Array.isArray(found) ? found : [];
    if (lines.some((line) => !isObject(line) || has(line, SLOT)))
      throw new Unseen('its inventory is hidden');
    this.#lines = lines.map((line) => new Scope(this.draft, this.known, line));
    return this.#lines;
  }
}

function citedDigest(line) {
  const source = memberOf(line, 'source');
  const digest = isObject(source) ? citedBy(source) : null;
  return typeof digest === 'string' ? digest : null;
}

function memberOf(value, name) {
  return has(value, name) ? value[name] : null;
}

/** A dotted path, split once. */
class Path {
  constructor(text) {
    this.text = text;
    [this.root, ...this.steps] = text.split('.');
    this.asksCited = this.root === 'cited';
  }

  /**
   * Every value there is: empty texts, lists, objects and null are none. Asking for `cited` of a
   * line that cites nothing is asking for what is not there.
   * @param {Scope} scope
   * @throws {Unseen} where it meets a hidden slot, or the citation is not available
   */
  values(scope) {
    let found = scope.seen.get(this);
    if (found === undefined) {
      found = this.#read(scope);
      scope.seen.set(this, found);
    }
    return found;
  }

  #read(scope) {
    const root = scope[this.root];
    if (root === null && this.asksCited && scope.uncited)
      throw new Unseen('what the line cites is not available');
    // Most paths meet no list, so each step has one value.
    let value = root;
    for (let at = 0; !Array.isArray(value); at += 1) {
      if (at === this.steps.length) return isEmpty(value) ? NONE : [value];
      const step = this.steps[at];
      if (!isObject(value)) return NONE;
      const next = value[step];
      if (next === undefined || next === null || !has(value, step)) return NONE;
      if (Array.isArray(next)) return this.#ofList(next, at + 1);
      value = next;
    }
    return this.#ofList(value, 0);
  }

  #ofList(list, from) {
    let values = items(list);
    for (const step of this.steps.slice(from)) {
      values = values
        .filter((one) => isObject(one) && has(one, step) && one[step] !== null)
        .flatMap((one) => items(one[step]));
    }
    return values.filter((value) => !isEmpty(value));
  }
}

const PATHS = new Map();

/** The one path of this text, so that a scope reads it once. @returns {Path} */
export function pathOf(text) {
  if (!PATHS.has(text)) PATHS.set(text, new Path(text));
  return PATHS.get(text);
}

function items(value) {
  if (!Array.isArray(value)) return [value];
  if (value.some((item) => isObject(item) && has(item, SLOT)))
    throw new Unseen('a member that it looks at is hidden');
  return value.filter((item) => item !== null);
}

function isEmpty(value) {
  if (value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}
