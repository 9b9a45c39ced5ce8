/**
 * Law 2, one allocation: of two records in use that allocate one process and time the later is
 * broken, by whoever rests on it. Asked once of all that a walk reaches.
 */
import { fold, sameSite } from '../../core/spelling.js';
import { PROCESS } from '../../schema/kinds.js';
import { isRestedOn } from './records.js';

const PROVEN = [1, 2, 3, 4];

/**
 * Gives each process record the earliest other that allocates the same.
 * @param {Map<string, import('../../walk/node.js').Node>} nodes whose ends are known
 * @param {import('../../walk/context.js').Context} context
 * @throws {import('../../core/errors.js').Unavailable} when the time is up
 */
export function noteAllocated(nodes, context) {
  const groups = new Map();
  for (const node of nodes.values()) {
    if (node.statement?.kind !== PROCESS || node.index === null) continue;
    const { issuer, subject } = node.statement;
    const name = keyOf(issuer, subject);
    const { periodStart: start, periodEnd: end } = subject;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push({ node, start, end, isInUse: isInUse(node) });
  }
  for (const group of groups.values()) {
    group.sort((one, other) => (one.start < other.start ? -1 : one.start > other.start ? 1 : 0));
    group.forEach((one, number) => {
      context.requireTime();
      for (let place = number + 1; place < group.length; place += 1) {
        if (group[place].start > one.end) break;
        if (isAtOneTime(one, group[place])) note(one, group[place]);
      }
    });
  }
}

function note(one, other) {
  const [earlier, later] = one.node.index < other.node.index ? [one, other] : [other, one];
  const known = later.node.allocatedBy;
  if (earlier.isInUse && (known === null || earlier.node.index < known.index))
    later.node.allocatedBy = earlier.node;
}

// An end in common is no time in common, but for one and the same moment.
function isAtOneTime(one, other) {
  if (one.start === other.start && one.end === other.end) return true;
  const start = one.start > other.start ? one.start : other.start;
  return start < one.end && start < other.end;
}

const isInUse = (node) =>
  PROVEN.every((number) => node.passed(number)) && (!node.ended || isRestedOn(node));

// Issuer, site, process and rule pack as they are compared, however each is spelt.
const keyOf = (issuer, { site, process, rule }) =>
  JSON.stringify([issuer, sameSite(site), fold(process), fold(rule.id)]);
