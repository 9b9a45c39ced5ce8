/**
 * Check 7, inputs: each disclosed input is the earlier, fitting statement that its line names.
 * Decides laws 2, 4, 6, 7 and 8.
 */
import { isUnstated, whyIncompatible } from '../calc/compatibility.js';
import { Refused } from '../core/errors.js';
import { UNSEEN, withLaws } from '../walk/laws.js';
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';
import { unitFactor } from '../calc/tables.js';
import { hiddenReason } from './hiding.js';
import { rulingsOf, rulingsWithout } from './rulings/all.js';
import { creditsOf, removalsOf } from '../calc/columns.js';
import { creditsOwn, displacesItself } from './displaced.js';
import { named } from './lines.js';
import { isProspective } from './status.js';

const NUMBER = 7;
const NEED_RECORDS = [2, 4];
const MOST_IDS = 3; // of a product, in a message
const MOST_REASONS = 3;

/**
 * Judges every line that is open; with some hidden, it is not checked if those pass.
 * @param {import('../walk/node.js').Node} node gets notices
 * @param {Map<string, import('../walk/node.js').Node>} nodes
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function inputs(node, nodes, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'it composes nothing');
  if (!node.readable) return notChecked(NUMBER, 'the statement could not be read');
  if (!node.hasInventory) {
    const why = 'a footprint without inventory has no inputs';
    return withLaws(notApplicable(NUMBER, why), rulingsWithout(node, nodes, context));
  }
  const missing = [];
  for (const citation of node.citations) {
    const cited = nodes.get(citation.digest);
    const { fault, unknown } = judge(node, citation, cited, context.tables);
    if (fault) return failed(NUMBER, `line ${citation.line}: ${fault}`, both(citation, cited));
    if (unknown) missing.push({ line: citation.line, reason: unknown });
  }
  const upstream = node.citations
    .map(({ digest }) => nodes.get(digest))
    .filter((other) => other?.isFootprint);
  if (upstream.some(({ terms }) => isUnstated(terms)))
    node.notices.push('rests on inputs that do not state their GWP set');
  if (
    !isProspective(node.statement.subject) &&
    upstream.some(({ statement }) => isProspective(statement.subject))
  )
    node.notices.push('rests on inputs that are prospective, and says that it is not');
  const own = node.citations.filter((citation) =>
    creditsOwn(node, citation, nodes.get(citation.digest)),
  );
  if (own.length > 0) {
    const where = named(own.map(({ line }) => line));
    node.notices.push(`${where}: credits what its own issuer states of another product`);
  }
  const services = node.citations.filter(({ digest }) => isCreditingService(nodes.get(digest)));
  if (services.length > 0) {
    const where = named(services.map(({ line }) => line));
    node.notices.push(`${where}: cites a service that takes removals or credits off`);
  }
  const rulings = rulingsOf(node, nodes, context);
  return withLaws(conclude(node, missing, context), rulings, NEED_RECORDS);
}

/**
 * Whether the records that a footprint rests on are all on the walk, and what they hide is all that
 * check 7 could not see.
 */
export function hidesRecords(node, nodes) {
  const check = node.check(NUMBER);
  const isHere = node.records.every((digest) => (nodes.get(digest)?.statement ?? null) !== null);
  return isHere && check?.state === 'not_checked' && NEED_RECORDS.includes(check.law);
}

/** Whether every input that an open line names is on the walk, and could be read. */
export function allPresent(node, nodes) {
  return node.citations.every(({ digest }) => (nodes.get(digest)?.statement ?? null) !== null);
}

// A service brings its own grave, so nothing bounds what it takes off there.
function isCreditingService(cited) {
  if (!cited?.isFootprint || cited.terms.service === null) return false;
  return [removalsOf, creditsOf].some((sum) => !sum(cited.cited.components).isZero);
}

// What is missing, each reason once with its lines.
function together(missing) {
  const lines = new Map();
  for (const { line, reason } of missing) {
    if (lines.has(reason)) lines.get(reason).push(line);
    else lines.set(reason, [line]);
  }
  return [...lines].map(([reason, numbers]) => `${named(numbers)}: ${reason}`);
}

// No open line fails; say what was not open.
function conclude(node, missing, context) {
  if (missing.length > 0) {
    return notChecked(NUMBER, together(missing).slice(0, MOST_REASONS).join('; '));
  }
  if (!context.holdsRule(node.statement.subject.computedWith.rule.digest)) {
    return notChecked(NUMBER, 'its rule is not one that this verifier holds');
  }
  if (!node.opened.complete) return notChecked(NUMBER, hiddenReason(node), UNSEEN.HIDDEN);
  const count = node.citations.length;
  const all = counted(count, 'input');
  return passed(NUMBER, `${all}, earlier and compatible`, [
    `${all} named`,
    `${count} found, earlier and compatible`,
  ]);
}

// What the line names, and what the statement with that digest is.
function both({ digest, product, issuer }, { statement, index }) {
  const products = statement.subject.productIds?.slice(0, MOST_IDS).join(', ') ?? statement.kind;
  const entry = index === null ? 'not logged' : `entry ${index}`;
  return [`${digest}, ${product} of ${issuer}`, `${entry}, ${products} of ${statement.issuer}`];
}

function judge(node, citation, cited, tables) {
  const statement = cited?.statement ?? null;
  if (statement === null) return { unknown: `its input ${citation.digest} is not in the file` };
  if (!cited.isFootprint) return { fault: 'what it cites is not a footprint' };
  if (statement.issuer !== citation.issuer) {
    return { fault: `it names ${citation.issuer}, the statement is ${statement.issuer}'s` };
  }
  if (!statement.subject.productIds.includes(citation.product)) {
    return { fault: `it names product ${citation.product}, the statement is of another product` };
  }
  if (displacesItself(node, citation, cited))
    return { fault: 'a credit for displacing the product that is credited' };
  const why =
    whyNotConvertible(node, citation, statement, tables) ??
    whyIncompatible(tables.rule, node.terms, cited.terms, citation.emission);
  if (why !== null) return { fault: why };
  if (node.index === null || cited.index === null) {
    return { unknown: 'without both log entries their order is unknown' };
  }
  if (cited.index < node.index) return {};
  return { fault: `it cites entry ${cited.index}, which is not earlier than entry ${node.index}` };
}

function whyNotConvertible(node, { line }, statement, tables) {
  try {
    const { unit } = node.opened.lines.get(line).amount;
    unitFactor(tables, unit, statement.subject.pcf.declaredUnitOfMeasurement);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
