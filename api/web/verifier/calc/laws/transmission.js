/**
 * Law 8, electricity: transmission losses are added to exactly the electricity that lacks them, by
 * amount. Each kind of unit is counted by itself: electric vehicles are counted by distance.
 *
 * @typedef {object} PowerLine
 * @property {string} dimension of its unit
 * @property {Rational} amount in that dimension's base
 * @property {import('../compatibility.js').Terms | null} cited null where it cites nothing
 * @property {boolean} fuel whether its amount is by a calorific value
 * @property {boolean} electricity whether the line says that it is electricity
 */
import { ZERO } from '../../core/rational.js';
import { FACTOR } from '../../schema/footprint.js';
import { BROKEN, finding, NOTICE, UNSAID } from './finding.js';

const ELECTRICITY_UNIT = 'kilowatt hour';
const LEFT_OUT =
  'takes electricity without its transmission losses, and no line counts them all';
const [LOST, LACKING, NOT_SAID] = ['lost', 'lacking', 'not said'];

/**
 * @param {object} rule the compatibility table
 * @param {Map<number, PowerLine>} lines of a whole inventory, by number
 * @returns {import('./finding.js').Finding[]}
 */
export function transmissionFindings(rule, lines) {
  const dimensions = new Map();
  for (const [number, line] of lines) {
    const as = standing(rule, line);
    if (as === null) continue;
    if (!dimensions.has(line.dimension)) dimensions.set(line.dimension, emptySums());
    const sums = dimensions.get(line.dimension);
    sums[as] = sums[as].add(line.amount);
    if (as === LOST) sums.lines.push(number);
    if (as === LACKING) sums.without.push(number);
  }
  return [...dimensions.values()].flatMap(judged);
}

function emptySums() {
  return { lines: [], without: [], [LOST]: ZERO, [LACKING]: ZERO, [NOT_SAID]: ZERO };
}

function judged(sums) {
  const may = sums[LACKING].add(sums[NOT_SAID]);
  const order = sums[LOST].compare(sums[LACKING]);
  if (order < 0) return [finding(NOTICE, LEFT_OUT, ...sums.without)];
  if (order === 0) return [];
  return sums[LOST].compare(may) > 0
    ? [finding(BROKEN, 'adds transmission losses to more than lacks them', ...sums.lines)]
    : [finding(UNSAID, 'adds transmission losses to what may have them', ...sums.lines)];
}

// As what a line's amount counts; null where it is no electricity that could lack its losses.
function standing(rule, { cited, fuel, electricity }) {
  if (cited?.classifications.includes(rule.transmissionClassification)) return LOST;
  if (fuel) return null;
  const includes = cited?.includesTransmission ?? null;
  if (includes !== null) return includes ? null : LACKING;
  const isPower = cited !== null && cited.role !== FACTOR && cited.unit === ELECTRICITY_UNIT;
  return electricity || isPower ? NOT_SAID : null;
}
