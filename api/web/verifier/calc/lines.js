/**
 * Inventory lines as they are calculated with, and the footprints that they take.
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
import { Rational, ZERO } from '../core/rational.js';
import { COMPONENTS } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { SUBSTITUTION, UNSTATED } from '../schema/words.js';
import { isCarbon } from './carbon.js';
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

/** How many declared amounts of what it cites a line (its amount and unit) takes, exactly. */
export function scaleOf({ amount, unit, cited }, tables) {
  return amount.mul(unitFactor(tables, unit, cited.unit)).div(cited.amount);
}

/** Whether a line is a credit: what it cites is displaced, not taken. */
export function isCredit({ allocation }) {
  return allocation?.method === SUBSTITUTION;
}

/** Percent primary of a line's value: only where both the activity data and the factor are. */
export function primaryShareOf({ value, cited }) {
  if (!value.primary || has(value.source, 'published')) return ZERO;
  return cited === null ? ALL : cited.primaryShare;
}

/** GWP sets behind a line's result, in percent; none where it is CO2 of carbon. */
export function setsOf({ value, cited }) {
  if (cited !== null) return cited.sets;
  if (isCarbon(value)) return new Map();
  return new Map([[has(value.source, 'gas') ? value.source.set : UNSTATED, ALL]]);
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
