/**
 * What a line's amount is multiplied with: an upstream statement, a direct-only factor for an own
 * emission, a measured gas, a published figure, a carbon balance, or a change of land use.
 */
import { Refused } from '../core/errors.js';
import * as rules from './rules.js';
import { array, has, integer, isObject, members, oneOf, refuse, text } from './rules.js';
import { ADDED, DIFFERENCE, NOT_POSITIVE } from './components.js';
import { plainAmount } from './quantity.js';
import { GWP_SETS } from './words.js';

const MAX_STREAMS = 64;
// ISO 14067:2018, 6.4.9.5, and IPCC 2006 Guidelines, volume 4: a change is spread over twenty
// years, and longer only where a harvest period that is named is longer.
const [YEARS, MOST_YEARS] = [20, 100];
const PUBLISHABLE = ADDED.filter((name) => name !== DIFFERENCE);
const cited = { issuer: rules.did, productId: rules.urn };

const stream = members(
  { stream: text, direction: oneOf('in', 'out'), mass: plainAmount, carbon: rules.fraction },
  { biogenicShare: rules.percent },
);
const figure = members({
  published: rules.decimal,
  per: text,
  component: publishable,
  reference: text,
});
const change = members(
  {
    before: rules.notNegative,
    after: rules.notNegative,
    years: integer(YEARS, MOST_YEARS),
  },
  { harvestPeriod: text },
);
const SOURCES = {
  statement: members({ statement: rules.digest, ...cited }),
  emission: members({ emission: oneOf('CO2e'), factor: rules.digest, ...cited }),
  gas: members({ gas: text, set: oneOf(...GWP_SETS) }),
  published,
  balance: members({ balance: array(stream, 1, MAX_STREAMS) }),
  landUseChange: members({ landUseChange }),
};

/** Exactly one kind of source. @type {rules.Rule} */
export function source(value, path) {
  const kinds = Object.keys(SOURCES).filter((name) => isObject(value) && has(value, name));
  if (kinds.length !== 1) refuse(path, `exactly one of ${Object.keys(SOURCES).join(', ')}`);
  SOURCES[kinds[0]](value, path);
}

/** The digest of the statement that a source cites, or undefined. */
export function citedBy({ statement, factor }) {
  return statement ?? factor;
}

function publishable(value, path) {
  if (!PUBLISHABLE.includes(value)) {
    throw new Refused(`${path} is not a component that is added into a total`);
  }
}

function landUseChange(value, path) {
  change(value, path);
  if (value.years > YEARS && !has(value, 'harvestPeriod')) {
    throw new Refused(`${path}.years is more than ${YEARS} without a harvestPeriod`);
  }
}

function published(value, path) {
  figure(value, path);
  if (value.published.startsWith('-') && !NOT_POSITIVE.includes(value.component)) {
    throw new Refused(`${path}.published is negative, and ${value.component} can't be`);
  }
}
