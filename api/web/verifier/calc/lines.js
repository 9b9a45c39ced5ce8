/**
 * Inventory lines and their results: amount times factor, each component rounded once.
 *
 * @typedef {object} Line a disclosed line as it is calculated with
 * @property {object} value as signed
 * @property {Rational} amount
 * @property {string} unit
 * @property {Cited | null} cited the footprint it takes, if it takes one
 * @property {Rational[] | null} ratings technological, geographical, temporal; null without
 * @property {number} gap best temporal rating that the gap between the periods leaves
 *
 * @typedef {object} Cited a footprint as a line sees it
 * @property {string} unit
 * @property {Rational} amount
 * @property {Map<string, Rational>} components kg CO2e per amount and unit
 * @property {Rational} primaryShare percent
 * @property {Rational[] | null} ratings
 * @property {Map<string, Rational>} sets share of each GWP set in percent
 */
import { Refused } from '../core/errors.js';
import { Rational, ZERO } from '../core/rational.js';
import { COMPONENTS } from '../schema/footprint.js';
import { has } from '../schema/rules.js';
import { unitFactor } from './tables.js';

const RATINGS = ['technologicalDQR', 'geographicalDQR', 'temporalDQR'];
const ALL = Rational.of(100);
const TEMPORAL = 2;

/** A footprint's subject as a line that cites it sees it. @returns {Cited} */
export function citedOf({ pcf, characterizationSets }) {
  return {
    unit: pcf.declaredUnitOfMeasurement,
    amount: Rational.from(pcf.declaredUnitAmount),
    components: new Map(
      COMPONENTS.filter((name) => has(pcf, name)).map((name) => [name, Rational.from(pcf[name])]),
    ),
    primaryShare: Rational.from(pcf.primaryDataShare),
    ratings: ratingsOf(pcf.dqi),
    sets: new Map(characterizationSets.map(({ set, share }) => [set, Rational.from(share)])),
  };
}

/** @returns {Line} */
export function makeLine(value, cited, gap = 1) {
  return {
    value,
    amount: Rational.from(value.amount.value),
    unit: value.amount.unit,
    cited,
    ratings: lowered(ratingsOf(value.quality) ?? cited?.ratings ?? null, gap),
    gap,
  };
}

/** How many declared amounts of what it cites a line takes, exactly. */
export function scaleOf({ amount, unit, cited }, tables) {
  return amount.mul(unitFactor(tables, unit, cited.unit)).div(cited.amount);
}

/**
 * kg CO2e by component, each rounded half up once to `places`.
 * @returns {Map<string, Rational>}
 * @throws {Refused} for units that don't convert, or a gas that the named set does not have
 */
export function resultOf(line, tables, places) {
  const exact = exactResult(line, tables);
  return new Map([...exact].map(([name, value]) => [name, value.round(places)]));
}

/** kg CO2e per kg of a gas by component; what is taken up is negative. @throws {Refused} */
export function characterisation(gas, set, { gwp }) {
  const known = has(gwp.sets, set) && has(gwp.sets[set], gas) && has(gwp.component, gas);
  if (!known) throw new Refused(`gas ${gas.slice(0, 64)} has no GWP in set ${set}`);
  const factor = Rational.from(gwp.sets[set][gas]);
  const signed = gwp.negative.includes(gas) ? factor.neg() : factor;
  // An "of which" (aircraft) stands beside the component that it is part of.
  const names = [gwp.component[gas], ...(has(gwp.ofWhich, gas) ? [gwp.ofWhich[gas]] : [])];
  return new Map(names.map((name) => [name, signed]));
}

/** Percent primary: only where both the activity data and the factor are. */
export function primaryShareOf({ value, cited }) {
  if (!value.primary || has(value.source, 'published')) return ZERO;
  return cited === null ? ALL : cited.primaryShare;
}

/** GWP sets behind a line's result, in percent. @returns {Map<string, Rational>} */
export function setsOf({ value, cited }) {
  if (cited !== null) return cited.sets;
  return new Map([[has(value.source, 'gas') ? value.source.set : 'unstated', ALL]]);
}

function exactResult(line, tables) {
  const { source } = line.value;
  if (line.cited !== null) {
    const times = scaleOf(line, tables);
    return new Map([...line.cited.components].map(([name, value]) => [name, times.mul(value)]));
  }
  if (has(source, 'gas')) {
    const mass = line.amount.mul(unitFactor(tables, line.unit, 'kilogram'));
    const factors = characterisation(source.gas, source.set, tables);
    return new Map([...factors].map(([name, factor]) => [name, mass.mul(factor)]));
  }
  const times = line.amount.mul(unitFactor(tables, line.unit, source.per));
  return new Map([[source.component, times.mul(Rational.from(source.published))]]);
}

function ratingsOf(value) {
  return value === undefined ? null : RATINGS.map((name) => Rational.from(value[name]));
}

// A gap never improves a rating, and gives none to what has none.
function lowered(ratings, gap) {
  const least = Rational.of(gap);
  if (ratings === null || ratings[TEMPORAL].compare(least) >= 0) return ratings;
  return [ratings[0], ratings[1], least];
}
