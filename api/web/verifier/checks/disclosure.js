/** Check 6, disclosure: every disclosed value opens exactly one slot of its own statement. */
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';

const NUMBER = 6;

/**
 * @param {import('../walk/node.js').Node} node gets what is opened
 * @param {import('../evidence/lines.js').Found} found
 * @returns {import('../walk/report.js').Check}
 */
export function disclosure(node, { opened, misfit }) {
  if (node.statement === null) return notChecked(NUMBER, 'the envelope could not be read');
  if (opened === null) return failed(NUMBER, misfit);
  node.opened = opened;
  const { count } = opened;
  if (count === 0) return notApplicable(NUMBER, 'nothing is disclosed');
  return passed(NUMBER, `${counted(count, 'disclosure')}, each at its place`, [
    `${count}`, // each opens one: one that opened none, or one twice, is a misfit
    `${count}`,
  ]);
}
