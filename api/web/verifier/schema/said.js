/** What a footprint may say of itself beside its figures. Open, and none of it is computed. */
import * as rules from './rules.js';
import { array, boolean, integer, members, oneOf, text } from './rules.js';
import { MAX_ROW } from './line.js';
import { declaredQuantity, plainAmount } from './quantity.js';
import { SERVICES } from './words.js';

const VARIANT_REASONS = [
  'energy-attributes',
  'recycled-content',
  'mass-balance',
  'site',
  'customer-specification',
  'transport-mode',
];
const CHAINS = ['identity-preserved', 'segregated', 'mass-balance', 'book-and-claim'];
/** An opaque code: never a customer's name. */
export const VARIANT_CODE = rules.matching(/^[A-Za-z0-9]{6,32}$/, '6 to 32 letters and digits');
const texts = array(text, 1, 64);

const functionalUnit = members(
  {
    description: text,
    value: rules.positive,
    unit: text,
    referenceFlow: plainAmount,
    serviceLife: plainAmount,
  },
  { useScenario: text, endOfLifeScenario: text },
);
const chainOfCustody = members(
  { model: oneOf(...CHAINS), scheme: text, freeAttribution: boolean },
  {
    certificate: text,
    attributedBiogenicCarbon: rules.notNegative,
    attributedRecycledCarbon: rules.notNegative,
  },
);

/** The record of the process that made a product, and its row. @type {rules.Rule} */
export const processCited = members({ record: rules.digest, row: integer(0, MAX_ROW) });

/** Optional members of any footprint, by name. */
export const SAID = Object.freeze({
  service: oneOf(...SERVICES),
  sites: array(rules.urn, 1, 64, { unique: true }),
  outlook: oneOf('retrospective', 'prospective'),
  variant: members(
    { reason: oneOf(...VARIANT_REASONS), code: VARIANT_CODE },
    { pool: rules.digest },
  ),
  functionalUnit,
  chainOfCustody,
  interpretation: members(
    {},
    { conclusions: text, sensitivity: texts, limitations: texts, valueChoices: texts },
  ),
  quantity: declaredQuantity,
  // The output and the proof of ECVRF-P256-SHA256-TAI (RFC 9381, 5.5).
  pseudonym: members({ value: rules.bytes(32), proof: rules.bytes(81) }),
});
