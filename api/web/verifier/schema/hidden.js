/**
 * What opens behind a placeholder: inventory lines, cells and the other hidden members, of a
 * footprint and of a process record. A disclosed value keeps the rule of its slot's place.
 */
import * as rules from './rules.js';
import { array, integer, mapping, members, oneOf, rising, text } from './rules.js';
import { COMPONENTS } from './components.js';
import { line, MAX_LINE, MAX_ROW } from './line.js';
import { plainAmount } from './quantity.js';
import { activity, row } from './process.js';
import { VARIANT_CODE } from './said.js';
import { spread } from './spread.js';
import { STAGES } from './words.js';

const MAX_GASES = 512;

/** Rising indices. An empty list is well-formed and never enough. @type {rules.Rule} */
function shape(value, path) {
  array(integer(0, MAX_LINE), 0, MAX_LINE + 1)(value, path);
  rising(value, path);
}

const meter = members(
  { digest: rules.digest, type: text },
  {
    instrument: members(
      { id: text },
      {
        calibrationCertificate: text,
        calibrationValidUntil: rules.time,
        expandedUncertaintyPercent: rules.percent,
      },
    ),
  },
);

/** The rule of what a slot opens to, by the member that the slot stands in. */
export const OPENED = Object.freeze({
  inventory: line,
  inventoryShape: shape,
  cells: mapping(oneOf(...STAGES), mapping(oneOf(...COMPONENTS), rules.decimal)),
  gases: mapping(text, rules.decimal, MAX_GASES),
  uncertainty: spread(),
  outputUncertainty: spread(),
  producedAmount: plainAmount,
  evidence: meter,
  allocation: row,
  allocationShape: shape,
  activities: activity,
  activitiesShape: shape,
  // A row without a variant is the remainder: what is sold under the base number.
  rows: members(
    { row: integer(0, MAX_ROW), volume: rules.notNegative, value: rules.decimal },
    { variant: VARIANT_CODE },
  ),
  rowsShape: shape,
});
