/** Check 9, assurance: what admitted, independent auditors concluded, if it is in force. */
import { isAccredited } from './accredited.js';
import { related } from './independence.js';
import { saidOf } from '../chain/standing.js';
import { Rational } from '../core/rational.js';
import { HELD, lawsOf, LAWS_OF, NOT_CHECKABLE } from '../walk/laws.js';
import { ASSURANCE as LEVELS } from '../walk/policy.js';
import { failed, notApplicable, passed } from '../walk/report.js';

const NUMBER = 9;
const NOBODY = new Set();

/**
 * An adverse conclusion counts whoever gives it: a supplier that gives itself its auditor's key
 * would silence it otherwise. A positive one of a body with the issuer's account or key fails.
 * @param {import('../walk/node.js').Node} node gets the assurances that count, and notices
 * @param {Map<string, string | null>} bound how the chain binds each body to the issuer, by the
 *   assurance's digest (independence.js)
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function assurance(node, bound, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'this kind is not assured');
  const given = node.concernedBy.filter((other) => !other.isStatus).length;
  const about = `${given} about this statement`;
  const said = concluded(node).filter((other) => isInForce(other, context));
  for (const { statement, noBody } of said.filter((other) => other.noBody !== null))
    node.notices.push(notCounted(statement, `its body counts for nothing, ${noBody}`));
  const found = said.filter(({ noBody }) => noBody === null);
  const adverse = found.find(({ statement }) => statement.subject.outcome === 'adverse');
  if (adverse !== undefined) {
    const why = `${adverse.statement.issuer} concluded adversely`;
    return failed(NUMBER, why, [about, `${found.length} in force`]);
  }
  const counted = [];
  const lapsed = new Set();
  for (const other of found) {
    const { statement, digest } = other;
    const how = bound.get(digest) ?? null;
    if (how !== null) {
      const why = `the assurance by ${statement.issuer} is not independent: ${how}`;
      return failed(NUMBER, why, [`${statement.issuer}, independent`, how]);
    }
    const why =
      related(node, other) ??
      notAccredited(node, other, context) ??
      notRequired(statement, context);
    if (why === null) {
      counted.push(statement);
      if (other.lapse !== null) lapsed.add(saidOf(statement.issuer, other.lapse));
    } else node.notices.push(notCounted(statement, why));
  }
  // What is assured below it is said apart, so that one is not read as the other.
  const none = `none of this statement itself${given === 0 ? '' : ' is in force'}`;
  if (counted.length === 0) return notApplicable(NUMBER, none);
  node.assured = counted;
  for (const who of lapsed) node.notices.push(`the assurance counts, and its body ${who}`);
  const reason = counted.map((statement) => words(statement, context)).join('; ');
  return passed(NUMBER, reason, [about, `${counted.length} in force`]);
}

// That nobody whom the reader believes accredited its body for this, or null.
function notAccredited(node, other, { trust }) {
  const { issuer, subject } = other.statement;
  if (trust.auditors.has(issuer) || trust.accreditors.size === 0) return null;
  if (isAccredited(node, other, trust)) return null;
  return (
    'no accreditor that the trust file names had its body accredited for ' +
    `${subject.standard}, ${subject.level}, of this product when it was anchored`
  );
}

const notCounted = ({ issuer }, why) => `the assurance by ${issuer} does not count: ${why}`;

// Why the reader's policy does not take an assurance, or null.
function notRequired({ issuer, subject, validFrom }, { policy, asOf }) {
  const { assuredBy, mostMateriality, oldestAssurance } = policy;
  if (assuredBy.length > 0 && !assuredBy.includes(issuer)) return 'the policy names other bodies';
  const materiality = subject.materialityPercent;
  if (Rational.from(materiality).compare(Rational.from(mostMateriality)) > 0)
    return `its materiality is ${materiality} %, the policy takes ${mostMateriality} %`;
  const age = asOf - validFrom;
  if (oldestAssurance === null || age <= oldestAssurance) return null;
  const began = `its validity began ${age} s before the time asked`;
  return `${began}, the policy takes ${oldestAssurance} s`;
}

/**
 * Whether assurances that included the inventory stand in for what of a check is hidden: they name
 * each law of it that could not be checked.
 * @param {5 | 7 | 8 | 10} number of the check
 */
export function standsIn(node, number) {
  if (!node.passed(NUMBER)) return false;
  const including = node.assured.filter(({ subject }) => subject.includesInventory);
  const named = new Set(including.flatMap(({ subject }) => subject.laws));
  const states = lawsOf(node);
  return (
    including.length > 0 &&
    LAWS_OF[number].every((law) => states[law] !== NOT_CHECKABLE || named.has(law))
  );
}

/**
 * Who assured a node, its inventory included, each once: assurances that count only.
 * @returns {string[]}
 */
export function auditorsOf(node) {
  if (!node.passed(NUMBER)) return [];
  const including = node.assured.filter(({ subject }) => subject.includesInventory);
  return [...new Set(including.map(({ issuer }) => issuer))];
}

/**
 * The level that assurances which count reach: one of LEVELS. Each law that holds or could not be
 * checked has the highest of those that name it and saw the inventory, where there is one; the
 * lowest of these counts.
 * @param {import('../walk/node.js').Node} node
 * @param {{has: (did: string) => boolean}} but bodies whose assurances are left out
 */
export function level(node, but = NOBODY) {
  if (!node.passed(NUMBER) || node.statement === null) return LEVELS[0];
  const seen = node.assured
    .filter(({ issuer }) => !but.has(issuer))
    .map(({ subject }) => subject)
    .filter(({ includesInventory }) => includesInventory || !node.hasInventory);
  const asked = Object.entries(lawsOf(node))
    .filter(([, state]) => [HELD, NOT_CHECKABLE].includes(state))
    .map(([law]) => Number(law));
  const reached = asked.map((law) => highest(seen.filter(({ laws }) => laws.includes(law))));
  return LEVELS[asked.length === 0 ? highest(seen) : Math.min(...reached)];
}

function highest(subjects) {
  return Math.max(0, ...subjects.map((subject) => LEVELS.indexOf(subject.level)));
}

/**
 * The assurances about a node that pass 1 to 6, whoever gives them. An anchor may be pending for
 * days.
 * @returns {import('../walk/node.js').Node[]}
 */
function concluded(node) {
  if (node.statement === null) return [];
  return node.concernedBy.filter((other) => other.isAssurance && passedOneToSix(other));
}

/** The assurances of a node by bodies not related to its issuer, in force or not. */
export function seenByOthers(node) {
  return concluded(node).filter((other) => related(node, other) === null);
}

function isInForce({ superseded, statement: { validFrom, validUntil } }, { asOf }) {
  return !superseded && validFrom <= asOf && asOf <= validUntil;
}

function passedOneToSix(node) {
  return [1, 2, 3, 4, 5, 6].every((number) =>
    ['passed', 'not_applicable'].includes(node.state(number)),
  );
}

function words({ issuer, subject }, { trust }) {
  const seen = subject.includesInventory ? ', inventory included' : '';
  const known = trust.accreditors.size > 0 || trust.auditors.has(issuer);
  const said = known ? '' : ', accreditation not checked';
  return `${subject.level} by ${issuer}${seen}${said}`;
}
