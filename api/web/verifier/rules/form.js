/** The form of a test: a closed list of operators, each with a closed list of parameters. */
import { Refused } from '../core/errors.js';
import { has, isObject } from '../schema/rules.js';
import {
  LINE_OPERATORS,
  MARGINS,
  MAX_ITEMS,
  OPERATORS,
  OPTIONAL,
  TERM,
  TERMS,
  TEST,
  TESTS,
  TOLERANCE,
} from './parameters.js';
import { STRICT } from './sums.js';

const MAX_DEPTH = 8;

/**
 * Returns if `test` can be judged. `ofLine` says that it is judged once per line: then it does not
 * go to all lines itself.
 * @throws {Refused} with the place of the first fault
 */
export function checkTest(test, where, { depth = 1, ofLine = false } = {}) {
  if (depth > MAX_DEPTH) refuse(where, `is nested deeper than ${MAX_DEPTH} levels`);
  if (!isObject(test)) refuse(where, 'is not an object with an operator');
  const op = operatorOf(test, where);
  const needed = OPERATORS.get(op);
  const goesToLines = LINE_OPERATORS.has(op);
  if (ofLine && goesToLines)
    refuse(where, `has ${op} within a test of a line, which would go to all lines again`);
  const { op: _op, ...given } = test;
  const known = { ...needed, ...OPTIONAL[op] };
  checkMembers(given, known, where, op);
  for (const name of Object.keys(needed)) if (!has(test, name)) refuse(where, `lacks ${name}`);
  if (op === 'compare' && STRICT.includes(test.is) && has(test, 'tolerance'))
    refuse(where, `allows a tolerance for ${test.is}: at_most and at_least take one`);
  if (op === 'apart' && !has(test, 'least') && !has(test, 'most'))
    refuse(where, 'bounds nothing: give least or most');
  for (const [name, value] of Object.entries(given))
    check(known[name], value, `${where}.${name}`, { depth, ofLine: ofLine || goesToLines });
}

function operatorOf(test, where) {
  const listed = [...OPERATORS.keys()].join(', ');
  if (!has(test, 'op')) refuse(where, `has no operator (op) of ${listed}`);
  if (!OPERATORS.has(test.op))
    refuse(where, `has an operator that is not known: use ${listed}`);
  return test.op;
}

function checkMembers(given, known, where, what) {
  for (const name of Object.keys(given)) {
    if (!has(known, name))
      refuse(where, `has a parameter '${name.slice(0, 64)}' that ${what} does not know`);
  }
}

function check(kind, value, where, { depth, ofLine }) {
  if (!kind.holds(value) && kind !== TEST) refuse(where, `is not ${kind.wanted}`);
  const deeper = { depth: depth + 1, ofLine };
  if (kind === TEST) checkTest(value, where, deeper);
  else if (kind === TESTS) each(value, kind, where, (part, at) => checkTest(part, at, deeper));
  else if (kind === TERMS)
    each(value, kind, where, (term, at) => checkTerm(term, at, { depth, ofLine }));
  else if (kind === TOLERANCE) {
    if (Object.keys(value).length === 0) refuse(where, `is not ${kind.wanted}`);
    checkMembers(value, MARGINS, where, 'a tolerance');
    for (const [name, margin] of Object.entries(value))
      check(MARGINS[name], margin, `${where}.${name}`, { depth, ofLine });
  }
}

function each(parts, kind, where, checkPart) {
  if (parts.length < 1 || parts.length > MAX_ITEMS) refuse(where, `is not ${kind.wanted}`);
  parts.forEach((part, number) => checkPart(part, `${where}[${number}]`));
}

function checkTerm(term, where, { depth, ofLine }) {
  if (!isObject(term) || !(has(term, 'of') || has(term, 'times')))
    refuse(where, 'is not a term with times or of');
  checkMembers(term, TERM, where, 'a term');
  if (has(term, 'lines') && ofLine) refuse(where, 'goes to all lines within a test of a line');
  if (!has(term, 'of') && Object.keys(term).length > 1)
    refuse(where, 'looks at nothing (of): a constant has times alone');
  for (const [name, value] of Object.entries(term))
    check(TERM[name], value, `${where}.${name}`, { depth, ofLine: true });
}

function refuse(where, what) {
  throw new Refused(`${where} ${what}`);
}
