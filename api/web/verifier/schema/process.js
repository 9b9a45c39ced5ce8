/**
 * A process record (law 2): one process of one issuer in one period, every output with its method
 * and weight, every activity with its amount. Both lists are hidden, padded with decoys.
 */
import * as rules from './rules.js';
import { array, integer, members, oneOf, text } from './rules.js';
import { MAX_ROW } from './line.js';
import { lineAmount, plainAmount } from './quantity.js';
import { padded, slots } from './slots.js';
import { source } from './sources.js';
import { ROW_METHODS, STAGES, WEIGHED } from './words.js';

/** Arrays of placeholders, in the order in which their slots are numbered. */
export const HIDDEN = Object.freeze([
  'allocation',
  'allocationShape',
  'activities',
  'activitiesShape',
]);

const rowMembers = members(
  {
    row: integer(0, MAX_ROW),
    name: text,
    amount: plainAmount,
    yield: aboveZeroToOne,
    method: oneOf(...ROW_METHODS),
    weight: rules.notNegative,
    weightUnit: text,
    share: rules.percent,
  },
  { productId: rules.urn },
);

/** One output of a process. What takes a share is a product. @type {rules.Rule} */
export function row(value, path) {
  rowMembers(value, path);
  if (WEIGHED.includes(value.method) && !rules.has(value, 'productId'))
    rules.refuse(`${path}.productId`, 'there: the row takes a share');
}

/** What a process took or gave off. @type {rules.Rule} */
export const activity = members(
  {
    activity: integer(0, MAX_ROW),
    description: text,
    stage: oneOf(...STAGES),
    amount: lineAmount,
    source,
  },
  { serves: integer(0, MAX_ROW) },
);

const recordMembers = members(
  {
    site: rules.urn,
    process: text,
    periodStart: rules.time,
    periodEnd: rules.time,
    rule: members({ id: text, digest: rules.digest }),
    allocation: padded,
    allocationShape: slots(1, 1),
    activities: padded,
    activitiesShape: slots(1, 1),
  },
  { claims: array(rules.digest, 1, 256, { unique: true }) },
);

/** A ProcessRecord's subject. @type {rules.Rule} */
export function processRecord(value, path) {
  recordMembers(value, path);
  rules.period(value, path, 'periodStart', 'periodEnd');
}

function aboveZeroToOne(value, path) {
  rules.positive(value, path);
  rules.fraction(value, path);
}
