/**
 * The open totals beside the open components: rounding apart, they can't contradict each other.
 * This is asked of every footprint, its inventory hidden or not, and of factors without one.
 */
import { Rational, ZERO } from '../core/rational.js';
import { OF_WHICH, UPTAKE } from '../schema/footprint.js';

const MAX_ROUNDING = new Rational(1n, 1000n);

/**
 * @param {object} pcf texts as signed
 * @param {Map<string, Rational>} components exact values of those that are stated
 * @returns {{reason: string, compared: [string, string]} | null}
 */
export function openFault(pcf, components) {
  const parts = [...components.keys()].filter((name) => name !== OF_WHICH);
  const excluding = parts
    .filter((name) => name !== UPTAKE)
    .reduce((total, name) => total.add(components.get(name)), ZERO);
  const sums = {
    pcfExcludingBiogenicUptake: excluding,
    pcfIncludingBiogenicUptake: excluding.add(components.get(UPTAKE) ?? ZERO),
  };
  for (const [name, sum] of Object.entries(sums)) {
    if (
      Rational.from(pcf[name])
        .sub(sum)
        .abs()
        .compare(slack(pcf, name, sum, parts)) > 0
    ) {
      return {
        reason: `the components do not add up to ${name}`,
        compared: [pcf[name], shown(sum)],
      };
    }
  }
  return null;
}

// Components have the total's places, however few a part is written with. Each was rounded by at
// most half a unit there; the total too, or to its digits, which moves it by at most 0.1 %.
function slack(pcf, name, sum, parts) {
  const unit = halfUnit(pcf[name]);
  const ofDigits = sum.abs().mul(MAX_ROUNDING);
  return parts.reduce(
    (total, part) => total.add(lesser(unit, halfUnit(pcf[part]))),
    greater(unit, ofDigits),
  );
}

function halfUnit(text) {
  const places = text.split('.')[1]?.length ?? 0;
  return new Rational(1n, 2n * 10n ** BigInt(places));
}

function lesser(one, other) {
  return one.compare(other) <= 0 ? one : other;
}

function greater(one, other) {
  return one.compare(other) >= 0 ? one : other;
}

// Components are decimals, so their sum is one too.
function shown(sum) {
  return sum.fixed(34).replace(/\.?0+$/, '');
}
