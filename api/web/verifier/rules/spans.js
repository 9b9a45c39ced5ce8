/** The operators on times: RFC 3339 in UTC with whole seconds, in the Gregorian calendar. */
import { Rational } from '../core/rational.js';
import { failed, passed } from './finding.js';
import { reading } from './nodes.js';
import { pathOf } from './paths.js';
import { exactly, isTime, seconds, SECONDS_A_DAY, withoutZeros } from './values.js';

const DAY_PLACES = 3;

/** The first time at `path` is no later than that at `after`, so many calendar years later. */
export function withinYears({ path: at, after: from, years }) {
  const [path, after] = [pathOf(at), pathOf(from)];
  return reading([path, after], (scope) => {
    const [end, start] = [first(path, scope), first(after, scope)];
    if (end === null || start === null) return noTimes(path, after);
    const [year, rest] = [Number(start.slice(0, 4)) + years, start.slice(4)];
    const limit = () => `${String(year).padStart(4, '0')}${rest}`;
    const ends = Number(end.slice(0, 4));
    return ends > year || (ends === year && end.slice(4) > rest)
      ? failed(() => `${path.text} is ${end}, later than ${limit()}`)
      : passed(() => `${path.text} is ${end}, until ${limit()} is allowed`);
  });
}

/** The first time at `path` is that at `other` or later. */
export function notBefore({ path: at, other: least }) {
  const [path, other] = [pathOf(at), pathOf(least)];
  return reading([path, other], (scope) => {
    const [time, earliest] = [first(path, scope), first(other, scope)];
    if (time === null || earliest === null) return noTimes(path, other);
    return time < earliest
      ? failed(() => `${path.text} is ${time}, before ${other.text}, ${earliest}`)
      : passed(() => `${path.text} is ${time}`);
  });
}

/** The first time at `path` is this time or later. */
export function fromTime({ path: at, time: least }) {
  const path = pathOf(at);
  return reading([path], (scope) => {
    const time = first(path, scope);
    if (time === null) return failed(() => `${path.text} is not a time in UTC`);
    return time < least
      ? failed(() => `${path.text} is ${time}, before ${least}`)
      : passed(() => `${path.text} is ${time}`);
  });
}

/** From `start` to `end` are at least `least` and at most `most` days of 86,400 s. */
export function apart({ start: from, end: to, least, most }) {
  const [start, end] = [pathOf(from), pathOf(to)];
  const [low, high] = [least, most].map((days) =>
    days === undefined ? null : exactly(days).mul(Rational.of(SECONDS_A_DAY)),
  );
  return reading([start, end], (scope) => {
    const [begun, ended] = [first(start, scope), first(end, scope)];
    if (begun === null || ended === null) return noTimes(start, end);
    const span = Rational.of(seconds(ended) - seconds(begun));
    const say = (word) => () => {
      const days = withoutZeros(span.div(Rational.of(SECONDS_A_DAY)).fixed(DAY_PLACES));
      return `from ${start.text} to ${end.text} are ${days} days, ${word}`;
    };
    if (low !== null && span.compare(low) < 0) return failed(say(`less than ${least} days`));
    if (high !== null && span.compare(high) > 0) return failed(say(`more than ${most} days`));
    return passed(say('as it should be'));
  });
}

function first(path, scope) {
  const [value] = path.values(scope);
  return isTime(value) ? value : null;
}

function noTimes(path, other) {
  return failed(() => `${path.text} or ${other.text} is not a time in UTC`);
}
