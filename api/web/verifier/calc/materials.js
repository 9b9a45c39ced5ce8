/**
 * Lines of one material by the Circular Footprint Formula (law 1): one mass and one set of
 * parameters, each term once, and none missing. Materials are compared by their folded names.
 */
import { Rational } from '../core/rational.js';
import { fold } from '../core/spelling.js';
import { has } from '../schema/rules.js';
import { SUBSTITUTION } from '../schema/words.js';
import { Broken } from './broken.js';
import { ALL_TERMS, AT_THE_GATE, coefficient, PARAMETERS } from './circular.js';

const LAW = 1;
const [AVOIDED, PRIMARY] = ['avoided', ['virgin', 'avoided']];

/**
 * What lines have apart that are of one material, whatever is hidden or missing beside them.
 * @param {object[]} values all open lines as signed
 * @returns {string[]} notices: two materials of one primary footprint with different A, and one
 *   that is credited by another footprint than it is made of
 * @throws {Broken}
 */
export function requireAlike(values) {
  const materials = [...materialsOf(values).values()];
  for (const lines of materials) requireOne(lines);
  requireNoneBeside(values);
  return [...split(materials), ...replaced(materials)];
}

/**
 * The terms that materials lack.
 * @param {object[]} values all lines that the inventory has, as signed
 * @param {string} boundary of the footprint
 * @returns {string[]} notices: a credit for a material that no line makes
 * @throws {Broken} where a term of which the formula takes something is no line
 */
export function requireWhole(values, boundary) {
  const notices = [];
  for (const lines of materialsOf(values).values()) {
    const stated = lines.map(({ circular }) => circular.term);
    const isMade = AT_THE_GATE.some((term) => stated.includes(term));
    const missing = ALL_TERMS.find(
      (term) =>
        !stated.includes(term) &&
        (AT_THE_GATE.includes(term) ? isMade : boundary.endsWith('-to-grave')) &&
        !coefficient({ ...lines[0].circular, term }).isZero,
    );
    const of = named(lines[0]);
    if (missing !== undefined)
      throw new Broken(LAW, `line ${lines[0].line} is of ${of}, which lacks its term ${missing}`);
    const credit = lines.find(({ circular }) => circular.term === AVOIDED);
    if (credit !== undefined && !isMade) {
      const why = 'A and R1 of the part that brings it were not compared';
      const what = `credits the recycling of ${of}, which no line makes: ${why}`;
      notices.push(`law ${LAW}: line ${credit.line} ${what}`);
    }
  }
  return notices;
}

function requireOne([first, ...others]) {
  const seen = new Map([[first.circular.term, first.line]]);
  for (const { line, circular } of others) {
    const of = `of material ${circular.material}`;
    const differing = differs(first.circular, circular);
    if (differing !== undefined)
      throw new Broken(LAW, `line ${line} has another ${differing} ${of} than line ${first.line}`);
    const { term } = circular;
    if (seen.has(term)) {
      const why = `line ${line} is the term ${term} ${of}, and so is line ${seen.get(term)}`;
      throw new Broken(LAW, why);
    }
    seen.set(term, line);
  }
}

// Recycling that the formula credits is credited by no line beside it.
function requireNoneBeside(values) {
  const avoided = values.find(({ circular }) => circular?.term === AVOIDED);
  const credit = values.find(
    ({ allocation, circular, stage }) =>
      allocation?.method === SUBSTITUTION && circular === undefined && stage === 'recycling',
  );
  if (avoided === undefined || credit === undefined) return;
  const why = `is a credit for recycling beside that of the formula in line ${avoided.line}`;
  throw new Broken(LAW, `line ${credit.line} ${why}`);
}

// A material whose recycling is credited by another footprint than it is made of.
function replaced(materials) {
  const notices = [];
  for (const lines of materials) {
    const [made, credited] = ['virgin', AVOIDED].map((term) =>
      lines.find(({ circular }) => circular.term === term),
    );
    if (made === undefined || credited === undefined || sourceOf(made) === sourceOf(credited))
      continue;
    const what = `credits the recycling of ${named(made)} by another footprint`;
    notices.push(`law ${LAW}: line ${credited.line} ${what} than line ${made.line} makes it of`);
  }
  return notices;
}

// A belongs to a material: 4.4.8.2.
function split(materials) {
  const notices = [];
  const firstOf = new Map();
  for (const lines of materials) {
    for (const source of lines.filter(isPrimary).map(sourceOf)) {
      if (source === null) continue;
      if (!firstOf.has(source)) firstOf.set(source, lines[0]);
      const before = firstOf.get(source);
      if (equal(before.circular.A, lines[0].circular.A)) continue;
      notices.push(
        `law ${LAW}: line ${lines[0].line} is of ${named(lines[0])}, of one primary material with` +
          ` ${named(before)}: A differs`,
      );
      break;
    }
  }
  return notices;
}

function materialsOf(values) {
  const found = new Map();
  for (const value of values) {
    if (!has(value, 'circular')) continue;
    const name = fold(value.circular.material);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(value);
  }
  return found;
}

function differs(one, other) {
  const parameter = PARAMETERS.find((name) => !equal(one[name], other[name]));
  if (parameter !== undefined) return parameter;
  const isSame = one.mass.unit === other.mass.unit && equal(one.mass.value, other.mass.value);
  return isSame ? undefined : 'mass';
}

// What tells a cited or published footprint from others; null of another source.
function sourceOf({ source }) {
  if (has(source, 'statement')) return source.statement;
  if (!has(source, 'published')) return null;
  return JSON.stringify([source.published, source.per, source.reference]);
}

const isPrimary = ({ circular }) => PRIMARY.includes(circular.term);
const equal = (one, other) => Rational.from(one).compare(Rational.from(other)) === 0;
const named = ({ circular }) => `material ${circular.material}`;
