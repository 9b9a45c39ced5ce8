/**
 * Law 8: a quantity has a kind. A kilowatt hour of gas by net or gross calorific value, a cubic
 * metre at 0 °C or at 15 °C, a kilogram dry or wet are different quantities in one unit.
 * Conversions are within what is known (bands.js).
 */
import { ONE, Rational } from '../../core/rational.js';
import { has } from '../../schema/rules.js';
import { QUALIFIERS } from '../../schema/quantity.js';
import { unitFactor, unitsConvert } from '../tables.js';
import * as bands from './bands.js';
import { BROKEN, finding, UNSAID } from './finding.js';

const ZERO_CELSIUS = Rational.from('273.15');
const STATE = 'state';
const [ENERGY, MASS, VOLUME] = ['energy', 'mass', 'volume'];

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
  // Of another dimension it says what it holds, and not only how it is counted.
  if (!unitsConvert(tables, unit, converted.unit))
    return held(number, { unit, quantity }, { ...converted, by }, tables.units);
  return counted(number, quantity, converted, by.mul(unitFactor(tables, unit, converted.unit)));
}

// Within one kind of unit: `ratio` is by what the quantity changes.
function counted(number, after, before, ratio) {
  const said = (side, name) => (has(side, name) ? side[name] : null);
  const different = QUALIFIERS.map((name) => [name, said(before, name), said(after, name)]).filter(
    ([, old, now]) => old !== now,
  );
  let [low, high] = bands.OF_A_UNIT;
  for (const [least, most] of different.map((one) => between(...one)))
    [low, high] = [low.mul(least), high.mul(most)];
  const alone = different.filter(([, old, now]) => old === null || now === null);
  if (!within(ratio, [low, high])) {
    const conversions = different
      .filter((one) => !alone.includes(one))
      .map(([name, old, now]) => `${name} from ${old} to ${now}`);
    const what = conversions.join(' and ') || 'a quantity into the same one';
    return [finding(BROKEN, `converts ${what} by what can't be`, number)];
  }
  return alone.map(([name]) =>
    finding(UNSAID, `is converted, and of what ${name} is said on one side only`, number),
  );
}

// Between what a quantity can change; of one side that says nothing, whatever it is.
function between(name, old, now) {
  const open = old === null || now === null;
  if (name === STATE) {
    if (open) return bands.OF_ANY_STATE;
    const wanted = kelvin(now).div(kelvin(old));
    return bands.OF_A_STATE.map((one) => wanted.mul(one));
  }
  const { smaller, larger, between: known } = bands.KINDS[name];
  const [low, high] = [known[0], open ? ONE : known[1]];
  return now === smaller || old === larger ? [low, high] : [ONE.div(high), ONE.div(low)];
}

// Into another kind of unit: only what fuels hold is known.
function held(number, after, before, units) {
  const [old, into] = [units.get(before.unit), units.get(after.unit)];
  const dimensions = [old.dimension, into?.dimension];
  const [fuel] = dimensions.filter((one) => one !== ENERGY);
  if (!dimensions.includes(ENERGY) || ![MASS, VOLUME].includes(fuel)) {
    const unsaid = 'is converted into another kind of unit, and by how much is not known';
    return [finding(UNSAID, unsaid, number)];
  }
  const value = before.by.mul(into.factor).div(old.factor);
  const [joules, known] =
    into.dimension === ENERGY
      ? [value, calorific(fuel, before.unit, before)]
      : [ONE.div(value), calorific(fuel, after.unit, after.quantity)];
  if (within(joules, known)) return [];
  return [finding(BROKEN, 'is converted by a calorific value that no fuel has', number)];
}

// What a kilogram or cubic metre can hold. What has a state is a gas, and litres are of a liquid.
function calorific(dimension, unit, said) {
  const [gas, liquid] = [bands.PER_CUBIC_METER_OF_GAS, bands.PER_CUBIC_METER_OF_LIQUID];
  if (dimension === MASS) return bands.PER_KILOGRAM;
  if (has(said, STATE)) return gas;
  return bands.LIQUID_UNITS.includes(unit) ? liquid : [gas[0], liquid[1]];
}

function within(value, [low, high]) {
  return low.compare(value) <= 0 && value.compare(high) <= 0;
}

// A state such as "15 °C 101.325 kPa": all have one pressure.
function kelvin(state) {
  return ZERO_CELSIUS.add(Rational.from(state.split(' ')[0]));
}
