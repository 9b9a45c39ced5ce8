/** How far a value may be off: a distribution, and either a GSD or an interval. */
import * as rules from './rules.js';
import { has, members, oneOf, refuse } from './rules.js';

const required = {
  distribution: oneOf('lognormal', 'normal', 'uniform', 'triangular'),
  statedValue: rules.decimal,
};
const optional = {
  geometricStandardDeviation: rules.positive,
  interval: members({ lower: rules.decimal, upper: rules.decimal, percent: rules.percent }),
};

/**
 * The rule of a spread, with more optional members.
 * @param {Record<string, rules.Rule>} [more]
 * @returns {rules.Rule}
 */
export function spread(more = {}) {
  const rule = members(required, { ...optional, ...more });
  return (value, path) => {
    rule(value, path);
    if (has(value, 'geometricStandardDeviation') === has(value, 'interval'))
      refuse(path, 'with one of geometricStandardDeviation and interval');
  };
}
