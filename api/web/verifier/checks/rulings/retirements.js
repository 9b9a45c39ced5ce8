/**
 * Law 4, retirements: a certificate that two registries' words retire is contested. Asked once of
 * all that a walk reaches, of those retirement records that are in force and proven.
 */
import { fold, spansOf } from '../../core/spelling.js';
import { RETIREMENT } from '../../schema/kinds.js';

const PROVEN = [1, 2, 3, 4];

/**
 * Gives each retirement record the digests of those by others that retire what it retires.
 * @param {Map<string, import('../../walk/node.js').Node>} nodes whose ends are known
 * @param {import('../../walk/context.js').Context} context
 * @throws {import('../../core/errors.js').Unavailable} when the time is up
 */
export function noteRetired(nodes, context) {
  const others = new Map();
  const note = (node, other) => {
    if (other.ended || !PROVEN.every((number) => other.passed(number))) return;
    if (!others.has(node)) others.set(node, new Set());
    others.get(node).add(other.digest);
  };
  for (const ranges of grouped(nodes).values()) {
    ranges.sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
    const reaching = new Map();
    for (const range of ranges) {
      context.requireTime();
      const { issuer } = range.node.statement;
      for (const [other, known] of reaching) {
        if (other === issuer) continue;
        const still = known.filter(({ last }) => last >= range.first);
        reaching.set(other, still);
        for (const { node } of still) {
          note(node, range.node);
          note(range.node, node);
        }
      }
      if (!reaching.has(issuer)) reaching.set(issuer, []);
      reaching.get(issuer).push(range);
    }
  }
  for (const [node, digests] of others) node.retiredToo = [...digests].sort();
}

const known = new WeakMap();

/** The spans of certificates that a retirement record's subject retires, found once. */
export function retiredBy(subject) {
  if (!known.has(subject)) known.set(subject, subject.certificates.flatMap(spansOf));
  return known.get(subject);
}

// The ranges of one registry with one stem and as many digits.
function grouped(nodes) {
  const groups = new Map();
  for (const node of nodes.values()) {
    if (node.statement?.kind !== RETIREMENT) continue;
    const { subject } = node.statement;
    const registry = fold(subject.registry);
    for (const [stem, first, last] of retiredBy(subject)) {
      const name = JSON.stringify([registry, stem, first.length]);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push({ first, last, node });
    }
  }
  return groups;
}
