/**
 * Law 5 in check 5: one live number per question. An issuer states one number for a product, its
 * sites, a boundary, a basis, a rule pack, GWP sets, an outlook, a variant and a role. Of two that
 * are valid at the same time the later one fails, unless it names the earlier one.
 */
import { TooLarge } from '../core/errors.js';
import { UNSTATED } from '../schema/words.js';
import { broken, held, notCheckable } from '../walk/laws.js';

const LAW = 5;
const MAX_OF_ONE_NUMBER = 1024;
const PROVEN = [1, 2, 3, 4];

/** The live numbers of a walk, compared once. */
export class LiveNumbers {
  #twins = new Map();
  #successors = new Map();

  /**
   * @param {Iterable<import('../walk/walknode.js').Node>} nodes whose ends are known
   * @throws {TooLarge} beyond 1,024 statements of one number
   */
  constructor(nodes) {
    for (const group of groupsOf([...nodes].filter(isProven)).values()) {
      if (group.length > MAX_OF_ONE_NUMBER)
        throw new TooLarge(`more than ${MAX_OF_ONE_NUMBER} statements of one number are reachable`);
      group.sort((one, other) => (one.index < other.index ? -1 : 1));
      group.forEach((earlier, place) => {
        for (const later of group.slice(place + 1)) this.#compare(earlier, later);
      });
    }
  }

  /**
   * @param {import('../walk/walknode.js').Node} node a footprint; gets notices
   * @returns {import('../walk/laws.js').Ruling}
   */
  rule(node) {
    if (!isProven(node)) return notCheckable(LAW, 'it is not proven to be in the log');
    const successor = this.#successors.get(node);
    if (successor !== undefined) {
      const later = 'a later statement of the same number, names it in precedingStatements';
      node.notices.push(`${named(successor)}, ${later}`);
    }
    if (node.statement.subject.pseudonym !== undefined)
      node.notices.push('its pseudonym was not checked');
    const twin = this.#twins.get(node);
    if (twin === undefined) return held(LAW);
    const same = 'of the same issuer states the same number for the same time';
    const reason = `${named(twin)} ${same}, and it is not named in precedingStatements`;
    return broken(LAW, reason, ['one live number', `${named(twin)}, ${named(node)}`]);
  }

  // The earliest twin and the latest successor count.
  #compare(earlier, later) {
    const [first, second] = [earlier.statement, later.statement];
    const apart = first.validFrom > second.validUntil || second.validFrom > first.validUntil;
    if (apart || earlier.ended || later.ended) return;
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
  return node.isFootprint && node.readable && PROVEN.every((number) => node.passed(number));
}

// By question and product: two that share a product are of one.
function groupsOf(nodes) {
  const groups = new Map();
  for (const node of nodes) {
    const key = question(node.statement);
    for (const product of node.statement.subject.productIds) {
      const name = JSON.stringify([key, product]);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(node);
    }
  }
  return groups;
}

/** What a footprint answers, but for the product: one list for one question. */
export function question({ issuer, subject }) {
  const sets = subject.characterizationSets.map(({ set }) => set).filter((set) => set !== UNSTATED);
  return [
    issuer,
    subject.role,
    subject.boundary,
    subject.basis,
    subject.computedWith?.rule.id ?? '',
    subject.outlook ?? 'retrospective',
    subject.variant?.code ?? '',
    [...sets].sort(),
    [...(subject.sites ?? [])].sort(),
  ];
}

const named = ({ digest, index }) => `${digest} (entry ${index})`;
