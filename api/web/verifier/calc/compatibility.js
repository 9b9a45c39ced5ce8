/**
 * May this footprint enter that one, and how well? Judged by the base compatibility table; its
 * members are named in quotes below. A year is 31,557,600 seconds.
 */
import { seconds } from '../core/time.js';

const YEAR = 31_557_600;
const BEST_RATING = 1;
const UNSTATED = 'unstated';

/** What a footprint says of itself that decides what it may be added to. */
export function termsOf(subject) {
  return {
    boundary: subject.boundary,
    basis: subject.basis,
    sets: new Set(subject.characterizationSets.map(({ set }) => set)),
    start: seconds(subject.pcf.referencePeriodStart),
    end: seconds(subject.pcf.referencePeriodEnd),
    classifications: subject.productClassifications ?? [],
    includesTransmission: subject.includesTransmission ?? null,
  };
}

/** Why `cited` may not enter `citing`, or null. `emission`: the line is an own emission. */
export function whyIncompatible(rule, citing, cited, emission) {
  const basis = rule[emission ? 'emissionBasis' : 'lifeCycleBasis'];
  if (!basis.includes(cited.basis))
    return `its basis is ${cited.basis}, and this line takes ${basis.join(', ')}`;
  const boundaries = boundariesFor(rule, citing, emission);
  if (!boundaries.includes(cited.boundary)) {
    return `its boundary is ${cited.boundary}, and this line takes ${boundaries.join(', ')}`;
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

/**
 * The first line of transmission losses, and of electricity that has them in it, where the losses
 * can belong to no electricity that says it leaves them out; else null.
 * @param {{line: number, terms: object}[]} cited every input of an inventory
 */
export function transmissionTwice(rule, cited) {
  const isTransmission = ({ terms }) =>
    terms.classifications.includes(rule.transmissionClassification);
  const losses = cited.find(isTransmission);
  const said = cited.filter(
    (one) => !isTransmission(one) && one.terms.includesTransmission !== null,
  );
  const twice = losses && said.length > 0 && said.every(({ terms }) => terms.includesTransmission);
  return twice ? { losses: losses.line, electricity: said[0].line } : null;
}

/** Whether a footprint leaves open in which GWP set it was characterised. */
export function isUnstated(terms) {
  return terms.sets.has(UNSTATED);
}

function boundariesFor(rule, citing, emission) {
  if (emission) return rule.emissionInputs;
  return citing.boundary.endsWith('-to-grave') ? rule.cradleToGraveInputs : rule.cradleToGateInputs;
}

function gapBetween(one, other) {
  return Math.max(one.start - other.end, other.start - one.end, 0);
}
