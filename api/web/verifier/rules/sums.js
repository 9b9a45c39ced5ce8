/** The operator that compares two sums of products: members judged together, in exact numbers. */
import { MAX_ROUNDING } from '../calc/rounding.js';
import { Rational, ZERO } from '../core/rational.js';
import { GROSS } from '../schema/components.js';
import { failed, NOT_CHECKED, notChecked, PASSED, passed } from './finding.js';
import { reading } from './nodes.js';
import { pathOf } from './paths.js';
import { decimal, exactly, shownNumber } from './values.js';

const EMITTED = GROSS.map((name) => pathOf(`subject.pcf.${name}`));
/** How the difference left − right is compared with what is allowed, and what a failure says. */
const HOLDS = {
  at_most: [(gap, allowed) => gap.compare(allowed) <= 0, 'more than'],
  at_least: [(gap, allowed) => gap.compare(allowed.neg()) >= 0, 'less than'],
  less_than: [(gap) => gap.sign < 0, 'not less than'],
  more_than: [(gap) => gap.sign > 0, 'not more than'],
  equal: [(gap, allowed) => gap.abs().compare(allowed) <= 0, 'not'],
};
export const RELATIONS = Object.freeze(Object.keys(HOLDS));
export const STRICT = Object.freeze(['less_than', 'more_than']);

/** A value that is missing or no number, or a line that can't be judged. */
class Fault extends Error {
  constructor(outcome) {
    super();
    this.outcome = outcome;
  }
}

/** Compares `left` with `right` as `is` says, within `tolerance`. */
export function compare({ left, is, right, tolerance = {} }, compileTest) {
  const [holds, word] = HOLDS[is];
  const [ours, theirs] = [left, right].map((side) => side.map((term) => termOf(term, compileTest)));
  const paths = [...ours, ...theirs]
    .filter(({ lines }) => lines === null)
    .flatMap((term) => term.paths);
  const [absolute, relative, units] = ['absolute', 'relative', 'lastPlaces'].map((name) =>
    exactly(tolerance[name] ?? '0'),
  );
  const names = [left, right].map((side) => side.map(named).join(' + '));

  return reading(paths, (scope) => {
    for (const path of paths) path.values(scope); // what is hidden prevails over what is absent
    const places = [];
    let sides;
    try {
      sides = [sideOf(ours, scope, places), sideOf(theirs, scope, null)];
    } catch (error) {
      if (error instanceof Fault) return error.outcome;
      throw error;
    }
    let allowed = absolute.add(relative.mul(sides[1].abs()));
    const [one, other] = sides;
    if (!units.isZero && places.length > 0 && !holds(one.sub(other), allowed)) {
      const last = units.div(new Rational(10n ** BigInt(Math.min(...places))));
      const most = mostRounding(scope, sides);
      allowed = allowed.add(last.compare(most) < 0 ? last : most);
    }
    if (holds(one.sub(other), allowed))
      return passed(() => `${names[0]} is ${shownNumber(one)}`);
    return failed(
      () => `${names[0]} is ${shownNumber(one)}, ${word} ${shownNumber(other)} (${names[1]})`,
    );
  });
}

/** Reads `-0.5` or `-44/12`. */
function coefficient(text) {
  const [above, below = '1'] = text.split('/');
  return exactly(above).div(exactly(below));
}

function termOf({ times = '1', of = [], absent, lines }, compileTest) {
  return {
    times: coefficient(times),
    paths: of.map(pathOf),
    absent: absent === undefined ? null : exactly(absent),
    lines: lines === undefined ? null : compileTest(lines),
  };
}

function sideOf(terms, scope, places) {
  let total = ZERO;
  for (const term of terms) {
    for (const at of term.lines === null ? [scope] : chosen(term, scope))
      total = total.add(product(term, at, places));
  }
  return total;
}

// The lines that a term adds up.
function chosen({ lines: where, paths }, scope) {
  return scope.lines.filter((line) => {
    const outcome = where.outcome(line);
    if (outcome.state === NOT_CHECKED) throw new Fault(outcome);
    if (outcome.state !== PASSED) return false;
    if (line.uncited && paths.some((path) => path.asksCited))
      throw new Fault(notChecked(() => 'what a line cites is not available'));
    return true;
  });
}

function product(term, scope, places) {
  let result = term.times;
  for (const path of term.paths) {
    const values = path.values(scope);
    if (values.length === 0 && term.absent === null)
      throw new Fault(failed(() => `${path.text} is absent`));
    let number = values.length === 0 ? term.absent : ZERO;
    for (const value of values) {
      const read = decimal(value);
      if (read === null)
        throw new Fault(failed(() => `${path.text} is not a plain decimal in a text`));
      number = number.add(read.value);
      if (!read.value.isZero && places !== null) places.push(read.places);
    }
    result = result.mul(number);
  }
  return result;
}

// How many places are written is the issuer's choice: rounding may move a total by 0.1 % of the
// gross, and as much of the larger side is allowed, as check 8 allows it.
function mostRounding(scope, [ours, theirs]) {
  const read = EMITTED.flatMap((path) => path.values(scope)).map(decimal);
  const gross = read.reduce((sum, number) => (number === null ? sum : sum.add(number.value)), ZERO);
  const [one, other] = [ours.abs(), theirs.abs()];
  return MAX_ROUNDING.mul(gross.abs().add(one.compare(other) > 0 ? one : other));
}

function named({ times, of = [], lines }) {
  const parts = [...(times === undefined ? [] : [times]), ...of];
  return (parts.length > 0 ? parts : ['1']).join(' × ') + (lines === undefined ? '' : ' of lines');
}
