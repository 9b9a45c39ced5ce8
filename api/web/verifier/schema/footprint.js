/**
 * FootprintStatement's `credentialSubject`: the closed member list of version 1. Names and meanings
 * inside `pcf` are those of PACT's Technical Specifications V3. What a product and what a factor
 * must say differ; everything else is the same kind.
 */
import { Refused } from '../core/errors.js';
import { Rational, ZERO } from '../core/rational.js';
import * as rules from './rules.js';
import { array, boolean, has, isObject, members, oneOf, refuse, text } from './rules.js';
import { MORE_OF_PACT, PACT_REQUIRED } from './pact.js';
import { DECLARED_UNITS, FACTOR_UNITS, REGIONS } from './words.js';

/** The sum of these is pcfExcludingBiogenicUptake; with uptake, pcfIncludingBiogenicUptake. */
const POSITIVE_COMPONENTS = Object.freeze([
  'fossilGhgEmissions',
  'biogenicNonCO2Emissions',
  'landUseChangeGhgEmissions',
  'landManagementBiogenicCO2Emissions',
]);
export const NEGATIVE_COMPONENTS = Object.freeze([
  'landManagementBiogenicCO2Removals',
  'technologicalCO2Removals',
  'ccsTechnologicalCO2Capture',
]);
export const FOSSIL = 'fossilGhgEmissions';
export const UPTAKE = 'biogenicCO2Uptake';
export const OF_WHICH = 'aircraftGhgEmissions';
export const ADDED = Object.freeze([...POSITIVE_COMPONENTS, ...NEGATIVE_COMPONENTS, UPTAKE]);
export const COMPONENTS = Object.freeze([...ADDED, OF_WHICH]);
/** Parts and their wholes: nothing adds a part, so it is never more than the sum beside it. */
const PARTS = {
  [OF_WHICH]: [FOSSIL],
  landManagementFossilGhgEmissions: [FOSSIL],
  packagingGhgEmissions: POSITIVE_COMPONENTS,
};
export const STAGES = Object.freeze([
  'raw-material',
  'manufacturing',
  'distribution',
  'use',
  'end-of-life',
  'recycling',
]);
/** Arrays of placeholders, in the order in which their slots are numbered. */
export const HIDDEN = Object.freeze([
  'inventory',
  'inventoryShape',
  'stages',
  'gases',
  'uncertainty',
  'producedAmount',
  'evidence',
]);
const GEOGRAPHY = ['geographyCountry', 'geographyCountrySubdivision', 'geographyRegionOrSubregion'];
const MIN_SLOTS = 8;

const componentRules = {
  ...Object.fromEntries(POSITIVE_COMPONENTS.map((name) => [name, rules.notNegative])),
  ...Object.fromEntries(NEGATIVE_COMPONENTS.map((name) => [name, rules.notPositive])),
  [UPTAKE]: rules.notPositive,
  [OF_WHICH]: rules.notNegative,
};
const pcfRequired = {
  declaredUnitOfMeasurement: oneOf(...DECLARED_UNITS),
  declaredUnitAmount: rules.positive,
  referencePeriodStart: rules.time,
  referencePeriodEnd: rules.time,
  pcfExcludingBiogenicUptake: rules.decimal,
  pcfIncludingBiogenicUptake: rules.decimal,
  primaryDataShare: rules.percent,
  fossilGhgEmissions: rules.notNegative,
};
const pcfOptional = {
  ...componentRules,
  ...MORE_OF_PACT,
  geographyCountry: rules.matching(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code'),
  geographyCountrySubdivision: rules.matching(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code'),
  geographyRegionOrSubregion: oneOf(...REGIONS),
};
const slots = (least, most) => array(rules.placeholder, least, most);

function inventory(value, path) {
  slots(MIN_SLOTS, 4096)(value, path);
  if ((value.length & (value.length - 1)) !== 0) refuse(path, 'padded to a power of two');
}

const computedWith = members({
  rule: members({ id: text, digest: rules.digest }),
  tables: rules.digest,
  lineDigits: rules.integer(9, 30),
  digits: rules.integer(3, 30),
  tool: text,
});
const withInventory = { inventory, inventoryShape: slots(1, 1) };
const common = {
  productIds: array(rules.urn, 1, 64, { unique: true }),
  productNameCompany: text,
  characterizationSets: array(
    members({ set: oneOf('AR5', 'AR6', 'unstated'), share: rules.percent }),
    1,
    8,
  ),
};
const openOptional = {
  productClassifications: array(rules.urn, 1, 64, { unique: true }),
  precedingStatements: array(rules.digest, 1, 64, { unique: true }),
  extensions: array(
    members({ specVersion: text, dataSchema: text, data: rules.anything }, { documentation: text }),
    1,
    16,
  ),
  stages: slots(1, 1),
  gases: slots(1, 1),
  uncertainty: slots(1, 1),
  producedAmount: slots(1, 1),
  evidence: slots(1, 256),
};
const product = members(
  {
    ...common,
    ...withInventory,
    role: oneOf('product'),
    productDescription: text,
    boundary: oneOf('cradle-to-gate', 'cradle-to-grave'),
    basis: oneOf('life-cycle'),
    pcf: members({ ...pcfRequired, ...PACT_REQUIRED }, pcfOptional),
    computedWith,
  },
  { ...openOptional, reference: text, licence: text },
);
const factor = members(
  {
    ...common,
    role: oneOf('factor'),
    boundary: oneOf('cradle-to-gate', 'cradle-to-grave', 'gate-to-gate', 'gate-to-grave'),
    basis: oneOf('life-cycle', 'direct-only'),
    reference: text,
    licence: text,
    pcf: members(
      { ...pcfRequired, declaredUnitOfMeasurement: oneOf(...FACTOR_UNITS) },
      { ...PACT_REQUIRED, ...pcfOptional },
    ),
  },
  {
    ...openOptional,
    ...withInventory,
    productDescription: text,
    includesTransmission: boolean,
    computedWith,
  },
);

/** Checks a FootprintStatement's subject. @type {rules.Rule} */
export function subject(value, path) {
  const role = isObject(value) ? value.role : undefined;
  if (role !== 'product' && role !== 'factor') refuse(`${path}.role`, 'product or factor');
  (role === 'product' ? product : factor)(value, path);
  if (role === 'factor') factorTogether(value, path);
  together(value, path);
}

function factorTogether(value, path) {
  const parts = ['inventory', 'inventoryShape', 'computedWith'].filter((name) => has(value, name));
  if (parts.length !== 0 && parts.length !== 3) {
    refuse(path, 'complete: inventory, inventoryShape and computedWith come together');
  }
  if (value.pcf.primaryDataShare !== '0') {
    refuse(`${path}.pcf.primaryDataShare`, '"0", as a factor is secondary data');
  }
}

// What no member can tell alone.
function together(value, path) {
  const { pcf } = value;
  if (GEOGRAPHY.filter((name) => has(pcf, name)).length !== 1) {
    refuse(`${path}.pcf`, `with exactly one of ${GEOGRAPHY.join(', ')}`);
  }
  if (pcf.referencePeriodStart > pcf.referencePeriodEnd) {
    refuse(`${path}.pcf.referencePeriodEnd`, "at or after the reference period's start");
  }
  const sets = value.characterizationSets.map((item) => item.set);
  if (new Set(sets).size !== sets.length)
    refuse(`${path}.characterizationSets`, 'naming each set once');
  const electricity =
    pcf.declaredUnitOfMeasurement === 'kilowatt hour' && value.basis === 'life-cycle';
  if (value.role === 'factor' && electricity && !has(value, 'includesTransmission')) {
    refuse(path, 'complete: a factor per kilowatt hour says includesTransmission');
  }
  for (const [part, whole] of Object.entries(PARTS)) noPartBeyondItsWhole(pcf, part, whole, path);
}

function noPartBeyondItsWhole(pcf, part, whole, path) {
  if (!has(pcf, part)) return;
  const most = whole
    .filter((name) => has(pcf, name))
    .reduce((sum, name) => sum.add(Rational.from(pcf[name])), ZERO);
  if (Rational.from(pcf[part]).compare(most) > 0) {
    throw new Refused(
      `${path}.pcf.${part} is more than ${whole.join(' + ')}, of which it is a part`,
    );
  }
}
