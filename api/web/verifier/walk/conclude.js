/** From a walk whose checks are all made to what the report says of it. */
import { auditorsOf, standsIn } from '../checks/assurance.js';
import { allPresent, hidesRecords } from '../checks/inputs.js';
import { hidesLaw } from '../checks/rulings/variants.js';
import { caveats } from './caveats.js';
import { assured, coverage } from './coverage.js';
import { placesOf, Rational, ZERO } from '../core/rational.js';
import { CAPTURE, CREDITS, GROSS, REMOVALS } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { lapsedJson, noLongerAdmitted } from './lapsed.js';
import { ofShares, ofTotals, ofWalk } from './required.js';

const TEST_CHAIN = 20261120;
const MOST_UNMET = 100;
// ISO 14067:2018 has a removal be from the atmosphere: what is captured where it arises and stored
// stands apart from the rest of its column.
const COLUMNS = {
  gross: GROSS,
  removals: REMOVALS.filter((name) => name !== CAPTURE),
  captured: [CAPTURE],
  credits: CREDITS,
};
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
 * @param {Map<string, import('./node.js').Node>} nodes get their last notices
 * @param {import('./context.js').Context} context
 * @returns {Omit<import('./report.js').Findings, 'fileCheck'>}
 */
export function findings(nodes, context) {
  const { view, block, asOf, policy } = context;
  const subject = nodes.get(context.bundle.subject);
  const all = [...nodes.values()];
  for (const node of all) {
    node.auditors = auditorsOf(node);
    if (!node.counts)
      node.notices.push(`${whose(node)} does not count: its own checks did not all pass`);
  }
  const failing = all.some((node) => node.counts && node.failed);
  const gone = noLongerAdmitted(all);
  const shares = failing ? null : coverage(subject, nodes, context, gone);
  const totals = totalsShown(subject);
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
    witnesses: context.trust.witnessPolicy?.threshold ?? 0,
    totals,
    coverage: shares,
    assurance: assured(subject, all, context),
    noLongerAdmitted: lapsedJson(gone),
    caveats: caveats(subject, all),
    required: policy,
    unmet: [
      ...unchecked(nodes, context),
      ...(failing ? [] : ofShares(policy, shares)),
      ...ofWalk(subject, nodes, context),
      ...ofTotals(policy, totals),
    ],
  };
}

/** The checks that are required and were not made; failures are not listed here. */
function unchecked(nodes, context) {
  const found = [];
  let count = 0;
  for (const node of nodes.values()) {
    if (!node.counts) continue;
    if (onlyWaits(node)) {
      node.notices.push(`${whose(node)} is not anchored yet: it does not count, for or against`);
      continue;
    }
    const covered = coveredOf(node, nodes, context);
    for (const { number, state, reason } of node.checksByNumber) {
      if (state !== 'not_checked' || covered.has(number)) continue;
      count += 1;
      if (count <= MOST_UNMET) found.push(`${node.path.join(' > ')}: check ${number}: ${reason}`);
    }
  }
  if (count > MOST_UNMET) found.push(`and ${count - MOST_UNMET} more`);
  return found;
}

// Which of checks 5, 7, 8 and 10 an assurance stands in for: for what is hidden, never for what is
// open and could not be checked (a line by another rule or by other tables, an input left out).
function coveredOf(node, nodes, context) {
  const covered = new Set();
  if (!node.readable || !node.isFootprint || !node.hasInventory) return covered;
  if (context.policy.arithmetic === 'recomputed') return covered;
  if (hidesLaw(node) && standsIn(node, 5)) covered.add(5);
  if (node.opened.complete && !hidesRecords(node, nodes)) return covered;
  const lines = node.opened.lines.size;
  const held = context.holdsRule(node.statement.subject.computedWith.rule.digest);
  const present = allPresent(node, nodes) && (held || lines === 0);
  const judged = {
    7: present,
    8: node.recomputed.size === lines,
    10: present && !node.opened.complete,
  };
  for (const number of [7, 8, 10]) {
    if (judged[number] && standsIn(node, number)) covered.add(number);
  }
  return covered;
}

// A logged statement about another one that the next anchor will first cover must not hold that up.
function onlyWaits(node) {
  return node.about !== null && node.index !== null && node.state(4) === 'not_checked';
}

// A statement about another one: whose it is and of what.
function whose(node) {
  const said = node.isStatus ? 'status statement' : node.isRecord ? 'claim' : 'assurance';
  const kind = node.isAccreditation ? 'accreditation' : said;
  const issuer = node.statement === null ? '' : ` by ${node.statement.issuer}`;
  return `the ${kind} of ${node.about.name}${issuer}`;
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
    qualifiers: qualifiersOf(value),
    ...Object.fromEntries(PCF_SHOWN.map((name) => [name, value.pcf[name]])),
    ...columnsShown(value.pcf),
  };
}

// What a number may not be read without: basis, outlook, variant, kind of quantity, custody.
function qualifiersOf({ basis, outlook, variant, quantity = {}, chainOfCustody }) {
  const { calorificValue, state, moisture } = quantity;
  return [
    ...(basis === 'direct-only' ? ['direct emissions only'] : []),
    ...(outlook === 'prospective' ? [outlook] : []),
    ...(variant === undefined ? [] : [`variant ${variant.code} (${variant.reason})`]),
    ...(calorificValue === undefined ? [] : [`${calorificValue} calorific value`]),
    ...[state, moisture].filter((word) => word !== undefined),
    ...(chainOfCustody === undefined ? [] : [`custody ${chainOfCustody.model}`]),
  ];
}

// The sum of each column, with as many decimal places as the longest of its parts.
function columnsShown(pcf) {
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([column, names]) => {
      const stated = names.filter((name) => has(pcf, name)).map((name) => pcf[name]);
      const sum = stated.reduce((total, text) => total.add(Rational.from(text)), ZERO);
      return [column, sum.fixed(Math.max(0, ...stated.map(placesOf)))];
    }),
  );
}
