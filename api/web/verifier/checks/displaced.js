/** What check 7 asks of a credit's source: the displaced product is not the credited one. */
import { sameUrn } from '../core/spelling.js';
import { SUBSTITUTION } from '../schema/words.js';

/**
 * Whether a line credits what the same issuer states: it set the credit's size itself.
 * @param {import('../walk/node.js').Node} node that is credited
 * @param {{line: number}} citation
 * @param {import('../walk/node.js').Node | undefined} cited
 */
export function creditsOwn({ opened, statement }, { line }, cited) {
  const isCredit = opened.lines.get(line).allocation?.method === SUBSTITUTION;
  return isCredit && Boolean(cited?.isFootprint) && cited.statement.issuer === statement.issuer;
}

/** Whether it is a number of the same product, of whatever time, boundary or variant. */
export function displacesItself(node, citation, cited) {
  if (!creditsOwn(node, citation, cited)) return false;
  const theirs = new Set(cited.statement.subject.productIds.map(sameUrn));
  return node.statement.subject.productIds.some((id) => theirs.has(sameUrn(id)));
}
