/** Check 6, disclosure: every disclosed value opens exactly one slot of its own statement. */
import { Refused } from '../core/errors.js';
import { open } from '../evidence/opened.js';
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';

const NUMBER = 6;

/**
 * @param {import('../walk/node.js').Node} node gets what is opened
 * @returns {import('../walk/report.js').Check}
 */
export function disclosure(node) {
  if (node.statement === null) return notChecked(NUMBER, 'the envelope could not be read');
  try {
    node.opened = open(node.statement);
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
  const { count } = node.opened;
  if (count === 0) return notApplicable(NUMBER, 'nothing is disclosed');
  return passed(NUMBER, `${counted(count, 'disclosure')}, each at its place`, [
    `${node.statement.disclosures.length}`,
    `${count}`,
  ]);
}
