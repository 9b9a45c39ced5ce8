/**
 * A footprint's open lines with what they cite, as the laws of check 7 see them.
 *
 * @typedef {object} InputLine
 * @property {number} number
 * @property {object} value as signed
 * @property {import('../../walk/walknode.js').Node | null | undefined} cited null where it cites
 *   nothing, undefined where what it cites is not in the file or no footprint that could be read
 * @property {boolean} emission whether it is an own emission
 *
 * @typedef {object} Inputs
 * @property {import('../../walk/walknode.js').Node} node
 * @property {InputLine[]} lines rising
 * @property {string | null} hidden why not every line is seen; null if each is
 * @property {string | null} unseen why not every line and every input is seen; null if each is
 */
import { citedBy } from '../../schema/sources.js';
import { has } from '../../schema/rules.js';
import { hiddenReason } from '../hiding.js';

/** @returns {Inputs} */
export function inputsOf(node, nodes) {
  const lines = [...node.opened.lines].map(([number, value]) => ({
    number,
    value,
    cited: citedNode(value.source, nodes),
    emission: has(value.source, 'emission'),
  }));
  const hidden = node.opened.complete ? null : hiddenReason(node);
  return { node, lines, hidden, unseen: hidden ?? whyMissing(lines) };
}

function citedNode(source, nodes) {
  const digest = citedBy(source);
  if (digest === undefined) return null;
  const node = nodes.get(digest);
  return node?.isFootprint ? node : undefined;
}

function whyMissing(lines) {
  const missing = lines.find(({ cited }) => cited === undefined);
  return missing === undefined ? null : `what line ${missing.number} cites is not in the file`;
}
