/** Check 9, assurance: what admitted, independent auditors concluded, if it is in force. */
import { HELD, lawsOf, LAWS_OF, NOT_CHECKABLE } from '../walk/laws.js';
import { failed, notApplicable, passed } from '../walk/report.js';

const NUMBER = 9;
export const LEVELS = Object.freeze(['none', 'limited', 'reasonable']);

/**
 * @param {import('../walk/walknode.js').Node} node
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function assurance(node, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'this kind is not assured');
  const found = inForce(node, context);
  const adverse = found.find(({ subject }) => subject.outcome === 'adverse');
  const given = node.concernedBy.filter((other) => !other.isStatus).length;
  // What is assured below it is said apart, so that one is not read as the other.
  const none = `none of this statement itself${given === 0 ? '' : ' is in force'}`;
  const compared = [`${given} about this statement`, `${found.length} in force`];
  if (adverse !== undefined)
    return failed(NUMBER, `${adverse.issuer} concluded adversely`, compared);
  if (found.length === 0) return notApplicable(NUMBER, none);
  return passed(NUMBER, found.map(words).join('; '), compared);
}

/**
 * Whether assurances that included the inventory stand in for what of a check is hidden: they name
 * each law of it that could not be checked.
 * @param {7 | 8} number of the check
 */
export function standsIn(node, context, number) {
  if (!node.passed(NUMBER)) return false;
  const including = inForce(node, context).filter(({ subject }) => subject.includesInventory);
  const named = new Set(including.flatMap(({ subject }) => subject.laws));
  const states = lawsOf(node);
  return (
    including.length > 0 &&
    LAWS_OF[number].every((law) => states[law] !== NOT_CHECKABLE || named.has(law))
  );
}

/**
 * The level that assurances in force reach: one of LEVELS. Each law that holds or could not be
 * checked has the highest of those that name it and saw the inventory, where there is one; the
 * lowest of these counts.
 */
export function level(node, context) {
  if (!node.passed(NUMBER)) return LEVELS[0];
  const seen = inForce(node, context)
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
 * The assurance statements about a node that pass 1 to 6, in force or not. An anchor may be pending
 * for days; and an issuer's word on itself counts for no one else.
 */
export function concluded(node) {
  if (node.statement === null) return [];
  return node.concernedBy.filter(
    (other) =>
      other.isAssurance &&
      passedOneToSix(other) &&
      other.statement.issuer !== node.statement.issuer,
  );
}

function inForce(node, { asOf, trust }) {
  return concluded(node)
    .filter(({ superseded }) => !superseded)
    .map(({ statement }) => statement)
    .filter(({ validFrom, validUntil }) => {
      const end = Math.min(validUntil, validFrom + (trust.maxAssuranceAge ?? Infinity));
      return validFrom <= asOf && asOf <= end;
    });
}

function passedOneToSix(node) {
  return [1, 2, 3, 4, 5, 6].every((number) =>
    ['passed', 'not_applicable'].includes(node.state(number)),
  );
}

function words({ issuer, subject }) {
  return `${subject.level} by ${issuer}${subject.includesInventory ? ', inventory included' : ''}`;
}
