/** From lines to a footprint: cells, components, totals, shares and quality, as texts. */
import { ONE, Rational, ZERO } from '../core/rational.js';
import { FOSSIL } from '../schema/components.js';
import { cellsOf } from './cells.js';
import { includingOf, netOf, weightOf } from './columns.js';
import { primaryShareOf, setsOf } from './lines.js';
import { SHARE_PLACES } from './rounding.js';

const NEWEST = 'AR6';
const ALL = Rational.of(100);

/**
 * @param {import('./lines.js').Line[]} lines
 * @param {import('./columns.js').Components[]} exact the exact result of each
 * @param {{digits: number, lineDigits: number}} rounding
 * @returns {{places: number, excluding: string, including: string,
 *   components: Map<string, string>, cells: Map<string, Map<string, string>>,
 *   primaryShare: string, quality: string[] | null, sets: Map<string, string>}} quality is null
 *   unless every line that weighs something has ratings
 * @throws {import('../core/errors.js').Refused} if rounding moves a total too far
 */
export function totalsOf(lines, exact, rounding) {
  const rounded = cellsOf(
    lines.map(({ value: { stage } }, place) => ({ stage, exact: exact[place] })),
    rounding,
  );
  const { places, cells, components } = rounded;
  if (!components.has(FOSSIL)) components.set(FOSSIL, ZERO);
  const weights = exact.map(weightOf);
  return {
    places,
    excluding: netOf(components).fixed(places),
    including: includingOf(components).fixed(places),
    components: texts(components, places),
    cells: new Map([...cells].map(([stage, parts]) => [stage, texts(parts, places)])),
    primaryShare: mean(weights, lines.map(primaryShareOf)).fixed(SHARE_PLACES),
    quality: quality(weights, lines),
    sets: sets(weights, lines),
  };
}

function quality(weights, lines) {
  // A line that weighs nothing needs no rating.
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
  const resting = lines
    .map((line, place) => ({ shares: setsOf(line), weight: weights[place] }))
    .filter(({ shares }) => shares.size > 0);
  // CO2 of carbon rests on no set; where there is nothing else, it is said in the newest.
  if (resting.length === 0) return new Map([[NEWEST, ALL.fixed(SHARE_PLACES)]]);
  // A zero footprint still says which sets it used.
  const isZero = resting.every(({ weight }) => weight.isZero);
  const counted = resting.map(({ weight }) => (isZero ? ONE : weight));
  const names = new Set(resting.flatMap(({ shares }) => [...shares.keys()]));
  return new Map(
    [...names].map((name) => [
      name,
      mean(
        counted,
        resting.map(({ shares }) => shares.get(name) ?? ZERO),
      ).fixed(SHARE_PLACES),
    ]),
  );
}

function mean(weights, values) {
  const total = weights.reduce((sum, weight) => sum.add(weight), ZERO);
  if (total.isZero) return ZERO;
  const weighed = weights.reduce((sum, weight, index) => sum.add(weight.mul(values[index])), ZERO);
  return weighed.div(total);
}

function texts(values, places) {
  return new Map([...values].map(([name, value]) => [name, value.fixed(places)]));
}
