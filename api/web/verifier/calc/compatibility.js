/**
 * May this footprint enter that one, and how well? Judged by the base compatibility table; its
 * members are named in quotes below. A year is 31,557,600 seconds.
 */
import { seconds } from '../core/time.js';
import { UNSTATED } from '../schema/words.js';

const YEAR = 31_557_600;
const BEST_RATING = 1;

/**
 * What a footprint says of itself that decides what it may be added to; null if it is not said.
 * @typedef {object} Terms
 * @property {string} boundary
 * @property {string} basis
 * @property {Set<string>} sets
 * @property {number} start
 * @property {number} end of its reference period, in Unix seconds
 * @property {string[]} classifications
 * @property {boolean | null} includesTransmission
 * @property {string} role
 * @property {string} unit the declared one
 * @property {string | null} service
 * @property {object} quantity qualifiers of its declared unit
 */

/** @returns {Terms} */
export function termsOf(subject) {
  return {
    boundary: subject.boundary,
    basis: subject.basis,
    sets: new Set(subject.characterizationSets.map(({ set }) => set)),
    start: seconds(subject.pcf.referencePeriodStart),
    end: seconds(subject.pcf.referencePeriodEnd),
    classifications: subject.productClassifications ?? [],
    includesTransmission: subject.includesTransmission ?? null,
    role: subject.role,
    unit: subject.pcf.declaredUnitOfMeasurement,
    service: subject.service ?? null,
    quantity: subject.quantity ?? {},
  };
}

/**
 * Why `cited` may not enter `citing`, or null. Of boundaries only an emission's factor is judged
 * here: the others are law 7's (laws/stages.js).
 * @param {boolean} emission whether the line is an own emission
 */
export function whyIncompatible(rule, citing, cited, emission) {
  const basis = rule[emission ? 'emissionBasis' : 'lifeCycleBasis'];
  if (!basis.includes(cited.basis))
    return `its basis is ${cited.basis}, and this line takes ${basis.join(', ')}`;
  if (emission && !rule.emissionInputs.includes(cited.boundary)) {
    const allowed = rule.emissionInputs.join(', ');
    return `its boundary is ${cited.boundary}, and an own emission takes ${allowed}`;
  }
  const unnamed = [...cited.sets].filter((set) => !citing.sets.has(set));
  if (unnamed.length > 0)
    return `its GWP set ${unnamed.join(', ')} is not named in characterizationSets`;
  if (gapBetween(citing, cited) > rule.maxPeriodGapYears * YEAR) {
    return `its reference period is more than ${rule.maxPeriodGapYears} years away`;
  }
  return null;
}

/**
 * The best temporal rating, 1 to 5, that the gap between two periods leaves: from the end of the
 * earlier to the start of the later one; overlapping periods have none.
 */
export function gapRating(rule, citing, cited) {
  const gap = gapBetween(citing, cited);
  const reached = (rule.temporalRatings ?? []).filter(({ gapYears }) => gap >= gapYears * YEAR);
  return Math.max(BEST_RATING, ...reached.map(({ rating }) => rating));
}

/** Whether a footprint leaves open in which GWP set it was characterised. */
export function isUnstated(terms) {
  return terms.sets.has(UNSTATED);
}

function gapBetween(one, other) {
  return Math.max(one.start - other.end, other.start - one.end, 0);
}
