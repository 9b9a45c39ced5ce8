/** Check 8, arithmetic: lines, components, stages, totals, shares and quality recompute. */
import { compared as analysis } from '../analysis/compared.js';
import { gapRating } from '../calc/compatibility.js';
import { Refused } from '../core/errors.js';
import { makeLine, resultOf } from '../calc/lines.js';
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';
import { COMPONENTS } from '../schema/footprint.js';
import { has, isZero } from '../schema/rules.js';
import { totalsOf } from '../calc/totals.js';
import { hiddenReason } from './inputs.js';
import { openFault } from './opentotals.js';

const NUMBER = 8;
const RATINGS = ['technologicalDQR', 'geographicalDQR', 'temporalDQR'];
const TEMPORAL = 'dqi.temporalDQR';

/** What is signed is not what was computed. */
class Differs extends Refused {
  constructor({ name, signed, mine }) {
    super(`${name} does not recompute`);
    this.compared = [shown(signed), shown(mine)];
  }
}

/**
 * Recomputes a statement from its own signed lines and its inputs' signed totals: each line that
 * is open and whose input is at hand, whatever else is hidden.
 * @param {import('../walk/walknode.js').Node} node gets notices, and the lines recomputed
 * @param {Map<string, import('../walk/walknode.js').Node>} nodes
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function arithmetic(node, nodes, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'it states no footprint');
  if (!node.readable) return notChecked(NUMBER, 'the statement could not be read');
  const { subject } = node.statement;
  const fault = openFault(subject.pcf, node.cited.components);
  if (fault !== null) return failed(NUMBER, fault.reason, fault.compared);
  if (!node.hasInventory)
    return notApplicable(NUMBER, 'a factor without inventory is not computed from anything');
  if (node.opened.shape?.length === 0) {
    return failed(NUMBER, 'the inventory names no line, and nothing sums to nothing');
  }
  const held = subject.computedWith.tables === context.tables.digest;
  const lines = held ? linesOf(node, nodes, context.tables) : [];
  try {
    const results = lines.map((line) => recomputed(line, node, context.tables));
    node.recomputed = new Set(lines.map(({ value }) => value.line));
    const why = whyNotWhole(node, held);
    return why === null ? whole(node, lines, results, context) : notChecked(NUMBER, why);
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message, error.compared);
    throw error;
  }
}

// Without those that take a footprint which nobody is known to state.
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

// A line by itself: its result, if that is the one signed.
function recomputed(line, node, tables) {
  const { lineDigits } = node.statement.subject.computedWith;
  const result = resultOf(line, tables, lineDigits);
  const mine = new Map([...result].map(([name, value]) => [name, value.fixed(lineDigits)]));
  const signed = entries(line.value.result);
  if (!same(signed, mine)) throw new Differs({ name: `line ${line.value.line}`, signed, mine });
  return result;
}

// Why what stands beside the lines can't be recomputed, or null.
function whyNotWhole(node, held) {
  const { lines, complete } = node.opened;
  if (lines.size > 0 && !held)
    return 'its unit and GWP tables are not those that this verifier holds';
  if (!complete) return hiddenReason(node);
  return node.recomputed.size === lines.size ? null : 'an input is not at hand';
}

function whole(node, lines, results, { tables, rules }) {
  const { digits, lineDigits, rule } = node.statement.subject.computedWith;
  const computed = totalsOf(lines, results, { digits, lineDigits });
  const differing = [
    ...comparisons(node, computed),
    ...analysis(node, { lines, results, computed, lineDigits }, tables),
  ].filter(({ differs, signed, mine }) => differs ?? !same(signed, mine));
  // With another rule, what a gap between periods does to a rating is not known.
  const unknown = !rules.has(rule.digest) && lines.some(({ gap }) => gap > 1);
  const wrong = differing.find(({ name }) => !(unknown && name === TEMPORAL));
  if (wrong !== undefined) throw new Differs(wrong);
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

// What is signed beside what was computed; what is absent is the zero that it means.
function comparisons({ statement: { subject }, opened }, computed) {
  const { pcf } = subject;
  const compared = [
    {
      name: 'pcfExcludingBiogenicUptake',
      signed: pcf.pcfExcludingBiogenicUptake,
      mine: computed.excluding,
    },
    {
      name: 'pcfIncludingBiogenicUptake',
      signed: pcf.pcfIncludingBiogenicUptake,
      mine: computed.including,
    },
  ];
  for (const name of COMPONENTS) {
    const mine = computed.components.get(name);
    if (has(pcf, name))
      compared.push({
        name,
        signed: pcf[name],
        mine: mine ?? (isZero(pcf[name]) ? pcf[name] : '0'),
      });
    else if (mine !== undefined && !isZero(mine)) compared.push({ name, signed: 'absent', mine });
  }
  if (subject.role === 'product') {
    compared.push({
      name: 'primaryDataShare',
      signed: pcf.primaryDataShare,
      mine: computed.primaryShare,
    });
  }
  if (pcf.dqi !== undefined) {
    RATINGS.forEach((name, place) => {
      compared.push({
        name: `dqi.${name}`,
        signed: pcf.dqi[name],
        mine: computed.quality?.[place] ?? 'no rating',
      });
    });
  }
  const sets = new Map(subject.characterizationSets.map(({ set, share }) => [set, share]));
  compared.push({ name: 'characterizationSets', signed: sets, mine: computed.sets });
  if (opened.stages !== null) {
    compared.push({ name: 'stages', signed: entries(opened.stages), mine: computed.stages });
  }
  return compared;
}

function entries(value) {
  return new Map(Object.entries(value));
}

// Texts, or maps of texts: by names and values, never as they are shown.
function same(signed, mine) {
  if (!(mine instanceof Map)) return signed === mine;
  return signed.size === mine.size && [...mine].every(([name, text]) => signed.get(name) === text);
}

function shown(values) {
  if (!(values instanceof Map)) return values;
  return [...values.keys()]
    .sort()
    .map((name) => `${name} ${values.get(name)}`)
    .join(', ');
}
