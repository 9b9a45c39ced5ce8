/** Closed lists of words: units, stages, boundaries, GWP sets, services, regions. */

/** PACT Technical Specifications V3, DeclaredUnit. */
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

export const STAGES = Object.freeze([
  'raw-material',
  'manufacturing',
  'distribution',
  'use',
  'end-of-life',
  'recycling',
]);
export const GRAVE = 'cradle-to-grave';
export const GATE = 'cradle-to-gate';

/** Sets that a gas is characterised with; AR5-28 is AR5 with 28 for all methane. */
export const GWP_SETS = Object.freeze(['AR4', 'AR5', 'AR5-28', 'AR6']);
export const UNSTATED = 'unstated';
/** How PACT names them: AR5-28 is AR5 there. */
export const ASSESSMENT_REPORTS = Object.freeze(['AR4', 'AR5', 'AR6']);

/** Each service, and the declared units that count it; money counts none. */
export const SERVICE_UNITS = Object.freeze({
  transport: ['ton kilometer', 'passenger kilometer', 'kilometer'],
  storage: ['square meter', 'hour'],
  'waste-treatment': ['kilogram', 'liter', 'cubic meter', 'piece'],
  energy: ['kilowatt hour', 'megajoule'],
  water: ['liter', 'cubic meter'],
  telecommunication: ['megabit second', 'hour'],
  maintenance: ['hour', 'piece', 'square meter'],
});
/** Units of services that count goods too; of a factor alone a table says that it is a service. */
export const UNITS_OF_GOODS = Object.freeze(['piece', 'square meter']);
export const SERVICES = Object.freeze(Object.keys(SERVICE_UNITS));
/** Counted by what they treat or deliver, whose mass is the declared unit's. */
export const WEIGHED_SERVICES = Object.freeze(['waste-treatment', 'water']);

/** A product classification: heat per kilowatt hour, of which transmission is not asked. */
export const HEAT = 'urn:rootprint:class:heat';

export const SUBDIVISION = 'subdivision';
export const SUBSTITUTION = 'substitution';
/** Methods by which a weight gives a share. */
export const WEIGHED = Object.freeze(['physical', 'economic']);
/** How a line may be allocated. */
export const LINE_METHODS = Object.freeze([SUBDIVISION, ...WEIGHED, SUBSTITUTION, 'cut-off']);
/** How an output of a process may be allocated. */
export const ROW_METHODS = Object.freeze([SUBDIVISION, ...WEIGHED, 'waste', SUBSTITUTION]);

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
