/** Check 8, arithmetic: lines, components, stages, totals, shares and quality recompute. */
import { compared as analysis } from '../analysis/compared.js';
import { gapRating } from '../calc/compatibility.js';
import { Refused } from '../core/errors.js';
import { makeLine, resultOf } from '../calc/lines.js';
import { failed, notApplicable, notChecked, passed } from '../walk/report.js';
import { COMPONENTS } from '../schema/footprint.js';
import { has, isZero } from '../schema/rules.js';
import { totalsOf } from '../calc/totals.js';
import { hiddenReason } from './inputs.js';
import { openFault } from './opentotals.js';

const NUMBER = 8;
const RATINGS = ['technologicalDQR', 'geographicalDQR', 'temporalDQR'];
const TEMPORAL = 'dqi.temporalDQR';

/**
 * Recomputes a statement from its own signed lines and its inputs' signed totals.
 * @param {import('../walk/walknode.js').Node} node gets notices
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
  if (!node.opened.complete) return notChecked(NUMBER, hiddenReason(node));
  if (subject.computedWith.tables !== context.tables.digest) {
    return notChecked(NUMBER, 'its unit and GWP tables are not those that this verifier holds');
  }
  const lines = linesOf(node, nodes, context.tables);
  if (lines === null) return notChecked(NUMBER, 'an input is not at hand');
  try {
    return recompute(node, lines, context);
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
}

// Null where a line takes a footprint whose signature is not known to be true.
function linesOf(node, nodes, tables) {
  const citing = new Map(node.citations.map(({ line, digest }) => [line, nodes.get(digest)]));
  const lines = [];
  for (const [index, value] of node.opened.lines) {
    const other = citing.get(index);
    if (!citing.has(index)) lines.push(makeLine(value, null));
    else if (other === undefined || !other.passed(1) || !other.isFootprint) return null;
    else {
      const gap = gapRating(tables.rule, node.terms, other.terms);
      lines.push({ ...makeLine(value, other.cited, gap), from: other });
    }
  }
  return lines;
}

function recompute(node, lines, { tables, rules }) {
  const { digits, lineDigits, rule } = node.statement.subject.computedWith;
  const results = [];
  for (const line of lines) {
    const result = resultOf(line, tables, lineDigits);
    const mine = new Map([...result].map(([name, value]) => [name, value.fixed(lineDigits)]));
    const compared = [flat(entries(line.value.result)), flat(mine)];
    if (compared[0] !== compared[1])
      return failed(NUMBER, `line ${line.value.line} does not recompute`, compared);
    results.push(result);
  }
  const computed = totalsOf(lines, results, { digits, lineDigits });
  const differing = [
    ...comparisons(node, computed),
    ...analysis(node, { lines, results, computed, lineDigits }, tables),
  ].filter(({ differs, signed, mine }) => differs ?? signed !== mine);
  // With another rule, what a gap between periods does to a rating is not known.
  const unknown = !rules.has(rule.digest) && lines.some(({ gap }) => gap > 1);
  const wrong = differing.find(({ name }) => !(unknown && name === TEMPORAL));
  if (wrong !== undefined)
    return failed(NUMBER, `${wrong.name} does not recompute`, [wrong.signed, wrong.mine]);
  if (differing.length > 0) {
    return notChecked(
      NUMBER,
      'its rule, which says what a gap of years does to a rating, is not held here',
    );
  }
  const total = node.statement.subject.pcf.pcfExcludingBiogenicUptake;
  return passed(NUMBER, `${lines.length} lines recompute`, [total, computed.excluding]);
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
  compared.push({ name: 'characterizationSets', signed: flat(sets), mine: flat(computed.sets) });
  if (opened.stages !== null) {
    compared.push({
      name: 'stages',
      signed: flat(entries(opened.stages)),
      mine: flat(computed.stages),
    });
  }
  return compared;
}

function entries(value) {
  return new Map(Object.entries(value));
}

function flat(values) {
  return [...values.keys()]
    .sort()
    .map((name) => `${name} ${values.get(name)}`)
    .join(', ');
}
