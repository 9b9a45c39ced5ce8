/** Check 7, inputs: each disclosed input is the earlier, fitting statement that its line names. */
import { isUnstated, transmissionTwice, whyIncompatible } from '../calc/compatibility.js';
import { Refused } from '../core/errors.js';
import { failed, notApplicable, notChecked, passed } from '../walk/report.js';
import { unitFactor } from '../calc/tables.js';

const NUMBER = 7;
const MOST_IDS = 3; // of a product, in a message
const SHOWN = 3;

/**
 * Judges every line that is open; with some hidden, it is not checked if those pass.
 * @param {import('../walk/walknode.js').Node} node gets notices
 * @param {Map<string, import('../walk/walknode.js').Node>} nodes
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function inputs(node, nodes, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'it composes nothing');
  if (!node.readable) return notChecked(NUMBER, 'the statement could not be read');
  if (!node.hasInventory) return notApplicable(NUMBER, 'a factor without inventory has no inputs');
  const missing = [];
  for (const citation of node.citations) {
    const cited = nodes.get(citation.digest);
    const { fault, unknown } = judge(node, citation, cited, context.tables);
    if (fault) return failed(NUMBER, `line ${citation.line}: ${fault}`, both(citation, cited));
    if (unknown) missing.push(`line ${citation.line}: ${unknown}`);
  }
  const upstream = node.citations
    .map(({ digest }) => nodes.get(digest))
    .filter((other) => other?.isFootprint)
    .map((other) => other.terms);
  if (transmissionTwice(context.tables.rule, upstream)) {
    return failed(NUMBER, 'transmission is added to electricity that already includes it');
  }
  if (upstream.some(isUnstated))
    node.notices.push('rests on inputs that do not state their GWP set');
  return conclude(node, missing, context);
}

/** Whether every input that an open line names is on the walk, and could be read. */
export function allAtHand(node, nodes) {
  return node.citations.every(({ digest }) => (nodes.get(digest)?.statement ?? null) !== null);
}

/** Since when nobody has seen the hidden lines, in words. */
export function hiddenReason(node) {
  const seen = node.concernedBy.filter(
    ({ statement }) => statement?.subject.includesInventory === true,
  );
  if (seen.length === 0) return 'inventory hidden';
  const day = seen[seen.length - 1].statement.validFromText.slice(0, 'YYYY-MM-DD'.length);
  return `inventory hidden; not seen since the assurance of ${day}`;
}

// No open line fails; say what was not open.
function conclude(node, missing, { rules }) {
  if (missing.length > 0) return notChecked(NUMBER, missing.slice(0, SHOWN).join('; '));
  if (!rules.has(node.statement.subject.computedWith.rule.digest)) {
    return notChecked(NUMBER, 'its rule is not one that this verifier holds');
  }
  if (!node.opened.complete) return notChecked(NUMBER, hiddenReason(node));
  const count = node.citations.length;
  return passed(NUMBER, `${count} inputs, earlier and compatible`, [
    `${count} inputs named`,
    `${count} found, earlier and compatible`,
  ]);
}

// What the line names, and what the statement with that digest is.
function both({ digest, product, issuer }, { statement, index }) {
  const products = statement.subject.productIds?.slice(0, MOST_IDS).join(', ') ?? statement.kind;
  const entry = index === null ? 'not logged' : `entry ${index}`;
  return [
    `${digest}, ${product} of ${issuer}`,
    `${entry}, ${products} of ${statement.issuer}`,
  ];
}

function judge(node, citation, cited, tables) {
  const statement = cited?.statement ?? null;
  if (statement === null) return { unknown: `its input ${citation.digest} is not at hand` };
  if (!cited.isFootprint) return { fault: 'what it cites is not a footprint' };
  if (statement.issuer !== citation.issuer) {
    return { fault: `it names ${citation.issuer}, the statement is ${statement.issuer}'s` };
  }
  if (!statement.subject.productIds.includes(citation.product)) {
    return { fault: `it names product ${citation.product}, the statement is of another product` };
  }
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
