/** Check 8, arithmetic: every figure recomputes from the lines. Decides laws 1 and 3. */
import { compared as analysis } from '../analysis/compared.js';
import { Broken } from '../calc/broken.js';
import { circularAmount } from '../calc/circular.js';
import { creditsOf, removalsOf } from '../calc/columns.js';
import { gapRating } from '../calc/compatibility.js';
import { makeLine } from '../calc/lines.js';
import { requireAlike, requireWhole } from '../calc/materials.js';
import {
  requireBounded,
  requireOnce,
  requireNoCO2,
  requireStored,
  usedNotice,
} from '../calc/removals.js';
import { exactOf, shownOf } from '../calc/results.js';
import { totalsOf } from '../calc/totals.js';
import { heavyEnd } from '../calc/weighing.js';
import { Refused } from '../core/errors.js';
import { only } from '../evidence/opened.js';
import { has } from '../schema/rules.js';
import {
  broken,
  held,
  notApplicable as lawNotApplicable,
  notCheckable,
  UNSEEN,
  withLaws,
} from '../walk/laws.js';
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';
import { comparisons, entries, same, shown, TEMPORAL } from './comparing.js';
import { hiddenReason } from './hiding.js';
import { named } from './lines.js';
import { openFault } from './rulings/equations.js';
import { holdingFault, packedNotice } from './rulings/holding.js';

const NUMBER = 8;
const [ONE_NUMBER, APART] = [1, 3];

/**
 * Recomputes a statement from its own signed lines and its inputs' signed components: each line
 * that is open and whose input is present, whatever else is hidden.
 * @param {import('../walk/node.js').Node} node gets notices, and the lines recomputed
 * @param {Map<string, import('../walk/node.js').Node>} nodes
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function arithmetic(node, nodes, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'it states no footprint');
  if (!node.readable) return notChecked(NUMBER, 'the statement could not be read');
  const { subject } = node.statement;
  const { components } = node.cited;
  const fault =
    openFault(subject, components, only(node.opened, 'cells')) ?? holdingFault(subject, components);
  if (fault !== null) return breach(node, fault);
  node.notices.push(...packedNotice(subject, components), ...usedNotice(subject, components));
  if (!node.hasInventory) {
    const why = 'a footprint without inventory is not computed from anything';
    const apart = takesOff(node)
      ? notCheckable(APART, 'a footprint without inventory shows no evidence', UNSEEN.UNSAID)
      : lawNotApplicable(APART);
    return withLaws(notApplicable(NUMBER, why), [held(ONE_NUMBER), apart]);
  }
  if (node.opened.shape?.length === 0) {
    const why = 'the inventory names no line, and nothing sums to nothing';
    return breach(node, broken(ONE_NUMBER, why));
  }
  const tablesHeld = subject.computedWith.tables === context.tables.digest;
  const lines = tablesHeld ? linesOf(node, nodes, context.tables) : [];
  try {
    const exact = lines.map((line) => recomputed(line, node, context.tables));
    requireOnce(lines, exact, context.tables);
    node.recomputed = new Set(lines.map(({ value }) => value.line));
    // Of every open line, whether or not the file has the input of it.
    const values = [...node.opened.lines.values()];
    node.notices.push(...requireAlike(values));
    const heavy = heavyEnd(subject, values, context.tables);
    if (heavy !== null)
      node.notices.push(`law ${ONE_NUMBER}: ${named(heavy.lines)}: ${heavy.what}`);
    const why = whyNotWhole(node, tablesHeld);
    const check = why === null ? whole(node, lines, exact, context) : notChecked(NUMBER, ...why);
    return withLaws(check, rulings(node, check));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return breach(node, broken(error.law ?? ONE_NUMBER, error.message, error.compared));
  }
}

// Of both laws, as far as the whole was recomputed.
function rulings(node, { state, reason }) {
  const isWhole = state === 'passed';
  const isHidden = state !== 'failed' && !node.opened.complete;
  const unseen = isHidden ? UNSEEN.HIDDEN : UNSEEN.NOT_REACHED;
  return [ONE_NUMBER, APART].map((law) =>
    law === APART && !takesOff(node)
      ? lawNotApplicable(law)
      : isWhole
        ? held(law)
        : notCheckable(law, reason, unseen),
  );
}

// Where one law is broken, nothing is said of the other.
function breach(node, ruling) {
  const others = rulings(node, { state: 'failed', reason: 'another law is broken' });
  return withLaws(passed(NUMBER), [ruling, ...others.filter(({ law }) => law !== ruling.law)]);
}

// Law 3 is about what is taken off.
function takesOff({ cited: { components } }) {
  return [removalsOf, creditsOf].some((sum) => !sum(components).isZero);
}

// Without those that take a footprint which is not in the file.
function linesOf(node, nodes, tables) {
  const citing = new Map(node.citations.map(({ line, digest }) => [line, nodes.get(digest)]));
  const lines = [];
  for (const [index, value] of node.opened.lines) {
    const other = citing.get(index);
    if (!citing.has(index)) lines.push(makeLine(value, null));
    else if (other?.passed(1) && other.isFootprint) {
      const gap = gapRating(tables.rule, node.terms, other.terms);
      lines.push({ ...makeLine(value, other.cited, gap), from: other });
    }
  }
  return lines;
}

// A line by itself: its exact result, if that is the one signed.
function recomputed(line, node, tables) {
  const { lineDigits } = node.statement.subject.computedWith;
  const { value } = line;
  const exact = exactOf(line, tables);
  const [signed, mine] = [entries(value.result), shownOf(exact, lineDigits)];
  if (!same(signed, mine)) throw differs({ name: `line ${value.line}`, signed, mine });
  requireAmount(value, tables);
  requireStored(value, exact, tables);
  requireNoCO2(value);
  return exact;
}

// By the Circular Footprint Formula a line takes its mass times its term's coefficient.
function requireAmount(value, tables) {
  if (!has(value, 'circular')) return;
  const mine = circularAmount(value, tables);
  const signed = value.amount.value;
  if (signed !== mine) throw differs({ name: `line ${value.line}'s amount`, signed, mine });
}

// Why what stands beside the lines can't be recomputed, in words and of which kind; or null.
function whyNotWhole(node, tablesHeld) {
  const { lines, complete } = node.opened;
  if (lines.size > 0 && !tablesHeld)
    return ['its unit and GWP tables are not those that this verifier holds'];
  if (!complete) return [hiddenReason(node), UNSEEN.HIDDEN];
  return node.recomputed.size === lines.size ? null : ['an input is not in the file'];
}

function whole(node, lines, exact, context) {
  const { tables } = context;
  const { digits, lineDigits, rule } = node.statement.subject.computedWith;
  const values = lines.map(({ value }) => value);
  node.notices.push(...requireWhole(values, node.statement.subject.boundary));
  node.notices.push(...requireBounded(lines, exact, tables));
  const computed = totalsOf(lines, exact, { digits, lineDigits });
  const differing = [
    ...comparisons(node, computed),
    ...analysis(node, { lines, exact, computed, lineDigits }, tables),
  ].filter(({ differs, signed, mine }) => differs ?? !same(signed, mine));
  // With another rule, what a gap between periods does to a rating is not known.
  const unknown = !context.holdsRule(rule.digest) && lines.some(({ gap }) => gap > 1);
  const wrong = differing.find(({ name }) => !(unknown && name === TEMPORAL));
  if (wrong !== undefined) throw differs(wrong);
  if (differing.length > 0) {
    return notChecked(
      NUMBER,
      'its rule, which says what a gap of years does to a rating, is not held here',
    );
  }
  const total = node.statement.subject.pcf.pcfExcludingBiogenicUptake;
  const recompute = lines.length === 1 ? 'recomputes' : 'recompute';
  const reason = `${counted(lines.length, 'line')} ${recompute}`;
  return passed(NUMBER, reason, [total, computed.excluding]);
}

// What is signed is not what was computed.
function differs({ name, signed, mine }) {
  return new Broken(ONE_NUMBER, `${name} does not recompute`, [shown(signed), shown(mine)]);
}
