/**
 * The operators that compare values: each takes its parameters and gives what judges a scope.
 *
 * What is not in the draft is "absent", which fails where a value is demanded; a test that may do
 * without one gives the value that stands for it (`absent`). docs/rules.md says each of them.
 */
import { Rational, ZERO } from '../core/rational.js';
import { folded } from './casefold.js';
import { checkDigits } from './check_digits.js';
import { failed, passed } from './finding.js';
import { reading, shown } from './nodes.js';
import { pathOf } from './paths.js';
import { apart, fromTime, notBefore, withinYears } from './spans.js';
import { asText, decimal, exactly, isSame } from './values.js';

const FEW = 12;

function present({ paths: texts }) {
  const paths = texts.map(pathOf);
  const kept = passed(() => `${texts.join(', ')} present`);
  return reading(paths, (scope) => {
    if (paths.every((path) => path.values(scope).length > 0)) return kept;
    const missing = paths.filter((path) => path.values(scope).length === 0);
    const listed = missing.map(({ text }) => text).join(', ');
    return failed(() => (paths.length === 1 ? `${listed} is absent` : `${listed} absent`));
  });
}

function oneOf({ path: at, values: wanted, first }) {
  const [path, known] = [pathOf(at), new Set(wanted)];
  const isKnown = (one) =>
    typeof one === 'string' &&
    known.has(first === undefined ? one : [...one].slice(0, first).join(''));
  const few = wanted.slice(0, FEW).join(', ');
  const listed = wanted.length <= FEW ? few : `${few} … (${wanted.length} in all)`;
  return reading([path], (scope) => {
    const values = path.values(scope);
    if (values.length === 0) return absent(path);
    if (values.every(isKnown)) return is(path, values);
    const strange = values.filter((one) => !isKnown(one));
    return failed(() => `${path.text} is ${shown(strange)}, not one of ${listed}`);
  });
}

function contains({ path: at, value: wanted }) {
  const path = pathOf(at);
  const kept = passed(() => `${path.text} names ${wanted}`);
  const missing = failed(() => `${path.text} does not name ${wanted}`);
  return reading([path], (scope) => (path.values(scope).includes(wanted) ? kept : missing));
}

function same({ path: at, other: than }) {
  const [path, other] = [pathOf(at), pathOf(than)];
  return reading([path, other], (scope) => {
    const [ours, theirs] = [path.values(scope), other.values(scope)];
    if (ours.length === 0 || theirs.length === 0) return absent(ours.length === 0 ? path : other);
    const strange = ours.filter((one) => !theirs.some((their) => isSame(one, their)));
    return strange.length > 0
      ? failed(() => `${path.text} is ${shown(strange)}, ${other.text} is ${shown(theirs)}`)
      : is(path, ours);
  });
}

function flag({ path: at, value: wanted }) {
  const path = pathOf(at);
  const kept = passed(() => `${path.text} is ${wanted}`);
  const other = failed(() => `${path.text} is not ${wanted}`);
  return reading([path], (scope) => {
    const values = path.values(scope);
    if (values.length === 0) return absent(path);
    return values.some((value) => value !== wanted) ? other : kept;
  });
}

/** `holds` is asked of the sign of value − bound. */
const bounded =
  (holds, word) =>
  ({ path: at, value: bound, absent: instead }) => {
    const [path, limit] = [pathOf(at), exactly(bound)];
    return reading([path], (scope) => {
      const given = path.values(scope);
      const values = given.length === 0 && instead !== undefined ? [instead] : given;
      if (values.length === 0) return absent(path);
      for (const value of values) {
        const number = decimal(value);
        if (number === null) return failed(() => `${path.text} is not a plain decimal in a text`);
        if (!holds(number.value.compare(limit)))
          return failed(() => `${path.text} is ${value}, ${word} ${bound}`);
      }
      return is(path, values);
    });
  };

function sumEquals({ path: at, terms: texts }) {
  const [path, terms] = [pathOf(at), texts.map(pathOf)];
  return reading([path, ...terms], (scope) => {
    const totals = path.values(scope);
    const parts = terms.flatMap((term) => term.values(scope));
    if (totals.length === 0) return absent(path);
    const numbers = parts.map(decimal);
    if (numbers.includes(null))
      return failed(() => `a term of ${path.text} is not a plain decimal in a text`);
    const sum = numbers.reduce((total, { value }) => total.add(value), ZERO);
    return totals.every((text) => decimal(text)?.value.equals(sum))
      ? passed(() => `${path.text} is the sum of its ${parts.length} terms`)
      : failed(() => `${path.text} is ${shown(totals)}, its terms are ${shown(parts)}`);
  });
}

function sharesSum({ path: at, total }) {
  const [path, whole] = [pathOf(at), exactly(total)];
  return reading([path], (scope) => {
    const texts = path.values(scope);
    const shares = texts.map(decimal);
    if (shares.length === 0 || shares.includes(null))
      return failed(() => `${path.text} names no shares`);
    // Each share is rounded on its own, so each may be half a unit of the last place away.
    const places = Math.min(...shares.map((share) => share.places));
    const most = new Rational(BigInt(shares.length), 10n ** BigInt(places));
    const sum = shares.reduce((added, { value }) => added.add(value), ZERO);
    const gap = sum.sub(whole).abs();
    return gap.add(gap).compare(most) > 0
      ? failed(() => `${path.text} is ${shown(texts)}, which does not add to ${total}`)
      : passed(() => `${path.text} adds to ${total}`);
  });
}

function noWords({ paths: texts, words: wanted }) {
  const paths = texts.map(pathOf);
  const words = wanted.map((word) => [word, folded(word)]);
  const kept = passed(() => `${texts.join(', ')} free of ${words.length} words`);
  return reading(paths, (scope) => {
    const read = paths.map((path) => [path, path.values(scope)]);
    for (const [path, values] of read) {
      for (const value of values) {
        const text = folded(asText(value));
        const found = words.find(([, word]) => text.includes(word));
        if (found !== undefined) return failed(() => `${path.text} contains "${found[0]}"`);
      }
    }
    return kept;
  });
}

function absent(path) {
  return failed(() => `${path.text} is absent`);
}

function is(path, values) {
  return passed(() => `${path.text} is ${shown(values)}`);
}

/** @type {ReadonlyMap<string, (test: object) => import('./nodes.js').Judging>} */
export const COMPARISONS = new Map([
  ['present', present],
  ['one_of', oneOf],
  ['contains', contains],
  ['same', same],
  ['flag', flag],
  ['at_most', bounded((sign) => sign <= 0, 'more than')],
  ['at_least', bounded((sign) => sign >= 0, 'less than')],
  ['more_than', bounded((sign) => sign > 0, 'not more than')],
  ['less_than', bounded((sign) => sign < 0, 'not less than')],
  ['sum_equals', sumEquals],
  ['shares_sum', sharesSum],
  ['within_years', withinYears],
  ['not_before', notBefore],
  ['from_time', fromTime],
  ['apart', apart],
  ['check_digits', checkDigits],
  ['no_words', noWords],
]);
