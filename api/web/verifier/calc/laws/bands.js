/**
 * Within what a conversion of one quantity can be: one table, for law 8. Wide on purpose: what is
 * outside is no fuel and no material that anybody knows. The twin of `calc/laws/bands.py`, which
 * has the sources: 2006 IPCC Guidelines volume 2, table 1.2; GB/T 2589-2020 annex A.
 */
import { Rational } from '../../core/rational.js';

const band = (low, high) => Object.freeze([Rational.from(low), Rational.from(high)]);

/** The smaller over the larger of two kinds, in one unit. */
export const KINDS = Object.freeze({
  calorificValue: { smaller: 'net', larger: 'gross', between: band('0.75', '0.99') },
  moisture: { smaller: 'dry', larger: 'wet', between: band('0.02', '1') },
});
/** Megajoules in one kilogram, or in one cubic metre. */
export const PER_KILOGRAM = band('0.1', '150');
export const PER_CUBIC_METER_OF_GAS = band('0.05', '150');
/** 0.1 to 60 MJ per litre. */
export const PER_CUBIC_METER_OF_LIQUID = band('100', '60000');
export const LIQUID_UNITS = Object.freeze([
  'liter',
  'milliliter',
  'US gallon',
  'imperial gallon',
  'oil barrel',
]);
/** Real gases between two of the states differ from the ideal one by far less. */
export const OF_A_STATE = band('0.99', '1.01');
/** 0 °C to 25 °C is 9 %, times OF_A_STATE. */
export const OF_ANY_STATE = band('0.9', '1.11');
/** Some factors between units are no finite decimal, such as 1/3.6: 10^-9 is rounding. */
export const OF_A_UNIT = band('0.999999999', '1.000000001');
