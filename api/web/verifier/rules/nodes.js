/**
 * A compiled test: it judges a scope, with its parameters read once.
 *
 * @typedef {(scope: import('./paths.js').Scope) => import('./finding.js').Outcome} Judging
 * @typedef {{op: string, outcome: Judging}} Node
 */
import { FAILED, NOT_CHECKED, notChecked, PASSED } from './finding.js';
import { Unseen } from './paths.js';
import { asText } from './values.js';

const SHOWN = 3;
const SHOWN_VALUES = 4;
const UNCITED = notChecked(() => 'what the line cites is not available');

/**
 * `judging` that is not checked where one of the paths can't be read. A test that asks `cited` of a
 * line whose citation is not available is not checked, whatever its other paths come to; so is one
 * that meets a hidden slot.
 * @returns {Judging}
 */
export function reading(paths, judging) {
  const asksCited = paths.some((path) => path.asksCited);
  return (scope) => {
    if (asksCited && scope.uncited) return UNCITED;
    try {
      return judging(scope);
    } catch (error) {
      if (error instanceof Unseen) return notChecked(() => error.message);
      throw error;
    }
  };
}

/** What a conjunction comes to: a failure, else what is unknown, else that it holds; else null. */
export function worst(outcomes) {
  for (const state of [FAILED, NOT_CHECKED, PASSED]) {
    const first = outcomes.findIndex((outcome) => outcome.state === state);
    if (first < 0) continue;
    const others = outcomes.some((outcome, at) => at > first && outcome.state === state);
    if (!others) return outcomes[first];
    return { state, found: () => several(outcomes.filter((outcome) => outcome.state === state)) };
  }
  return null;
}

function several(outcomes) {
  const more = outcomes.length > SHOWN ? `; and ${outcomes.length - SHOWN} more` : '';
  return (
    outcomes
      .slice(0, SHOWN)
      .map(({ found }) => found())
      .join('; ') + more
  );
}

/** The first few values, for people. */
export function shown(values) {
  const more = values.length > SHOWN_VALUES ? ' …' : '';
  return values.slice(0, SHOWN_VALUES).map(asText).join(', ') + more;
}
