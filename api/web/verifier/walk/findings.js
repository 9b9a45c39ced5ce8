/** From a walk whose checks are all made to what the report says of it. */
import { level, LEVELS, standsIn } from '../checks/assurance.js';
import { allPresent, hidesRecords } from '../checks/inputs.js';
import { coverage } from './coverage.js';
import { placesOf, Rational, ZERO } from '../core/rational.js';
import { CREDITS, GROSS, REMOVALS } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { counted } from './report.js';

const TEST_CHAIN = 20261120;
const MOST_UNMET = 100;
const PCF_SHOWN = [
  'declaredUnitOfMeasurement',
  'declaredUnitAmount',
  'pcfExcludingBiogenicUptake',
  'pcfIncludingBiogenicUptake',
  'referencePeriodStart',
  'referencePeriodEnd',
  'primaryDataShare',
];

/**
 * @param {Map<string, import('./walknode.js').Node>} nodes get their last notices
 * @param {import('./context.js').Context} context
 * @param {{arithmetic: string, assurance: string}} required
 * @returns {Omit<import('./report.js').Findings, 'fileCheck'>}
 */
export function findings(nodes, context, required) {
  const { view, block, asOf } = context;
  const subject = nodes.get(context.bundle.subject);
  const all = [...nodes.values()];
  for (const node of all) {
    if (!node.counts)
      node.notices.push(`${whose(node)} does not count: its own checks did not all pass`);
  }
  const failing = all.some((node) => node.counts && node.failed);
  const { shares, assured } = failing
    ? { shares: null, assured: 0 }
    : coverage(subject, nodes, context);
  return {
    asOf,
    nodes: all,
    subject: subject.digest,
    statusAsOf: block.time,
    chain: {
      id: view.chainId,
      test: view.chainId === TEST_CHAIN,
      block: block.number,
      blockHash: block.hash,
    },
    totals: totalsShown(subject),
    coverage: shares,
    assurance: assuranceShown(all, context, assured),
    required,
    unmet: [...unmet(subject, nodes, context, required), ...stale(context)],
  };
}

/** What is required and was not checked; failures are not listed here. */
function unmet(subject, nodes, context, required) {
  const found = [];
  let count = 0;
  for (const node of nodes.values()) {
    if (!node.counts) continue;
    if (onlyWaits(node)) {
      node.notices.push(`${whose(node)} is not anchored yet: it does not count, for or against`);
      continue;
    }
    const covered = coveredOf(node, nodes, context, required);
    for (const { number, state, reason } of node.checksByNumber) {
      if (state !== 'not_checked' || covered.has(number)) continue;
      count += 1;
      if (count <= MOST_UNMET) found.push(`${node.path.join(' > ')}: check ${number}: ${reason}`);
    }
  }
  if (count > MOST_UNMET) found.push(`and ${count - MOST_UNMET} more`);
  const reached = level(subject, context);
  if (LEVELS.indexOf(reached) < LEVELS.indexOf(required.assurance)) {
    found.push(`assurance ${required.assurance} is required, the subject has ${reached}`);
  }
  return found;
}

// Which of checks 7 and 8 an assurance stands in for: for what is hidden, never for what is open
// and could not be checked (a line by another rule or by other tables, an input left out).
function coveredOf(node, nodes, context, required) {
  const covered = new Set();
  if (!node.readable || !node.isFootprint || !node.hasInventory) return covered;
  if (node.opened.complete && !hidesRecords(node, nodes)) return covered;
  if (required.arithmetic === 'recomputed') return covered;
  const lines = node.opened.lines.size;
  const held = context.rules.has(node.statement.subject.computedWith.rule.digest);
  const judged = {
    7: allPresent(node, nodes) && (held || lines === 0),
    8: node.recomputed.size === lines,
  };
  for (const number of [7, 8]) {
    if (judged[number] && standsIn(node, context, number)) covered.add(number);
  }
  return covered;
}

// A logged statement about another one that the next anchor will first cover must not hold that up.
function onlyWaits(node) {
  return node.about !== null && node.index !== null && node.state(4) === 'not_checked';
}

// A statement about another one: whose it is and of what.
function whose(node) {
  const kind = node.isStatus ? 'status statement' : node.isRecord ? 'claim' : 'assurance';
  const issuer = node.statement === null ? '' : ` by ${node.statement.issuer}`;
  return `the ${kind} of ${node.about.name}${issuer}`;
}

function stale({ trust, asOf, block }) {
  const age = asOf - block.time;
  if (trust.maxStatusAge === null || age <= trust.maxStatusAge) return [];
  const allowed = `the trust file allows ${trust.maxStatusAge} s`;
  return [`the chain was seen ${age} s before the time asked, ${allowed}`];
}

function totalsShown(subject) {
  if (!subject.isFootprint) return null;
  const { issuer, subject: value } = subject.statement;
  return {
    product: value.productNameCompany,
    productIds: value.productIds,
    issuer,
    boundary: value.boundary,
    unit: 'kg CO2e',
    ...Object.fromEntries(PCF_SHOWN.map((name) => [name, value.pcf[name]])),
    ...columnsShown(value.pcf),
  };
}

// The sum of each column, with as many decimal places as the longest of its parts.
function columnsShown(pcf) {
  const columns = { gross: GROSS, removals: REMOVALS, credits: CREDITS };
  return Object.fromEntries(
    Object.entries(columns).map(([column, names]) => {
      const stated = names.filter((name) => has(pcf, name)).map((name) => pcf[name]);
      const sum = stated.reduce((total, text) => total.add(Rational.from(text)), ZERO);
      return [column, sum.fixed(Math.max(0, ...stated.map(placesOf)))];
    }),
  );
}

/** How much of the gross somebody independent has looked at, and at what level at least. */
function assuranceShown(nodes, context, share) {
  const footprints = nodes.filter((node) => node.isFootprint);
  const levels = footprints
    .map((node) => LEVELS.indexOf(level(node, context)))
    .filter((reached) => reached > 0);
  if (levels.length === 0) return LEVELS[0];
  const lowest = levels.reduce((least, reached) => Math.min(least, reached));
  const count = `${levels.length} of ${counted(footprints.length, 'statement')}`;
  return `${LEVELS[lowest]}, ${share} % of the gross emissions (${count})`;
}
