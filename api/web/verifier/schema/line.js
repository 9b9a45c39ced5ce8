/** One inventory line: an amount, its source, its result, and what is said of each. */
import { Refused } from '../core/errors.js';
import * as rules from './rules.js';
import { array, boolean, has, integer, mapping, members, oneOf, refuse, text } from './rules.js';
import {
  CAPTURE,
  COMPONENTS,
  CREDIT,
  NOT_NEGATIVE,
  NOT_POSITIVE,
  REMOVALS,
  TECHNOLOGICAL_REMOVALS,
} from './components.js';
import { ratings } from './pact.js';
import { lineAmount, plainAmount } from './quantity.js';
import { source } from './sources.js';
import { spread } from './spread.js';
import { LINE_METHODS, STAGES, SUBSTITUTION } from './words.js';

/** The last index that a slot of an inventory may have. */
export const MAX_LINE = 8191;
/** An activity's index in its process record, or an allocation row's. */
export const MAX_ROW = 8191;
const CREDITABLE = ['statement', 'published'];
const AVOIDED = 'avoided';
const STORED = [TECHNOLOGICAL_REMOVALS, CAPTURE];

const allocation = members(
  { method: oneOf(...LINE_METHODS) },
  { share: rules.percent, group: text, activity: integer(0, MAX_ROW) },
);
const certificate = members(
  { registry: text, id: text, MWh: rules.positive },
  { claim: rules.digest },
);
const removal = members({ method: text, evidence: text }, { stored: plainAmount });
const circular = members({
  material: text,
  term: oneOf('virgin', 'recycled', 'recycling', AVOIDED, 'disposal'),
  mass: plainAmount,
  A: rules.fraction,
  R1: rules.fraction,
  R2: rules.fraction,
  R3: rules.fraction,
  qualityIn: rules.notNegative,
  qualityOut: rules.notNegative,
});
const lineMembers = members(
  {
    line: integer(0, MAX_LINE),
    stage: oneOf(...STAGES),
    description: text,
    amount: lineAmount,
    source,
    result: mapping(oneOf(...COMPONENTS), rules.decimal),
    primary: boolean,
  },
  {
    quality: ratings,
    uncertainty: spread({ group: text }),
    allocation,
    certificate,
    electricity: oneOf('grid', 'contract', 'own', 'residual'),
    evidence: array(rules.digest, 1, 64, { unique: true }),
    removal,
    circular,
  },
);

/** One inventory line, signs included. @type {rules.Rule} */
export function line(value, path) {
  lineMembers(value, path);
  signs(value.result, path);
  credit(value, path);
  bound(value, path);
}

// Every result keeps the sign of its component, whatever the method.
function signs(result, path) {
  for (const [component, text] of Object.entries(result)) {
    const [isNegative, isZero] = [text.startsWith('-'), rules.isZero(text)];
    if (isNegative && NOT_NEGATIVE.includes(component))
      throw new Refused(`${path}.result.${component} is negative, and this component can't be`);
    if (!isNegative && !isZero && NOT_POSITIVE.includes(component))
      throw new Refused(`${path}.result.${component} is positive, and this component can't be`);
  }
}

// A credit needs what it displaces: a statement, or a published burden.
function credit({ allocation: by, source: from, circular: formula }, path) {
  const credited = by?.method === SUBSTITUTION;
  if (credited && !CREDITABLE.some((name) => has(from, name)))
    refuse(`${path}.source`, 'a statement or a published figure, which substitution credits');
  if (credited && has(from, 'published') && !isAbove(from.published))
    refuse(`${path}.source.published`, 'positive: the burden that is displaced');
  if (!credited && from.component === CREDIT)
    refuse(`${path}.source.component`, 'of a line whose method is substitution');
  if (formula !== undefined && (formula.term === AVOIDED) !== credited)
    refuse(`${path}.circular`, 'of the term avoided if, and only if, the method is substitution');
}

function isAbove(text) {
  return !text.startsWith('-') && !rules.isZero(text);
}

// A removal shows by what it was made; a technological one, and capture, what is stored.
function bound({ source: from, result, removal: shown }, path) {
  if (!has(from, 'gas') && !has(from, 'published')) return;
  const removed = REMOVALS.filter((name) => has(result, name));
  if (removed.length > 0 && shown === undefined)
    throw new Refused(`${path} is a removal and lacks removal: its method and evidence`);
  if (STORED.some((name) => removed.includes(name)) && !has(shown, 'stored'))
    throw new Refused(`${path}.removal lacks stored, the CO2 that is shown to be stored`);
}
