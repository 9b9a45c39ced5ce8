/**
 * Cells (law 1): one rounding for each stage and component, to a decimal place that the gross
 * gives. Components, stages and totals are sums of cells, so none of them is rounded again.
 */
import { Refused } from '../core/errors.js';
import { ZERO } from '../core/rational.js';
import { added, grossOf, includingOf, netOf } from './columns.js';
import { MAX_ROUNDING, placesFor } from './rounding.js';

/**
 * @param {{stage: string, exact: import('./columns.js').Components}[]} lines
 * @param {{digits: number, lineDigits: number}} rounding
 * @returns {{places: number, gross: Rational, cells: Map<string, Map<string, Rational>>,
 *   components: Map<string, Rational>}} gross exact, cells and components rounded
 * @throws {Refused} where rounding moves a total by more than 0.1 % of the gross (without any,
 *   of itself)
 */
export function cellsOf(lines, rounding) {
  const exact = added(lines.flatMap((line) => [...line.exact]));
  const gross = grossOf(exact);
  const places = placesFor(gross, rounding);
  const cells = new Map();
  for (const { stage } of lines) {
    if (cells.has(stage)) continue;
    const own = lines.filter((line) => line.stage === stage);
    const sums = added(own.flatMap((line) => [...line.exact]));
    cells.set(stage, new Map([...sums].map(([name, value]) => [name, value.round(places)])));
  }
  const components = componentsOf(cells);
  requireSlightlyMoved(components, exact, gross);
  return { places, gross, cells, components };
}

/** The sums of cells over stages. @param {Map<string, Map<string, Rational>>} cells */
export function componentsOf(cells) {
  return added([...cells.values()].flatMap((stage) => [...stage]));
}

function requireSlightlyMoved(rounded, exact, gross) {
  for (const [name, total] of [
    ['pcfExcludingBiogenicUptake', netOf],
    ['pcfIncludingBiogenicUptake', includingOf],
  ]) {
    const [before, after] = [total(exact), total(rounded)];
    const of = gross.isZero ? before : gross;
    const moved = after.sub(before);
    if (moved.abs().compare(of.abs().mul(MAX_ROUNDING)) > 0) {
      const whole = gross.isZero ? 'itself' : 'the gross';
      throw new Refused(`rounding moves ${name} by more than 0.1 % of ${whole}: take more digits`);
    }
  }
}

/** Whether all stages' cells add up to each component as it is stated; else its name. */
export function contradicted(cells, stated) {
  const sums = componentsOf(cells);
  const names = new Set([...sums.keys(), ...stated.keys()]);
  return [...names].find((name) => !(sums.get(name) ?? ZERO).equals(stated.get(name) ?? ZERO));
}
