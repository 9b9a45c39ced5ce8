/**
 * The accounting laws in a verification: which check decides which, and what it says of each.
 *
 * 1 one quantity, one number; 2 nothing appears or vanishes in a process; 3 debits and credits are
 * apart; 4 a claim serves once; 5 one live number per question; 6 what is cited is compared with
 * what was made; 7 a stage belongs to its boundary; 8 a quantity has a kind.
 *
 * @typedef {'held' | 'broken' | 'not checkable' | 'not applicable'} LawState
 * @typedef {object} Ruling what was found of one law
 * @property {number} law
 * @property {LawState} state
 * @property {string} [reason] of a broken one where, and by what; of another one why not
 * @property {[string, string]} [compared] of a broken one, what was claimed and what was found
 * @property {Unseen} [unseen] of one that is not checkable, why
 *
 * @typedef {'hidden' | 'missing' | 'pending' | 'unsaid' | 'not reached'} Unseen what became of that
 *   which a law asks for: it is signed and not shown; it is in no statement of the file; a check of
 *   it was not made; nobody signed it; the check ended before, or needs tables or rules not held
 */

/** The number of the check that decides a law. */
const DECIDED_BY = Object.freeze({ 1: 8, 2: 7, 3: 8, 4: 7, 5: 5, 6: 7, 7: 7, 8: 7 });
/** Its breach is a notice and fails nothing: two true statements can give it. */
const ALARM = 6;
/** @type {Record<string, Unseen>} */
export const UNSEEN = Object.freeze({
  HIDDEN: 'hidden',
  MISSING: 'missing',
  PENDING: 'pending',
  UNSAID: 'unsaid',
  NOT_REACHED: 'not reached',
});
/** What an assurance must name to stand in for a check of what is hidden. */
export const LAWS_OF = Object.freeze({ 5: [5], 7: [2, 4, 5, 6, 7, 8], 8: [1, 3], 10: [] });
export const [HELD, BROKEN, NOT_CHECKABLE, NOT_APPLICABLE] = Object.freeze([
  'held',
  'broken',
  'not checkable',
  'not applicable',
]);

/** @returns {Ruling} it was checked as far as there is anything to check, and holds */
export const held = (law) => ({ law, state: HELD });
/** @returns {Ruling} `reason` says where, and by what */
export const broken = (law, reason, compared) => ({ law, state: BROKEN, reason, compared });
/** @returns {Ruling} something that it asks for is hidden, missing, pending or not said */
export const notCheckable = (law, reason, unseen) => ({
  law,
  state: NOT_CHECKABLE,
  reason,
  unseen,
});
/** @returns {Ruling} there is nothing that it is about */
export const notApplicable = (law) => ({ law, state: NOT_APPLICABLE });

/**
 * A check with what it found of its laws; the first broken one fails it. A check that failed by
 * itself keeps its reason. One that passed was not checked where one of the laws `needed`, which
 * rest on records, could not be.
 * @param {import('./report.js').Check} check
 * @param {Ruling[]} rulings at most one of each law
 * @param {number[]} needed
 * @returns {import('./report.js').Check}
 */
export function withLaws(check, rulings, needed = []) {
  const rising = [...rulings].sort((one, other) => one.law - other.law);
  const laws = new Map(rising.map(({ law, state }) => [law, state]));
  if (laws.size < rulings.length) throw new Error('a law was decided twice');
  const { number, state } = check;
  const breach = rising.find((one) => one.state === BROKEN && one.law !== ALARM);
  if (state !== 'failed' && breach !== undefined) {
    const { law, compared } = breach;
    return { number, state: 'failed', reason: reasonOf(breach), compared, laws, law };
  }
  const unseen = rising.find((one) => one.state === NOT_CHECKABLE && needed.includes(one.law));
  if (state !== 'passed' || unseen === undefined) return { ...check, laws };
  const { law, unseen: why } = unseen;
  return { number, state: 'not_checked', reason: reasonOf(unseen), laws, law, unseen: why };
}

const reasonOf = ({ law, reason }) => `law ${law}: ${reason}`;

/**
 * What the checks of a footprint say of each law; other kinds have none. A check that did not get
 * as far as a law leaves it not checkable.
 * @param {import('./node.js').Node} node
 * @returns {Record<string, LawState>}
 */
export function lawsOf(node) {
  const found = {};
  if (!node.isFootprint) return found;
  for (const [law, number] of Object.entries(DECIDED_BY)) {
    const check = node.check(number);
    const said = check?.laws?.get(Number(law));
    if (said !== undefined) found[law] = said;
    else if (check?.state === 'not_applicable') found[law] = NOT_APPLICABLE;
    else if (check !== undefined && check.state !== 'passed') found[law] = NOT_CHECKABLE;
  }
  return found;
}
