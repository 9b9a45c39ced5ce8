/**
 * What the open figures of a footprint say beside one another (law 1). This is asked of every
 * footprint, its inventory hidden or not, and of those without one: both totals are exact sums of
 * their components, whatever is absent being zero, and open cells are what the components sum.
 */
import { componentsOf, contradicted } from '../../calc/cells.js';
import { exactly, grossOf, includingOf, netOf } from '../../calc/columns.js';
import { Rational, ZERO } from '../../core/rational.js';
import { DIFFERENCE, NET } from '../../schema/components.js';
import { broken } from '../../walk/laws.js';

const LAW = 1;
const MAX_BELOW = new Rational(1n, 20n);
const TOTALS = { pcfExcludingBiogenicUptake: netOf, pcfIncludingBiogenicUptake: includingOf };

/**
 * @param {object} subject of a footprint
 * @param {import('../../calc/columns.js').Components} components exact values of those stated
 * @param {object | null} cells texts by stage and component, where they are open
 * @returns {import('../../walk/laws.js').Ruling | null} the first breach
 */
export function openFault({ pcf, inventory }, components, cells) {
  for (const [name, total] of Object.entries(TOTALS)) {
    const sum = total(components);
    if (!Rational.from(pcf[name]).equals(sum)) {
      const why = `the components do not add up to ${name}`;
      return broken(LAW, why, [pcf[name], shown(sum)]);
    }
  }
  if (inventory === undefined) return differenceFault(pcf, components);
  return cells === null ? null : cellsFault(cells, components);
}

// A publication's printed figures were each rounded by at most half a unit of the last place; and a
// total that is further below its parts than 5 % of the gross is not to be stated beside them.
function differenceFault(pcf, components) {
  const difference = components.get(DIFFERENCE);
  if (difference === undefined) return null;
  const most = mostOf(pcf, components);
  if (difference.abs().compare(most) > 0) {
    const why = `${DIFFERENCE} is more than rounding what was printed can make`;
    return broken(LAW, why, [pcf[DIFFERENCE], `at most ${shown(most)} on either side`]);
  }
  const least = grossOf(components).sub(difference).mul(MAX_BELOW).neg();
  if (difference.compare(least) >= 0) return null;
  const why = `${DIFFERENCE} takes off more than 5 % of the gross: state the sum of the parts`;
  return broken(LAW, why, [pcf[DIFFERENCE], `at least ${shown(least)}`]);
}

// The total and each part that is not zero, of which none is taken to be coarser than the total.
function mostOf(pcf, components) {
  const total = placesOf(pcf.pcfExcludingBiogenicUptake);
  const parts = NET.filter(
    (name) => name !== DIFFERENCE && components.has(name) && !components.get(name).isZero,
  ).map((name) => Math.max(total, placesOf(pcf[name])));
  return [total, ...parts].reduce((sum, places) => sum.add(half(places)), ZERO);
}

const placesOf = (text) => text.split('.')[1]?.length ?? 0;
const half = (places) => new Rational(1n, 2n * 10n ** BigInt(places));

function cellsFault(cells, components) {
  const sums = new Map(Object.entries(cells).map(([stage, parts]) => [stage, exactly(parts)]));
  const name = contradicted(sums, components);
  if (name === undefined) return null;
  const [total, parts] = [components, componentsOf(sums)].map((found) => found.get(name));
  return broken(LAW, `the cells do not add up to ${name}`, [total, parts].map(shownOrAbsent));
}

const shownOrAbsent = (value) => (value === undefined ? 'absent' : shown(value));

// Components are decimals, so their sum is one too.
function shown(sum) {
  return sum.fixed(70).replace(/\.?0+$/, '');
}
