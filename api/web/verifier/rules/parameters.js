/**
 * The operators and their parameters: which each has, and what each of them must be. A list that is
 * empty is refused: a test that looks at nothing would pass whatever stands in the draft.
 *
 * @typedef {{wanted: string, holds: (value: unknown) => boolean}} Kind
 */
import { isObject } from '../schema/rules.js';
import { SCHEMES } from './check_digits.js';
import { ROOTS } from './paths.js';
import { RELATIONS } from './sums.js';
import { decimal, isTime } from './values.js';

export const MAX_ITEMS = 64;
const MAX_VALUES = 512;
const MAX_YEARS = 100;
const MAX_CHARACTERS = 64;
const A_PATH = new RegExp(`^(${ROOTS.join('|')})(\\.[A-Za-z][A-Za-z0-9]*)+$`);
const A_RATIO = /^-?[0-9]{1,40}(\.[0-9]{1,40}|\/[1-9][0-9]{0,39})?$/;
// What Python's str.strip takes off.
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

const kind = (wanted, holds) => Object.freeze({ wanted, holds });
const matching = (pattern, wanted) =>
  kind(wanted, (value) => typeof value === 'string' && pattern.test(value));
const listed = (item, what, most = MAX_ITEMS) =>
  kind(
    `a list of 1 to ${most} ${what}`,
    (value) =>
      Array.isArray(value) && value.length >= 1 && value.length <= most && value.every(item.holds),
  );
const whole = (least, most, what) =>
  kind(what, (value) => Number.isSafeInteger(value) && least <= value && value <= most);
const oneOf = (words) => kind(`one of ${words.join(', ')}`, (value) => words.includes(value));

function isNotNegative(value) {
  const number = decimal(value);
  return number !== null && number.value.sign >= 0;
}

const PATH = matching(A_PATH, `a path that starts with one of ${ROOTS.join(', ')}`);
const PATHS = listed(PATH, 'paths');
const WORD = kind('non-empty text', (value) => typeof value === 'string' && !BLANK.test(value));
const WORDS = listed(WORD, 'texts');
const VALUES = listed(WORD, 'texts', MAX_VALUES);
const LENGTH = whole(1, MAX_CHARACTERS, `a whole number from 1 to ${MAX_CHARACTERS}`);
const LENGTHS = listed(LENGTH, `whole numbers up to ${MAX_CHARACTERS}`);
const YEARS = whole(0, MAX_YEARS, `a whole number of years up to ${MAX_YEARS}`);
const RATIO = matching(A_RATIO, 'a plain decimal or a fraction such as 44/12 in a text');
const NUMBER = kind('a plain decimal in a text', (value) => decimal(value) !== null);
const NOT_NEGATIVE = kind('a plain decimal in a text, 0 or more', isNotNegative);
const BOOLEAN = kind('true or false', (value) => typeof value === 'boolean');
const TIME = kind('a time in UTC such as 2027-01-01T00:00:00Z', isTime);
// These have a form of their own, which form.js goes through.
export const TEST = kind('a test', isObject);
export const TESTS = kind(`a list of 1 to ${MAX_ITEMS} tests`, Array.isArray);
export const TERMS = kind(`a list of 1 to ${MAX_ITEMS} terms`, Array.isArray);
export const TOLERANCE = kind('an object of absolute, relative, lastPlaces', isObject);

const BOUND = { path: PATH, value: NUMBER };
/** What each operator must have. @type {Map<string, Record<string, Kind>>} */
export const OPERATORS = new Map(
  Object.entries({
    present: { paths: PATHS },
    one_of: { path: PATH, values: VALUES },
    contains: { path: PATH, value: WORD },
    same: { path: PATH, other: PATH },
    flag: { path: PATH, value: BOOLEAN },
    at_most: BOUND,
    at_least: BOUND,
    more_than: BOUND,
    less_than: BOUND,
    sum_equals: { path: PATH, terms: PATHS },
    shares_sum: { path: PATH, total: NUMBER },
    compare: { left: TERMS, is: oneOf(RELATIONS), right: TERMS },
    within_years: { path: PATH, after: PATH, years: YEARS },
    not_before: { path: PATH, other: PATH },
    from_time: { path: PATH, time: TIME },
    apart: { start: PATH, end: PATH },
    check_digits: { path: PATH, prefixes: WORDS, lengths: LENGTHS, scheme: oneOf(SCHEMES) },
    no_words: { paths: PATHS, words: WORDS },
    all: { tests: TESTS },
    any: { tests: TESTS },
    not: { test: TEST },
    when: { if: TEST, then: TEST },
    every_line: { test: TEST },
    some_line: { test: TEST },
  }),
);
/** What an operator may have. @type {Record<string, Record<string, Kind>>} */
export const OPTIONAL = Object.freeze({
  at_most: { absent: NUMBER },
  at_least: { absent: NUMBER },
  more_than: { absent: NUMBER },
  less_than: { absent: NUMBER },
  one_of: { first: LENGTH },
  compare: { tolerance: TOLERANCE },
  apart: { least: NOT_NEGATIVE, most: NOT_NEGATIVE },
  every_line: { where: TEST },
});
export const TERM = Object.freeze({ times: RATIO, of: PATHS, absent: NUMBER, lines: TEST });
export const MARGINS = Object.freeze({
  absolute: NOT_NEGATIVE,
  relative: NOT_NEGATIVE,
  lastPlaces: NOT_NEGATIVE,
});
/** They go to every line of an inventory; a test of a line does not go to all of them again. */
export const LINE_OPERATORS = new Set(['every_line', 'some_line']);
