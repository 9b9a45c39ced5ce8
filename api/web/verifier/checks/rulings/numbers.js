/**
 * Law 5 in check 5: one live number per question. An issuer states one number for a product, its
 * sites (none named: all), a boundary, a basis, a rule pack, the GWP set that most of it rests
 * on, an outlook, a variant and a role, and one variant pool for a base number. Of two that are
 * valid at the same time the later one fails, unless it names the earlier one. Of two that attest
 * one footprint of a partner's document the later has a notice.
 */
import { TooLarge } from '../../core/errors.js';
import { Rational } from '../../core/rational.js';
import { fold, sameUrn } from '../../core/spelling.js';
import { FOOTPRINT, POOL } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { broken, notCheckable, UNSEEN, withLaws } from '../../walk/laws.js';
import { samePlace } from './places.js';
import { Pools } from './pools.js';
import { question } from './question.js';
import { variants } from './variants.js';

const LAW = 5;
const UNPROVEN = 'it is not proven to be in the log';
const MAX_OF_ONE_NUMBER = 1024;
const PROVEN = [1, 2, 3, 4];
const ATTESTED_TWICE = "it attests a footprint of a partner's document that is attested already";
/** By them one of a partner's footprints in a document is another than the next of one product. */
const OF_A_FOOTPRINT = [
  'referencePeriodStart',
  'referencePeriodEnd',
  'geographyCountry',
  'geographyRegionOrSubregion',
  'geographyCountrySubdivision',
];

/** The live numbers of a walk, compared once. */
export class LiveNumbers {
  #nodes;
  #tables;
  #pools;
  #twins = new Map();
  #successors = new Map();
  #taken = new Map(); // what attests the same of a document, earlier
  #withoutRemainder;

  /**
   * @param {Map<string, import('../../walk/node.js').Node>} nodes whose ends are known
   * @param {import('../../walk/context.js').Context} context
   * @throws {TooLarge} beyond 1,024 statements of one number
   * @throws {import('../../core/errors.js').Unavailable} when the time is up
   */
  constructor(nodes, context) {
    this.#nodes = nodes;
    this.#tables = context.tables;
    this.#pools = new Pools(nodes, context.tables);
    this.#withoutRemainder = new Set([...nodes.values()].filter(leavesNothing).map(partedBy));
    this.#compareAll(questions, this.#twins, context);
    this.#compareAll(received, this.#taken, context);
  }

  // Those that answer one question; in `found` the later has the earliest other.
  #compareAll(asked, found, context) {
    for (const group of groupsOf([...this.#nodes.values()].filter(isProven), asked).values()) {
      context.requireTime();
      if (group.length > MAX_OF_ONE_NUMBER)
        throw new TooLarge(`more than ${MAX_OF_ONE_NUMBER} statements of one number are reachable`);
      group.sort(byIndex);
      group.forEach((earlier, place) => {
        for (const later of group.slice(place + 1)) this.#compare(earlier, later, found);
      });
    }
  }

  /** The nodes in the order of the log, those without a place in it first. */
  oldestFirst() {
    return [...this.#nodes.values()].sort(byIndex);
  }

  // Of a footprint one, of a pool what is broken.
  #rulings(node) {
    if (!isProven(node))
      return node.isFootprint ? [notCheckable(LAW, UNPROVEN, UNSEEN.PENDING)] : [];
    const successor = this.#successors.get(node);
    if (successor !== undefined) {
      const later = 'a later statement of the same number, names it in precedingStatements';
      node.notices.push(`${named(successor)}, ${later}`);
    }
    const isCited = node.isFootprint && [...node.citedBy].some((one) => one.isFootprint);
    if (isCited && this.#withoutRemainder.has(keyOf(node.statement.issuer, node.digest)))
      node.notices.push(`law ${LAW}: it is cited, and its variant pool leaves nothing of it`);
    if (node.statement.subject.pseudonym !== undefined)
      node.notices.push('its pseudonym was not checked');
    const twin = this.#twins.get(node);
    const taken = this.#taken.get(node);
    if (taken !== undefined && twin === undefined)
      node.notices.push(`law ${LAW}: ${ATTESTED_TWICE}: ${named(taken)}`);
    if (twin === undefined)
      return node.isFootprint ? [variants(node, this.#nodes, this.#tables, this.#pools)] : [];
    const same = 'of the same issuer states the same number for the same time';
    const reason = `${named(twin)} ${same}, and it is not named in precedingStatements`;
    return [broken(LAW, reason, ['one live number', `${named(twin)}, ${named(node)}`])];
  }

  /**
   * Check 5 with its rulings. A variant whose pool can't be seen whole was not checked, as what
   * rests on other records.
   * @param {import('../../walk/node.js').Node} node gets notices
   * @param {import('../../walk/report.js').Check} check
   * @returns {import('../../walk/report.js').Check}
   */
  judged(node, check) {
    return withLaws(check, this.#rulings(node), isProven(node) ? [LAW] : []);
  }

  // The earliest twin and the latest successor count.
  #compare(earlier, later, found) {
    const [first, second] = [earlier.statement, later.statement];
    const apart = first.validFrom > second.validUntil || second.validFrom > first.validUntil;
    if (apart || !samePlace(first.subject, second.subject)) return;
    if (earlier.ended || later.ended) return;
    const isNamed = second.subject.precedingStatements?.includes(first.digest);
    if (isNamed) replace(this.#successors, earlier, later, (one, known) => one > known);
    else replace(found, later, earlier, (one, known) => one < known);
  }
}

function replace(found, of, node, goesFirst) {
  const known = found.get(of);
  if (known === undefined || goesFirst(node.index, known.index)) found.set(of, node);
}

// Whether a live pool leaves nothing of its base number.
function leavesNothing(node) {
  if (!isProven(node) || node.statement.kind !== POOL || node.ended) return false;
  const rows = [...node.opened.pool.items.values()];
  return rows.some((row) => row.variant === undefined && Rational.from(row.volume).isZero);
}

const partedBy = ({ statement: { issuer, subject } }) => keyOf(issuer, subject.base);
const keyOf = (issuer, base) => JSON.stringify([issuer, base]);

function isProven(node) {
  return node.readable && PROVEN.every((number) => node.passed(number));
}

function byIndex({ index: one }, { index: other }) {
  const [first, second] = [one ?? -1n, other ?? -1n];
  return first < second ? -1 : first > second ? 1 : 0;
}

function groupsOf(nodes, questionsOf) {
  const groups = new Map();
  for (const node of nodes) {
    for (const asked of questionsOf(node.statement)) {
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
  const own = [issuer, ...Object.values(question(subject))];
  return [...new Set(subject.productIds.map(sameUrn))].map((product) => [kind, ...own, product]);
}

/**
 * What an attested figure takes from a partner's document: one list for each of the partner's
 * product ids. Two that share one are the same footprint, whatever ids their receiver gives them.
 */
export function received({ kind, issuer, subject }) {
  if (kind !== FOOTPRINT || !has(subject, 'partner')) return [];
  const { document, productIds } = subject.partner;
  const which = OF_A_FOOTPRINT.map((name) => subject.pcf[name] ?? '');
  const own = [document, issuer, ...Object.values(question(subject)), ...which];
  return [...new Set(productIds.map(fold))].map((product) => [...own, product]);
}

const named = ({ digest, index }) => `${digest} (entry ${index})`;
