/**
 * The Circular Footprint Formula's coefficients: Commission Recommendation (EU) 2021/2279, Annex I,
 * 4.4.8.1. A line of a term takes its mass times the term's coefficient; what lines of one material
 * share is in materials.js.
 */
import { Refused } from '../core/errors.js';
import { ONE, Rational } from '../core/rational.js';
import { plain } from './rounding.js';
import { unitFactor } from './tables.js';

const TERMS = {
  virgin: ({ A, R1, qualityIn }) => less(R1).add(R1.mul(less(A)).mul(qualityIn)),
  recycled: ({ A, R1 }) => R1.mul(A),
  recycling: ({ A, R2 }) => less(A).mul(R2),
  avoided: ({ A, R2, qualityOut }) => less(A).mul(R2).mul(qualityOut),
  disposal: ({ R2, R3 }) => less(R2).sub(R3),
};
/** The terms of what is made; the others are of the end of life. */
export const AT_THE_GATE = ['virgin', 'recycled'];
/** The terms of the formula, in its order. */
export const ALL_TERMS = Object.keys(TERMS);
const QUALITIES = ['qualityIn', 'qualityOut'];
/** What the formula takes of a material, beside its mass. */
export const PARAMETERS = ['A', 'R1', 'R2', 'R3', ...QUALITIES];

/**
 * A term's coefficient, exactly.
 * @returns {Rational}
 * @throws {Refused} for parameters that the formula does not have
 */
export function coefficient(circular) {
  const parameters = Object.fromEntries(
    PARAMETERS.map((name) => [name, Rational.from(circular[name])]),
  );
  const { R2, R3 } = parameters;
  for (const name of QUALITIES) {
    const value = parameters[name];
    if (value.isZero || value.compare(ONE) > 0)
      throw new Refused(`${name} is not more than 0 and at most 1`);
  }
  if (R2.add(R3).compare(ONE) > 0) throw new Refused('R2 and R3 come to more than 1');
  return TERMS[circular.term](parameters);
}

/**
 * The amount that a line's `circular` gives, in the amount's unit: as plain as an allocated one.
 * @param {object} line with a member `circular`
 * @param {import('./tables.js').Tables} tables
 * @returns {string}
 * @throws {Refused} also for a mass of another dimension than the amount
 */
export function circularAmount({ circular, amount }, tables) {
  const { value, unit } = circular.mass;
  const mass = Rational.from(value).mul(unitFactor(tables, unit, amount.unit));
  return plain(mass.mul(coefficient(circular)));
}

function less(value) {
  return ONE.sub(value);
}
