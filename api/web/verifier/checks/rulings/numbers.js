/**
 * Law 5 in check 5: one live number per question. An issuer states one number for a product, its
 * sites (none named: all), a boundary, a basis, a rule pack, the GWP set that most of it rests
 * on, an outlook, a variant and a role, and one variant pool for a base number. Of two that are
 * valid at the same time the later one fails, unless it names the earlier one.
 */
import { TooLarge } from '../../core/errors.js';
import { Rational } from '../../core/rational.js';
import { sameUrn } from '../../core/spelling.js';
import { FOOTPRINT, POOL } from '../../schema/kinds.js';
import { UNSTATED } from '../../schema/words.js';
import { broken, notCheckable } from '../../walk/laws.js';
import { variants } from './variants.js';

const LAW = 5;
const MAX_OF_ONE_NUMBER = 1024;
const PROVEN = [1, 2, 3, 4];

/** The live numbers of a walk, compared once. */
export class LiveNumbers {
  #nodes;
  #tables;
  #twins = new Map();
  #successors = new Map();

  /**
   * @param {Map<string, import('../../walk/walknode.js').Node>} nodes whose ends are known
   * @param {import('../../calc/tables.js').Tables} tables
   * @throws {TooLarge} beyond 1,024 statements of one number
   */
  constructor(nodes, tables) {
    this.#nodes = nodes;
    this.#tables = tables;
    for (const group of groupsOf([...nodes.values()].filter(isProven)).values()) {
      if (group.length > MAX_OF_ONE_NUMBER)
        throw new TooLarge(`more than ${MAX_OF_ONE_NUMBER} statements of one number are reachable`);
      group.sort(byIndex);
      group.forEach((earlier, place) => {
        for (const later of group.slice(place + 1)) this.#compare(earlier, later);
      });
    }
  }

  /** The nodes in the order of the log, those without a place in it first. */
  oldestFirst() {
    return [...this.#nodes.values()].sort(byIndex);
  }

  /**
   * @param {import('../../walk/walknode.js').Node} node gets notices
   * @returns {import('../../walk/laws.js').Ruling[]} of a footprint one, of a pool what is broken
   */
  rulings(node) {
    if (!isProven(node))
      return node.isFootprint ? [notCheckable(LAW, 'it is not proven to be in the log')] : [];
    const successor = this.#successors.get(node);
    if (successor !== undefined) {
      const later = 'a later statement of the same number, names it in precedingStatements';
      node.notices.push(`${named(successor)}, ${later}`);
    }
    if (node.statement.subject.pseudonym !== undefined)
      node.notices.push('its pseudonym was not checked');
    const twin = this.#twins.get(node);
    if (twin === undefined)
      return node.isFootprint ? [variants(node, this.#nodes, this.#tables)] : [];
    const same = 'of the same issuer states the same number for the same time';
    const reason = `${named(twin)} ${same}, and it is not named in precedingStatements`;
    return [broken(LAW, reason, ['one live number', `${named(twin)}, ${named(node)}`])];
  }

  // The earliest twin and the latest successor count.
  #compare(earlier, later) {
    const [first, second] = [earlier.statement, later.statement];
    const apart = first.validFrom > second.validUntil || second.validFrom > first.validUntil;
    if (apart || !samePlace(first.subject, second.subject)) return;
    if (earlier.ended || later.ended) return;
    const isNamed = second.subject.precedingStatements?.includes(first.digest);
    if (isNamed) replace(this.#successors, earlier, later, (one, known) => one > known);
    else replace(this.#twins, later, earlier, (one, known) => one < known);
  }
}

function replace(found, of, node, goesFirst) {
  const known = found.get(of);
  if (known === undefined || goesFirst(node.index, known.index)) found.set(of, node);
}

function isProven(node) {
  return node.readable && PROVEN.every((number) => node.passed(number));
}

function byIndex({ index: one }, { index: other }) {
  const [first, second] = [one ?? -1n, other ?? -1n];
  return first < second ? -1 : first > second ? 1 : 0;
}

function groupsOf(nodes) {
  const groups = new Map();
  for (const node of nodes) {
    for (const asked of questions(node.statement)) {
      const name = JSON.stringify(asked);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(node);
    }
  }
  return groups;
}

/**
 * What a statement answers: a footprint one question for each of its products, a pool how one base
 * number is parted.
 * @returns {unknown[][]} one list for one question
 */
export function questions({ kind, issuer, subject }) {
  if (kind === POOL) return [[kind, issuer, subject.base, sameUrn(subject.product)]];
  if (kind !== FOOTPRINT) return [];
  const own = question({ issuer, subject });
  return [...new Set(subject.productIds.map(sameUrn))].map((product) => [kind, ...own, product]);
}

function question({ issuer, subject }) {
  return [
    issuer,
    subject.role,
    subject.boundary,
    subject.basis,
    subject.computedWith?.rule.id ?? '',
    subject.outlook ?? 'retrospective',
    subject.variant?.code ?? '',
    greatestSet(subject.characterizationSets),
  ];
}

/**
 * The set of the greatest share, of equal ones the first by code points; `unstated` if alone.
 * @param {{set: string, share: string}[]} items
 */
export function greatestSet(items) {
  const named = items.filter(({ set }) => set !== UNSTATED);
  const shares = (named.length > 0 ? named : items).map(({ set, share }) => ({
    set,
    share: Rational.from(share),
  }));
  const [first] = shares.sort(
    (one, other) => other.share.compare(one.share) || (one.set < other.set ? -1 : 1),
  );
  return first.set;
}

/** Whether two statements speak of a site in common: who names none speaks of all. */
export function samePlace({ sites: some }, { sites: others }) {
  if (some === undefined || others === undefined) return true;
  const known = new Set(some.map(sameUrn));
  return others.some((site) => known.has(sameUrn(site)));
}

/** Whether two statements name the same sites, or none. */
export function sameSites({ sites: some }, { sites: others }) {
  const text = (sites = []) => [...new Set(sites.map(sameUrn))].sort().join(' ');
  return text(some) === text(others);
}

const named = ({ digest, index }) => `${digest} (entry ${index})`;
