/**
 * FootprintStatement's `credentialSubject`: the closed member list of version 2. Names and meanings
 * inside `pcf` are those of PACT's Technical Specifications V3. What a product, a factor and an
 * attestation of a partner's unsigned figure must say differ; everything else is the same kind.
 */
import { Refused } from '../core/errors.js';
import { Rational, ZERO } from '../core/rational.js';
import * as rules from './rules.js';
import { array, boolean, has, isObject, members, oneOf, refuse, text } from './rules.js';
import { DIFFERENCE, EMISSIONS, FOSSIL, NOT_NEGATIVE, NOT_POSITIVE, PARTS } from './components.js';
import { MORE_OF_PACT, PACT_REQUIRED } from './pact.js';
import { processCited, SAID } from './said.js';
import { fitsItsKind } from './service.js';
import { padded, slots } from './slots.js';
import {
  DECLARED_UNITS,
  FACTOR_UNITS,
  GATE,
  GRAVE,
  GWP_SETS,
  HEAT,
  REGIONS,
  UNSTATED,
} from './words.js';

export const [PRODUCT, FACTOR, ATTESTED] = ['product', 'factor', 'attested'];
/** Arrays of placeholders, in the order in which their slots are numbered. */
export const HIDDEN = Object.freeze([
  'inventory',
  'inventoryShape',
  'cells',
  'gases',
  'uncertainty',
  'outputUncertainty',
  'producedAmount',
  'evidence',
]);
/** Those of them that stand behind one slot each, as a whole. */
export const HIDDEN_WHOLE = Object.freeze([
  'inventoryShape',
  'cells',
  'gases',
  'uncertainty',
  'outputUncertainty',
  'producedAmount',
]);
const INVENTORY = ['inventory', 'inventoryShape', 'cells', 'computedWith'];
/** The members of `pcf` that say where; each footprint has one of them. */
export const GEOGRAPHY = [
  'geographyCountry',
  'geographyCountrySubdivision',
  'geographyRegionOrSubregion',
];
const PACKAGING = 'packagingGhgEmissions';

const componentRules = {
  ...Object.fromEntries(NOT_NEGATIVE.map((name) => [name, rules.notNegative])),
  ...Object.fromEntries(NOT_POSITIVE.map((name) => [name, rules.notPositive])),
  [DIFFERENCE]: rules.decimal,
};
const pcfRequired = {
  declaredUnitOfMeasurement: oneOf(...DECLARED_UNITS),
  declaredUnitAmount: rules.positive,
  referencePeriodStart: rules.time,
  referencePeriodEnd: rules.time,
  pcfExcludingBiogenicUptake: rules.decimal,
  pcfIncludingBiogenicUptake: rules.decimal,
  primaryDataShare: rules.percent,
  [FOSSIL]: rules.notNegative,
};
const pcfOptional = {
  ...componentRules,
  ...MORE_OF_PACT,
  geographyCountry: rules.matching(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code'),
  geographyCountrySubdivision: rules.matching(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code'),
  geographyRegionOrSubregion: oneOf(...REGIONS),
};

const computedWith = members(
  {
    rule: members({ id: text, digest: rules.digest }),
    tables: rules.digest,
    lineDigits: rules.integer(9, 30),
    digits: rules.integer(3, 30),
    tool: text,
  },
  { model: rules.digest, matrix: rules.digest },
);
const withInventory = { inventory: padded, inventoryShape: slots(1, 1), cells: slots(1, 1) };
const common = {
  productIds: array(rules.urn, 1, 64, { unique: true }),
  productNameCompany: text,
  characterizationSets: array(
    members({ set: oneOf(...GWP_SETS, UNSTATED), share: rules.percent }),
    1,
    8,
  ),
};
const openOptional = {
  ...SAID,
  productClassifications: array(rules.urn, 1, 64, { unique: true }),
  precedingStatements: array(rules.digest, 1, 64, { unique: true }),
  extensions: array(
    members({ specVersion: text, dataSchema: text, data: rules.anything }, { documentation: text }),
    1,
    16,
  ),
  gases: slots(1, 1),
  uncertainty: slots(1, 1),
  evidence: slots(1, 256),
};
// Of what its issuer made, and not of an attestation.
const made = {
  process: processCited,
  cells: slots(1, 1),
  outputUncertainty: slots(1, 1),
  producedAmount: slots(1, 1),
};
const product = members(
  {
    ...common,
    ...withInventory,
    role: oneOf(PRODUCT),
    productDescription: text,
    boundary: oneOf(GATE, GRAVE),
    basis: oneOf('life-cycle'),
    pcf: members({ ...pcfRequired, ...PACT_REQUIRED }, pcfOptional),
    computedWith,
  },
  { ...openOptional, ...made, reference: text, licence: text },
);
const factor = members(
  {
    ...common,
    role: oneOf(FACTOR),
    boundary: oneOf(GATE, GRAVE, 'gate-to-gate', 'gate-to-grave'),
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
    ...made,
    ...withInventory,
    productDescription: text,
    includesTransmission: boolean,
    computedWith,
  },
);
const partner = members({
  name: text,
  productIds: array(text, 1, 64, { unique: true }),
  document: rules.digest,
  receivedAt: rules.time,
  specVersion: text,
});
const attested = members(
  {
    ...common,
    role: oneOf(ATTESTED),
    productDescription: text,
    boundary: oneOf(GATE, GRAVE),
    basis: oneOf('life-cycle'),
    partner,
    pcf: members(pcfRequired, { ...PACT_REQUIRED, ...pcfOptional }),
  },
  { ...openOptional, includesTransmission: boolean, reference: text, licence: text },
);
const OF_ROLE = { [PRODUCT]: product, [FACTOR]: factor, [ATTESTED]: attested };
/** What a footprint can be. */
export const ROLES = Object.freeze(Object.keys(OF_ROLE));

/** Checks a FootprintStatement's subject. @type {rules.Rule} */
export function subject(value, path) {
  const role = isObject(value) ? value.role : undefined;
  if (typeof role !== 'string' || !has(OF_ROLE, role))
    refuse(`${path}.role`, ROLES.join(', '));
  OF_ROLE[role](value, path);
  if (role === FACTOR) factorTogether(value, path);
  together(value, path);
}

function factorTogether(value, path) {
  const parts = INVENTORY.filter((name) => has(value, name));
  if (parts.length !== 0 && parts.length !== INVENTORY.length) {
    refuse(path, `complete: ${INVENTORY.join(', ')} come together`);
  }
  if (value.pcf.primaryDataShare !== '0') {
    refuse(`${path}.pcf.primaryDataShare`, '"0", as a factor is secondary data');
  }
}

// What no member can say alone.
function together(value, path) {
  const { pcf } = value;
  if (GEOGRAPHY.filter((name) => has(pcf, name)).length !== 1) {
    refuse(`${path}.pcf`, `with exactly one of ${GEOGRAPHY.join(', ')}`);
  }
  rules.period(pcf, `${path}.pcf`, 'referencePeriodStart', 'referencePeriodEnd');
  const sets = value.characterizationSets.map((item) => item.set);
  if (new Set(sets).size !== sets.length)
    refuse(`${path}.characterizationSets`, 'naming each set once');
  requireReports(pcf, sets, path);
  transmission(value, path);
  for (const part of PARTS) noPartBeyondItsWhole(pcf, part, [FOSSIL], path);
  noPartBeyondItsWhole(pcf, PACKAGING, EMISSIONS, path);
  fitsItsKind(value, path);
}

// PACT's own attribute names every report that the footprint rests on, so that no mix is silent.
function requireReports({ ipccCharacterizationFactors: reports }, sets, path) {
  if (reports === undefined) return;
  const rests = sets.filter((set) => set !== UNSTATED).map((set) => set.split('-')[0]);
  const missing = rests.filter((report) => !reports.includes(report));
  if (missing.length > 0)
    throw new Refused(
      `${path}.pcf.ipccCharacterizationFactors leaves out ${missing.join(', ')}, on which it rests`,
    );
}

// Electricity says whether transmission is in it; a fuel and heat are no electricity.
function transmission(value, path) {
  const isFuel = has(value.quantity ?? {}, 'calorificValue');
  const isSaid = has(value, 'includesTransmission');
  if (isFuel && isSaid)
    throw new Refused(`${path} says includesTransmission of a quantity by its calorific value`);
  const { role, pcf, basis, productClassifications = [] } = value;
  const isPower = pcf.declaredUnitOfMeasurement === 'kilowatt hour' && basis === 'life-cycle';
  const isOther = isFuel || productClassifications.includes(HEAT);
  if (role === FACTOR && isPower && !isSaid && !isOther)
    refuse(path, `complete: a factor per kilowatt hour says includesTransmission, or is ${HEAT}`);
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
