/**
 * What judging a rule can come to.
 *
 * @typedef {'passed' | 'failed' | 'not_checked' | 'not_applicable'} State unknown is neither kept
 *   nor broken
 *
 * @typedef {object} Outcome what one test came to
 * @property {State} state
 * @property {() => string} found what it found in the draft, in words: nothing is formatted until
 *   somebody reads it
 *
 * @typedef {object} Rule one rule, ready to judge by
 * @property {string} id
 * @property {'error' | 'warning' | 'info'} severity what a failure weighs: a warning at most where
 *   the rule is unverified
 * @property {string} clause
 * @property {string} remedy
 * @property {boolean} unverified
 * @property {Set<string>} roles those it applies to, empty for all
 * @property {import('./nodes.js').Node} test
 */
export const [PASSED, FAILED, NOT_CHECKED, NOT_APPLICABLE] = [
  'passed',
  'failed',
  'not_checked',
  'not_applicable',
];
/** From the gravest: an error keeps a statement from being published, a warning is read. */
export const SEVERITIES = Object.freeze(['error', 'warning', 'info']);
const UNVERIFIED = 'unverified: its clause or number could not be confirmed';

/** The test holds. @returns {Outcome} */
export const passed = (found) => ({ state: PASSED, found });
/** The test does not hold. @returns {Outcome} */
export const failed = (found) => ({ state: FAILED, found });
/** What the test needs is hidden or not available. @returns {Outcome} */
export const notChecked = (found) => ({ state: NOT_CHECKED, found });
/** There is nothing in the draft that the test applies to. @returns {Outcome} */
export const notApplicable = (found) => ({ state: NOT_APPLICABLE, found });

/** What one rule says of a draft. */
export class Finding {
  /** @param {Rule} rule @param {Outcome} outcome */
  constructor(rule, outcome) {
    this.rule = rule;
    this.outcome = outcome;
  }

  get id() {
    return this.rule.id;
  }

  get state() {
    return this.outcome.state;
  }

  get severity() {
    return this.rule.severity;
  }

  /** What was found in the draft. */
  get found() {
    const found = this.outcome.found();
    return this.rule.unverified ? `${found} (${UNVERIFIED})` : found;
  }
}
