/** Retirement records, claims on them, and variant pools (laws 4 and 5). */
import * as rules from './rules.js';
import { array, has, members, oneOf, refuse, text } from './rules.js';
import { plainAmount } from './quantity.js';
import { padded, slots } from './slots.js';

const retirement = members({
  registry: text,
  beneficiary: rules.did,
  attribute: oneOf(
    'electricity',
    'heat',
    'biomethane',
    'hydrogen',
    'recycled-material',
    'bio-attributed-material',
  ),
  market: text,
  amount: plainAmount,
  productionStart: rules.time,
  productionEnd: rules.time,
  certificates: array(members({ from: text, to: text }), 1, 256),
});
const claim = members(
  { amount: plainAmount, periodStart: rules.time, periodEnd: rules.time },
  { retirement: rules.digest, certificate: members({ registry: text, id: text }) },
);

/** Arrays of placeholders of a pool, in the order in which their slots are numbered. */
export const HIDDEN = Object.freeze(['rows', 'rowsShape']);

/** A RetirementRecord's subject. @type {rules.Rule} */
export function retirementRecord(value, path) {
  retirement(value, path);
  rules.period(value, path, 'productionStart', 'productionEnd');
}

/** A ClaimRecord's subject: on a retirement, or on a certificate alone. @type {rules.Rule} */
export function claimRecord(value, path) {
  claim(value, path);
  rules.period(value, path, 'periodStart', 'periodEnd');
  if (has(value, 'retirement') === has(value, 'certificate'))
    refuse(path, 'with one of retirement and certificate');
}

/** A VariantPool's subject. @type {rules.Rule} */
export const variantPool = members({
  product: rules.urn,
  base: rules.digest,
  unit: text,
  rows: padded,
  rowsShape: slots(1, 1),
});
