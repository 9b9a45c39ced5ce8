/** Who last saw what a statement hides. */
import { seenByOthers } from './assurance.js';

/** When somebody independent last saw the hidden lines, be that in force now or not; in words. */
export function hiddenReason(node) {
  const days = seenByOthers(node)
    .filter(({ statement }) => statement.subject.includesInventory)
    .map(({ statement }) => statement.validFromText.slice(0, 'YYYY-MM-DD'.length))
    .sort();
  return days.length === 0
    ? 'inventory hidden'
    : `inventory hidden; an auditor saw it on ${days[days.length - 1]}`;
}
