/**
 * The policy: what a reader requires of what it reads. The trust file says whom it believes.
 * Nothing in it changes what a check finds of a statement; it decides which assurances count, and
 * what leaves a report incomplete (required.js).
 *
 * @typedef {object} Policy as a report has it under `required`; ages in seconds, null is not asked
 * @property {'recomputed' | 'recomputed-or-assured'} arithmetic
 * @property {string} mostUnsigned percent of the gross, as all shares here
 * @property {string} leastPrimary
 * @property {string} mostNoLongerAdmitted what rests on issuers who are no longer admitted
 * @property {string} mostExempted the most that a footprint of the walk may say it leaves out
 * @property {'none' | 'limited' | 'reasonable'} assurance the level that the subject must have
 * @property {string[]} assuredBy bodies whose assurances count; none named is any independent one
 * @property {string} mostMateriality
 * @property {number | null} oldestAssurance
 * @property {number | null} oldestStatus
 * @property {number | null} oldestPeriod
 * @property {string[]} rules packs that must hold, by name or digest
 * @property {string | null} mostRemovals with what is captured
 * @property {string | null} mostCredits
 */
import { parseLoose } from '../core/canonical.js';
import { TooLarge } from '../core/errors.js';
import * as rules from '../schema/rules.js';
import { array, integer, members, oneOf, percent } from '../schema/rules.js';

const MAX_BYTES = 64 * 1024;
const MAX_LISTED = 64;
export const ARITHMETIC = Object.freeze(['recomputed', 'recomputed-or-assured']);
export const ASSURANCE = Object.freeze(['none', 'limited', 'reasonable']); // rising
/** Every member's default, in the order of the document. @type {Policy} */
export const DEFAULTS = Object.freeze({
  arithmetic: 'recomputed-or-assured',
  mostUnsigned: '100',
  leastPrimary: '0',
  mostNoLongerAdmitted: '100',
  mostExempted: '100',
  assurance: 'none',
  assuredBy: [],
  mostMateriality: '100',
  oldestAssurance: null,
  oldestStatus: null,
  oldestPeriod: null,
  rules: [],
  mostRemovals: '100',
  mostCredits: '100',
});
const seconds = orNull(integer(0, 10 ** 10));
const document = members(
  { version: integer(1, 1) },
  {
    arithmetic: oneOf(...ARITHMETIC),
    mostUnsigned: percent,
    leastPrimary: percent,
    mostNoLongerAdmitted: percent,
    mostExempted: percent,
    assurance: oneOf(...ASSURANCE),
    assuredBy: array(rules.did, 0, MAX_LISTED, { unique: true }),
    mostMateriality: percent,
    oldestAssurance: seconds,
    oldestStatus: seconds,
    oldestPeriod: seconds,
    rules: array(rules.text, 0, MAX_LISTED, { unique: true }),
    mostRemovals: orNull(percent),
    mostCredits: orNull(percent),
  },
);

/**
 * Reads a policy file; what it leaves out is as DEFAULTS have it.
 * @param {Uint8Array} bytes
 * @returns {Policy}
 * @throws {import('../core/errors.js').Refused} with the place of the fault
 */
export function parsePolicy(bytes) {
  if (bytes.length > MAX_BYTES) throw new TooLarge(`the policy is longer than ${MAX_BYTES} bytes`);
  return policyOf(parseLoose(bytes, { what: 'the policy' }));
}

/**
 * A policy of the members in `value`, `version` among them.
 * @throws {import('../core/errors.js').Refused} with the place of the fault
 */
export function policyOf(value) {
  document(value, 'policy');
  return Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, usual]) => [
      name,
      rules.has(value, name) ? value[name] : usual,
    ]),
  );
}

function orNull(rule) {
  return (value, path) => {
    if (value !== null) rule(value, path);
  };
}
