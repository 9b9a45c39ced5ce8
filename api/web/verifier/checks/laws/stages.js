/** Law 7 in check 7: what the open lines and cells say of stages and boundaries. */
import { stageFindings } from '../../calc/laws/stages.js';
import { only } from '../../evidence/opened.js';
import { ruled } from './ruled.js';

const LAW = 7;

/**
 * @param {import('./inputsof.js').Inputs} inputs
 * @param {object} rule the compatibility table
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function stages({ node, lines, unseen }, rule) {
  const known = lines.map(({ number, value, cited, emission }) => [
    number,
    { stage: value.stage, cited: cited && cited.terms, emission },
  ]);
  const cells = Object.keys(only(node.opened, 'cells') ?? {});
  return ruled(LAW, stageFindings(rule, node.terms, new Map(known), cells), unseen);
}
