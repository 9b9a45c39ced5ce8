/**
 * The operators that combine tests, and compiling any test.
 *
 * Logic is three-valued and a little more: what can't be looked at is "not checked" and spreads,
 * and a test about something that the draft does not have is "not applicable".
 */
import {
  FAILED,
  failed,
  NOT_APPLICABLE,
  NOT_CHECKED,
  notApplicable,
  PASSED,
  passed,
} from './finding.js';
import { reading, worst } from './nodes.js';
import { COMPARISONS } from './operators.js';
import { compare } from './sums.js';

const NO_INVENTORY = notApplicable(() => 'it has no inventory');
const NO_LINE = notApplicable(() => 'no line that it applies to');
const TURNED = { [PASSED]: FAILED, [FAILED]: PASSED };
// What a disjunction comes to that nothing passes: what is unknown prevails.
const UNPASSED = [NOT_CHECKED, FAILED, NOT_APPLICABLE];

/** A test, whose form was checked, with its parameters read and its parts compiled. */
export function compileTest(test) {
  const make = COMPARISONS.get(test.op) ?? COMBINATIONS.get(test.op);
  return { op: test.op, outcome: make(test) };
}

const compiled = (test) => compileTest(test).outcome;

function all({ tests }) {
  const parts = tests.map(compiled);
  return (scope) => {
    const outcomes = [];
    for (const part of parts) {
      const outcome = part(scope);
      // The other failures are looked for when somebody reads what was found.
      if (outcome.state === FAILED)
        return failed(() => worst(parts.map((one) => one(scope))).found());
      outcomes.push(outcome);
    }
    return worst(outcomes) ?? notApplicable(outcomes[0].found);
  };
}

function any({ tests }) {
  const parts = tests.map(compiled);
  return (scope) => {
    const outcomes = [];
    for (const part of parts) {
      const outcome = part(scope);
      if (outcome.state === PASSED) return outcome;
      outcomes.push(outcome);
    }
    const state = UNPASSED.find((one) => outcomes.some((outcome) => outcome.state === one));
    const those = outcomes.filter((outcome) => outcome.state === state);
    return { state, found: () => those.map(({ found }) => found()).join('; ') };
  };
}

function not({ test }) {
  const part = compiled(test);
  return (scope) => {
    const { state, found } = part(scope);
    return { state: TURNED[state] ?? state, found };
  };
}

function when({ if: condition, then }) {
  const [asked, follows] = [compiled(condition), compiled(then)];
  return (scope) => {
    const outcome = asked(scope);
    if (outcome.state === PASSED) return follows(scope);
    return outcome.state === NOT_CHECKED ? outcome : notApplicable(outcome.found);
  };
}

function everyLine({ test, where }) {
  const part = compiled(test);
  const chosen = where === undefined ? null : compiled(where);
  return reading([], (scope) => {
    if (scope.lines.length === 0) return NO_INVENTORY;
    let kept = 0;
    const others = [];
    scope.lines.forEach((line, number) => {
      const outcome = at(chosen, part, line);
      if (outcome === null || outcome.state === NOT_APPLICABLE) return;
      if (outcome.state === PASSED) kept += 1;
      else others.push(ofLine(outcome, number, line));
    });
    return worst(others) ?? (kept > 0 ? passed(() => `${kept} lines keep it`) : NO_LINE);
  });
}

// What a test comes to of a line; null if the line is not spoken of.
function at(where, part, line) {
  if (where !== null) {
    const condition = where(line);
    if (condition.state === NOT_CHECKED) return condition;
    if (condition.state !== PASSED) return null;
  }
  return part(line);
}

function someLine({ test }) {
  const part = compiled(test);
  return reading([], (scope) => {
    if (scope.lines.length === 0) return NO_INVENTORY;
    let unknown = null;
    for (const [number, line] of scope.lines.entries()) {
      const outcome = part(line);
      if (outcome.state === PASSED) return ofLine(outcome, number, line);
      if (outcome.state === NOT_CHECKED) unknown ??= ofLine(outcome, number, line);
    }
    return unknown ?? failed(() => `none of ${scope.lines.length} lines is such a one`);
  });
}

function ofLine({ state, found }, number, { line }) {
  const called = typeof line.description === 'string' ? line.description : 'undescribed';
  return { state, found: () => `line ${number + 1} (${called}): ${found()}` };
}

const COMBINATIONS = new Map([
  ['all', all],
  ['any', any],
  ['not', not],
  ['when', when],
  ['every_line', everyLine],
  ['some_line', someLine],
  ['compare', (test) => compare(test, compileTest)],
]);
