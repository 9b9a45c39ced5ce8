/** Closed lists of words: declared units and regions (PACT Technical Specifications V3). */

export const DECLARED_UNITS = Object.freeze([
  'liter',
  'kilogram',
  'cubic meter',
  'kilowatt hour',
  'megajoule',
  'ton kilometer',
  'square meter',
  'piece',
  'hour',
  'megabit second',
]);
const CURRENCIES = ['US dollar', 'euro', 'pound sterling', 'yuan renminbi'];
const [FIRST_YEAR, LAST_YEAR] = [2010, 2035];
const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
/** PACT has none of the further ones, so no product may declare them. Money is of a year. */
export const FACTOR_UNITS = Object.freeze([
  ...DECLARED_UNITS,
  'kilometer',
  'passenger kilometer',
  'kilowatt',
  ...CURRENCIES.flatMap((currency) => years.map((year) => `${currency} of ${year}`)),
]);
export const REGIONS = Object.freeze([
  'Africa',
  'Americas',
  'Asia',
  'Europe',
  'Oceania',
  'Australia and New Zealand',
  'Central Asia',
  'Eastern Asia',
  'Eastern Europe',
  'Latin America and the Caribbean',
  'Melanesia',
  'Micronesia',
  'Northern Africa',
  'Northern America',
  'Northern Europe',
  'Polynesia',
  'South-eastern Asia',
  'Southern Asia',
  'Southern Europe',
  'Sub-Saharan Africa',
  'Western Asia',
  'Western Europe',
]);
