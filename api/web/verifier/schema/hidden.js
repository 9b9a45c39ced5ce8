/**
 * What opens behind a placeholder: inventory lines and the other hidden members. A disclosed value
 * keeps the rule of the place where its slot stands.
 */
import { Refused } from '../core/errors.js';
import {
  ADDED,
  COMPONENTS,
  NEGATIVE_COMPONENTS,
  OF_WHICH,
  STAGES,
  UPTAKE,
} from './footprint.js';
import { ratings } from './pact.js';
import * as rules from './rules.js';
import { array, boolean, has, isObject, mapping, members, oneOf, refuse, text } from './rules.js';

const MAX_LINE = 4095;
const amount = members({ value: rules.positive, unit: text });
const cited = { issuer: rules.did, productId: rules.urn };
const SOURCES = {
  statement: members({ statement: rules.digest, ...cited }),
  emission: members({ emission: oneOf('CO2e'), factor: rules.digest, ...cited }),
  gas: members({ gas: text, set: oneOf('AR5', 'AR6') }),
  published: members({
    published: rules.decimal,
    per: text,
    component: added,
    reference: text,
  }),
};

// A component that is added into a total: all but the "of which".
function added(value, path) {
  if (value === OF_WHICH) {
    throw new Refused(
      `${path} is not added into a total: ${value} is a part of fossilGhgEmissions`,
    );
  }
  oneOf(...ADDED)(value, path);
}

function source(value, path) {
  const kinds = Object.keys(SOURCES).filter((name) => isObject(value) && has(value, name));
  if (kinds.length !== 1) refuse(path, `exactly one of ${Object.keys(SOURCES).join(', ')}`);
  SOURCES[kinds[0]](value, path);
}

const spread = members(
  {
    distribution: oneOf('lognormal', 'normal', 'uniform', 'triangular'),
    statedValue: rules.decimal,
  },
  {
    geometricStandardDeviation: rules.positive,
    interval: members({ lower: rules.decimal, upper: rules.decimal, percent: rules.percent }),
  },
);

/** Distribution, stated value, and either a GSD or an interval. @type {rules.Rule} */
function uncertainty(value, path) {
  spread(value, path);
  if (has(value, 'geometricStandardDeviation') === has(value, 'interval')) {
    refuse(path, 'with one of geometricStandardDeviation and interval');
  }
}

const lineMembers = members(
  {
    line: rules.integer(0, MAX_LINE),
    stage: oneOf(...STAGES),
    description: text,
    amount,
    source,
    result: mapping(oneOf(...COMPONENTS), rules.decimal),
    primary: boolean,
  },
  {
    quality: ratings,
    uncertainty,
    allocation: members(
      { method: oneOf('subdivision', 'physical', 'economic', 'substitution', 'cut-off') },
      { share: rules.percent, group: text },
    ),
    certificate: members({ registry: text, id: text, MWh: rules.positive }),
    evidence: array(rules.digest, 1, 64, { unique: true }),
  },
);
const mayBeNegative = new Set([...NEGATIVE_COMPONENTS, UPTAKE]);
const creditStages = new Set(['end-of-life', 'recycling', 'manufacturing']);

/** One inventory line, signs included. @type {rules.Rule} */
function line(value, path) {
  lineMembers(value, path);
  const withMethod = creditStages.has(value.stage) && has(value, 'allocation');
  for (const [component, result] of Object.entries(value.result)) {
    if (result.startsWith('-') && !mayBeNegative.has(component) && !withMethod) {
      throw new Refused(
        `${path}.result.${component} is negative: only uptake, removals and capture may be, and` +
          ' waste and co-product lines with a named allocation method',
      );
    }
  }
}

/** Rising line indices. An empty list is well-formed and never enough. @type {rules.Rule} */
function shape(value, path) {
  array(rules.integer(0, MAX_LINE), 0)(value, path);
  if (value.some((index, place) => place > 0 && value[place - 1] >= index)) {
    refuse(path, 'an array of rising indices');
  }
}

/** The rule of what a slot opens to, by the member that the slot stands in. */
export const OPENED = Object.freeze({
  inventory: line,
  inventoryShape: shape,
  stages: mapping(oneOf(...STAGES), rules.decimal),
  gases: mapping(text, rules.decimal),
  uncertainty,
  producedAmount: amount,
  evidence: members(
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
  ),
});
