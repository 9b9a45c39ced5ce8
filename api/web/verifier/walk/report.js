/**
 * What a verifier says: states, checks, and the report as JSON (docs/report.schema.json). There is
 * no boolean and no default: a verdict is computed from the list of checks.
 *
 * @typedef {object} Check
 * @property {number} number
 * @property {'passed' | 'failed' | 'not_checked' | 'not_applicable'} state
 * @property {string} [reason] always there unless it passed plainly
 * @property {[string, string]} [compared] what was claimed, and what was found (explain.js)
 * @property {Map<number, import('./laws.js').LawState>} [laws] what it found of those it decides
 * @property {number} [law] the one that made it fail or not checked
 * @property {import('./laws.js').Unseen} [unseen] why that one could not be checked
 */
import { explained } from './explain.js';
import { lawsOf } from './laws.js';
import { written } from '../core/time.js';

const NAMES = [
  'readable',
  'envelope',
  'issuer',
  'inclusion',
  'anchor',
  'status',
  'disclosure',
  'inputs',
  'arithmetic',
  'assurance',
  'conformity',
];
const NO_ASSURANCE = Object.freeze({ level: 'none', assured: 0, footprints: 0, bodies: [] });
const NOBODY = Object.freeze({ issuers: [], bodies: [] });
const NO_CAVEATS = Object.freeze({ exempted: null, materiality: null, superseded: 0 });
const EXIT_CODES = { verified: 0, failed: 1, incomplete: 3, not_readable: 5 };

/** A number with its noun: 1 tier, 2 tiers. */
export const counted = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** @returns {Check} */
export const passed = (number, reason, compared) => ({ number, state: 'passed', reason, compared });
/** @returns {Check} */
export const failed = (number, reason, compared) => ({ number, state: 'failed', reason, compared });
/** @returns {Check} */
export const notChecked = (number, reason, unseen) => ({
  number,
  state: 'not_checked',
  reason,
  unseen,
});
/** @returns {Check} */
export const notApplicable = (number, reason) => ({ number, state: 'not_applicable', reason });

/**
 * What was found, before it is judged.
 * @typedef {object} Findings
 * @property {number} asOf Unix seconds
 * @property {Check} fileCheck check 0
 * @property {import('./node.js').Node[]} [nodes] in the order of the walk, the subject first
 * @property {string | null} [subject]
 * @property {number | null} [statusAsOf]
 * @property {object | null} [chain]
 * @property {number | null} [witnesses] how many must have signed each checkpoint
 * @property {object | null} [totals]
 * @property {object | null} [coverage]
 * @property {object} [assurance]
 * @property {object} [noLongerAdmitted] issuers and bodies (lapsed.js)
 * @property {object} [caveats] what shares leave unsaid (caveats.js)
 * @property {object} [required]
 * @property {string[]} [unmet] what is required and could not be checked
 */

/**
 * @param {Findings} findings
 * @returns {{exitCode: number, report: object}}
 */
export function conclude(findings) {
  const { nodes = [], unmet = [] } = findings;
  const deciding = decide(findings.fileCheck, nodes);
  const verdict = verdictOf(findings.fileCheck, deciding, unmet, nodes);
  const report = {
    version: 2,
    verdict,
    asOf: written(findings.asOf),
    statusAsOf: timeOrNull(findings.statusAsOf),
    chain: findings.chain ?? null,
    witnesses: findings.witnesses ?? null,
    required: findings.required ?? {},
    subject: findings.subject ?? null,
    totals: findings.totals ?? null,
    coverage: deciding === null ? (findings.coverage ?? null) : null,
    assurance: deciding === null ? (findings.assurance ?? NO_ASSURANCE) : null,
    noLongerAdmitted: deciding === null ? (findings.noLongerAdmitted ?? NOBODY) : null,
    caveats: deciding === null ? (findings.caveats ?? NO_CAVEATS) : null,
    decidedBy: deciding,
    checks: [checkJson(findings.fileCheck)],
    statements: nodes.map(statementJson),
    notChecked: unmet,
  };
  return { exitCode: EXIT_CODES[verdict], report };
}

// The first failed check: of the file, then walking from the subject, the lowest number first.
function decide(fileCheck, nodes) {
  if (fileCheck.state === 'failed') return { ...checkJson(fileCheck), statement: null, path: [] };
  for (const node of nodes) {
    if (!node.counts) continue;
    const check = node.checksByNumber.find(({ state }) => state === 'failed');
    if (check !== undefined)
      return { ...checkJson(check), statement: node.digest, path: node.path };
  }
  return null;
}

function verdictOf(fileCheck, deciding, unmet, nodes) {
  if (fileCheck.state === 'not_checked') return 'not_readable';
  if (deciding !== null) return 'failed';
  if (unmet.length > 0) return 'incomplete';
  if (nodes.length === 0) throw new Error('a report in which nothing was checked has no verdict');
  return 'verified';
}

function statementJson(node) {
  const { statement } = node;
  return {
    digest: node.digest,
    kind: statement?.kind ?? null,
    issuer: statement?.issuer ?? null,
    legalName: node.legalName,
    product: node.isFootprint ? node.name : null,
    depth: node.depth,
    path: node.path,
    entry: node.index === null ? null : Number(node.index),
    signedBefore: timeOrNull(node.t),
    checks: node.checksByNumber.map(checkJson),
    auditors: node.auditors,
    laws: lawsOf(node),
    conformity: node.conformity.map((one) => one.json()),
    notices: node.notices,
  };
}

function checkJson({ number, state, reason, law, unseen, compared }) {
  return {
    number,
    name: NAMES[number],
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(law === undefined ? {} : { law }),
    ...(unseen === undefined ? {} : { unseen }),
    ...(compared === undefined ? {} : { compared: explained(number, compared) }),
  };
}

function timeOrNull(at) {
  return at === null || at === undefined ? null : written(at);
}
