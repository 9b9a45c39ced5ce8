/** From line results to a footprint: components, stages, totals, shares and quality, as texts. */
import { Refused } from '../core/errors.js';
import { primaryShareOf, setsOf } from './lines.js';
import { ONE, Rational, ZERO } from '../core/rational.js';
import { FOSSIL, OF_WHICH, UPTAKE } from '../schema/footprint.js';

const SHARE_PLACES = 4;
const THOUSAND = Rational.of(1000);

/**
 * @param {import('./lines.js').Line[]} lines
 * @param {Map<string, Rational>[]} results the rounded result of each
 * @param {{digits: number, lineDigits: number}} rounding
 * @returns {{excluding: string, including: string, components: Map<string, string>,
 *   stages: Map<string, string>, primaryShare: string, quality: string[] | null,
 *   sets: Map<string, string>}} quality is null unless every contributing line has ratings
 * @throws {Refused} if rounding moves the total by more than 0.1 %
 */
export function totalsOf(lines, results, { digits, lineDigits }) {
  const contributions = results.map(excludingUptake);
  const excluding = sum(contributions);
  const significant = excluding.isZero ? lineDigits : excluding.placesFor(digits);
  checkRounding(excluding, significant, digits);
  const places = Math.max(0, significant);
  const components = added(results.flatMap((result) => [...result]));
  if (!components.has(FOSSIL)) components.set(FOSSIL, ZERO);
  const stages = added(lines.map(({ value }, index) => [value.stage, contributions[index]]));
  const weights = contributions.map((contribution) => contribution.abs());
  return {
    excluding: excluding.fixed(significant),
    including: excluding.add(components.get(UPTAKE) ?? ZERO).fixed(places),
    components: texts(components, places),
    stages: texts(stages, places),
    primaryShare: mean(weights, lines.map(primaryShareOf)).fixed(SHARE_PLACES),
    quality: quality(weights, lines),
    sets: sets(weights, lines),
  };
}

/** The sum of a result's components without uptake and without the "of which". */
export function excludingUptake(result) {
  return sum(
    [...result].filter(([name]) => name !== UPTAKE && name !== OF_WHICH).map(([, value]) => value),
  );
}

/** @param {Rational[]} values */
function sum(values) {
  return values.reduce((total, value) => total.add(value), ZERO);
}

function checkRounding(total, places, digits) {
  const moved = total.round(places).sub(total).abs();
  if (moved.mul(THOUSAND).compare(total.abs()) > 0) {
    throw new Refused(
      `rounding the total to ${digits} significant digits moves it by more than 0.1 %`,
    );
  }
}

function quality(weights, lines) {
  // A line that contributes nothing needs no rating.
  const counting = lines
    .map((line, index) => ({ ...line, weight: weights[index] }))
    .filter(({ weight }) => !weight.isZero);
  if (counting.length === 0 || counting.some(({ ratings }) => ratings === null)) return null;
  const own = counting.map(({ weight }) => weight);
  return [0, 1, 2].map((place) =>
    mean(
      own,
      counting.map(({ ratings }) => ratings[place]),
    ).fixed(SHARE_PLACES),
  );
}

function sets(weights, lines) {
  const own = lines.map(setsOf);
  const names = new Set(own.flatMap((shares) => [...shares.keys()]));
  // A zero footprint still says which sets it used.
  const counted = weights.some((weight) => !weight.isZero) ? weights : weights.map(() => ONE);
  return new Map(
    [...names].map((name) => [
      name,
      mean(
        counted,
        own.map((shares) => shares.get(name) ?? ZERO),
      ).fixed(SHARE_PLACES),
    ]),
  );
}

function mean(weights, values) {
  const total = sum(weights);
  return total.isZero
    ? ZERO
    : sum(weights.map((weight, index) => weight.mul(values[index]))).div(total);
}

function added(pairs) {
  const sums = new Map();
  for (const [name, value] of pairs) sums.set(name, (sums.get(name) ?? ZERO).add(value));
  return sums;
}

function texts(values, places) {
  return new Map([...values].map(([name, value]) => [name, value.fixed(places)]));
}
