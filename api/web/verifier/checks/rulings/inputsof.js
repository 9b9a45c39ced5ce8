/**
 * A footprint's open lines with what they cite, as the laws of check 7 see them.
 *
 * @typedef {object} InputLine
 * @property {number} number
 * @property {object} value as signed
 * @property {import('../../calc/compatibility.js').Terms | null} cited of what it cites; null where
 *   it cites nothing
 *
 * @typedef {object} Inputs
 * @property {import('../../walk/node.js').Node} node
 * @property {{number: number, value: object}[]} lines every open one, rising
 * @property {InputLine[]} known those of them whose input, if they have one, could be read
 * @property {string | null} hidden why not every line is open; null if each is
 * @property {boolean} complete whether every line is open and known
 */
import { citedBy } from '../../schema/sources.js';
import { hiddenReason } from '../hiding.js';

/** @returns {Inputs} */
export function inputsOf(node, nodes) {
  const lines = [...node.opened.lines].map(([number, value]) => ({ number, value }));
  const known = lines.map((line) => withTerms(line, nodes)).filter((line) => line !== null);
  return {
    node,
    lines,
    known,
    hidden: node.opened.complete || !node.hasInventory ? null : hiddenReason(node),
    complete: node.opened.complete && known.length === lines.length,
  };
}

function withTerms(line, nodes) {
  const digest = citedBy(line.value.source);
  if (digest === undefined) return { ...line, cited: null };
  const node = nodes.get(digest);
  return node?.readable && node.isFootprint ? { ...line, cited: node.terms } : null;
}
