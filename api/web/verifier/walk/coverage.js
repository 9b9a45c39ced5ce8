/**
 * The report's two coverages: how the contributions to the subject's total were checked, and on
 * what data they rest (accounts.js says where each ends).
 */
import { accountsOf, takesOf } from './accounts.js';
import { level, LEVELS } from '../checks/assurance.js';
import { partition } from '../calc/partition.js';

const CHECKED = Object.freeze(['recomputed', 'assured', 'signed', 'unsigned']);

/**
 * Only for a walk on which nothing failed: what contradicts itself has no shares.
 * @param {import('./walknode.js').Node} subject
 * @param {Map<string, import('./walknode.js').Node>} nodes
 * @param {import('./context.js').Context} context
 * @returns {{shares: object | null, assured: number}} null where the subject can't be read or its
 *   total is zero; the share of the total, 0 to 1, that assured statements make up
 */
export function coverage(subject, nodes, context) {
  const none = { shares: null, assured: 0 };
  if (!subject.readable || !subject.isFootprint) return none;
  const accounts = accountsOf(subject, nodes, context);
  const checked = byCheck(accounts);
  const total = Object.values(checked).reduce((sum, share) => sum + share, 0);
  const primary = byData(accounts);
  if (!Number.isFinite(total) || !Number.isFinite(primary) || total === 0) return none;
  return {
    shares: {
      checked: partition(checked),
      data: partition({ primary, secondary: total - primary }),
    },
    assured: assuredShare(accounts, subject, context),
  };
}

function byCheck(accounts) {
  const sums = Object.fromEntries(CHECKED.map((name) => [name, 0]));
  const takes = takesOf(accounts, () => true);
  for (const { node, ends } of accounts) {
    for (const { checked, share } of ends) sums[checked] += takes.get(node) * share;
  }
  return sums;
}

// Primary is what primary activity data leads all the way down to.
function byData(accounts) {
  const takes = takesOf(accounts, (_, { primary }) => primary);
  let sum = 0;
  for (const { node, ends } of accounts) {
    for (const { primary } of ends) sum += (takes.get(node) ?? 0) * primary;
  }
  return sum;
}

// What stands below an assured statement is counted with it, once.
function assuredShare(accounts, subject, context) {
  const assured = new Set(
    accounts.map(({ node }) => node).filter((node) => level(node, context) !== LEVELS[0]),
  );
  const total = totalOf(subject);
  if (total === 0) return 0;
  const takes = takesOf(accounts, ({ node }) => !assured.has(node));
  const sum = [...assured].reduce((made, node) => made + (takes.get(node) ?? 0) * totalOf(node), 0);
  return Math.min(1, Math.abs(sum / total));
}

function totalOf({ statement }) {
  return Number(statement.subject.pcf.pcfExcludingBiogenicUptake);
}
