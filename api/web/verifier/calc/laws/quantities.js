/**
 * Law 8: a quantity has a kind. A kilowatt hour of gas by net or gross calorific value, a cubic
 * metre at 0 °C or at 15 °C, a kilogram dry or wet are different quantities in one unit.
 */
import { ONE, Rational } from '../../core/rational.js';
import { has } from '../../schema/rules.js';
import { QUALIFIERS } from '../../schema/quantity.js';
import { unitFactor, unitsConvert } from '../tables.js';
import { BROKEN, finding, UNSAID } from './finding.js';

const ZERO_CELSIUS = Rational.from('273.15');
// Real gases at these states differ from the ideal one by far less.
const NEAR = new Rational(1n, 100n);
/** From the larger to the smaller of the two. */
const LESS = { calorificValue: ['gross', 'net'], moisture: ['wet', 'dry'] };

/**
 * @param {number} number of the line
 * @param {object} [said] its amount's `quantity`
 * @param {object} [wanted] the cited footprint's `quantity`
 * @returns {import('./finding.js').Finding[]}
 */
export function qualifierFindings(number, said = {}, wanted = {}) {
  return QUALIFIERS.flatMap((name) => {
    const [ours, theirs] = [said, wanted].map((one) => (has(one, name) ? one[name] : null));
    if (ours === theirs) return [];
    if (theirs === null) {
      const unsaid = `has an amount that is ${ours}, and what it cites does not say its ${name}`;
      return [finding(UNSAID, unsaid, number)];
    }
    const found = ours === null ? 'and its amount does not say which' : `and its amount is ${ours}`;
    return [finding(BROKEN, `is counted by ${theirs} (${name}), ${found}`, number)];
  });
}

/**
 * @param {number} number of the line
 * @param {object} amount as signed
 * @param {import('../tables.js').Tables} tables
 * @returns {import('./finding.js').Finding[]}
 */
export function conversionFindings(number, { value, unit, quantity = {} }, tables) {
  const { converted } = quantity;
  if (converted === undefined) return [];
  if (!tables.units.has(converted.unit))
    return [finding(BROKEN, 'is converted from what is no unit of the table', number)];
  const by = Rational.from(converted.by);
  if (!Rational.from(converted.value).mul(by).equals(Rational.from(value)))
    return [finding(BROKEN, 'has an amount that is not converted.value times by', number)];
  const changed = QUALIFIERS.filter(
    (name) => has(quantity, name) && has(converted, name) && quantity[name] !== converted[name],
  );
  // Of another dimension it says what it holds, and not only how it is counted.
  if (changed.length !== 1 || !unitsConvert(tables, unit, converted.unit)) return [];
  const [name] = changed;
  const ratio = by.mul(unitFactor(tables, unit, converted.unit));
  if (isPossible(name, converted[name], quantity[name], ratio)) return [];
  const what = `converts ${name} from ${converted[name]} to ${quantity[name]} by what can't be`;
  return [finding(BROKEN, what, number)];
}

// The ideal gas law between states; net is less than gross, and dry less than wet.
function isPossible(name, before, after, ratio) {
  if (name === 'state') {
    const wanted = kelvin(after).div(kelvin(before));
    return ratio.div(wanted).sub(ONE).abs().compare(NEAR) <= 0;
  }
  const shrinks = before === LESS[name][0] && after === LESS[name][1];
  return ratio.compare(ONE) === (shrinks ? -1 : 1);
}

// A state such as "15 °C 101.325 kPa": all have one pressure.
function kelvin(state) {
  return ZERO_CELSIUS.add(Rational.from(state.split(' ')[0]));
}
