/**
 * The report's two coverages, partitions of the gross: how what makes up the subject's was checked,
 * and on what data it rests (accounts.js says where each ends).
 */
import { accountsOf, rising, takesOf } from './accounts.js';
import { level, LEVELS } from '../checks/assurance.js';
import { partition, percent } from '../calc/partition.js';
import { grossOf } from '../calc/columns.js';
import { fromNumber, toNumber } from '../core/float.js';

const CHECKED = Object.freeze(['recomputed', 'assured', 'signed', 'unsigned']);

/**
 * Only for a walk on which nothing failed: what contradicts itself has no shares.
 * @param {import('./walknode.js').Node} subject
 * @param {Map<string, import('./walknode.js').Node>} nodes
 * @param {import('./context.js').Context} context
 * @returns {{shares: object | null, assured: number}} null where the subject can't be read, its
 *   gross is zero or no double holds the amounts; the percentage that assured statements make up
 */
export function coverage(subject, nodes, context) {
  const none = { shares: null, assured: 0 };
  if (!subject.readable || !subject.isFootprint) return none;
  const accounts = accountsOf(subject, nodes, context);
  const [checked, primary] = [byCheck(accounts), primaryOf(accounts)];
  const [total, assured] = [rising(Object.values(checked)), assuredOf(accounts, context)];
  if (total === 0 || ![total, primary, assured].every(Number.isFinite)) return none;
  const takenOff = takenOffOf(accounts);
  if (!Object.values(takenOff).every(Number.isFinite)) return none;
  return {
    shares: {
      checked: partition(checked),
      data: partition({ primary, secondary: total - primary }),
      takenOff: Object.values(takenOff).some((part) => part !== 0) ? partition(takenOff) : null,
    },
    assured: assuredPercent(assured, totalOf(subject)),
  };
}

function byCheck(accounts) {
  const takes = takesOf(accounts, () => true);
  const terms = Object.fromEntries(CHECKED.map((name) => [name, []]));
  for (const { node, ends } of accounts) {
    for (const { checked, share } of ends) terms[checked].push(takes.get(node) * share);
  }
  return Object.fromEntries(CHECKED.map((name) => [name, rising(terms[name])]));
}

// Removals and credits, by how they were checked.
function takenOffOf(accounts) {
  const takes = takesOf(accounts, () => true);
  const terms = Object.fromEntries(CHECKED.map((name) => [name, []]));
  for (const { node, takenOff } of accounts) {
    for (const { checked, share } of takenOff) terms[checked].push(takes.get(node) * share);
  }
  return Object.fromEntries(CHECKED.map((name) => [name, rising(terms[name])]));
}

// What primary activity data leads all the way down to.
function primaryOf(accounts) {
  const takes = takesOf(accounts, (_, { primary }) => primary);
  return rising(
    accounts.flatMap(({ node, ends }) => ends.map(({ primary }) => takes.get(node) * primary)),
  );
}

// What assured statements bring, in kg CO2e. What stands below one is counted with it, once.
function assuredOf(accounts, context) {
  const assured = new Set(
    accounts.map(({ node }) => node).filter((node) => level(node, context) !== LEVELS[0]),
  );
  const takes = takesOf(accounts, ({ node }) => !assured.has(node));
  return rising([...assured].map((node) => takes.get(node) * totalOf(node)));
}

function assuredPercent(assured, total) {
  if (total === 0) return 0;
  const [part, whole] = [assured, total].map((number) => fromNumber(Math.abs(number)));
  return Math.min(100, Number(percent(part, whole).fixed(0)));
}

function totalOf(node) {
  return toNumber(grossOf(node.cited.components));
}
