/**
 * The Circular Footprint Formula's coefficients: Commission Recommendation (EU) 2021/2279, Annex I,
 * 4.4.8.1. A line of a term takes its mass times the term's coefficient.
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
const PARAMETERS = ['A', 'R1', 'R2', 'R3', 'qualityIn', 'qualityOut'];

/** A term's coefficient, exactly. @returns {Rational} */
export function coefficient(circular) {
  const parameters = PARAMETERS.map((name) => [name, Rational.from(circular[name])]);
  return TERMS[circular.term](Object.fromEntries(parameters));
}

/**
 * @param {object} line with a member `circular`
 * @param {import('./tables.js').Tables} tables
 * @throws {Refused} its amount is not its mass times its coefficient
 */
export function requireCircular({ circular, amount }, tables) {
  const mass = Rational.from(circular.mass.value).mul(
    unitFactor(tables, circular.mass.unit, amount.unit),
  );
  const wanted = plain(mass.mul(coefficient(circular)));
  if (!Rational.from(amount.value).equals(Rational.from(wanted))) {
    const what = `its mass times the coefficient of ${circular.term}`;
    throw new Refused(`an amount is ${amount.value}, and ${what} is ${wanted}`);
  }
}

function less(value) {
  return ONE.sub(value);
}
