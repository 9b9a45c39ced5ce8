/** Check 1, envelope: canonical, well-formed, what is always open is open, signature true. */
import { Refused } from '../core/errors.js';
import { failed, notChecked, passed } from '../walk/report.js';

const NUMBER = 1;

/**
 * @param {import('../walk/node.js').Node} node gets its statement and key
 * @param {import('../evidence/lines.js').Found} found
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<import('../walk/report.js').Check>}
 */
export async function envelope(node, { statement, refused, signed }, { bundle, signatures }) {
  if (statement === undefined) return failed(NUMBER, refused);
  node.statement = statement;
  const key = bundle.key(statement.kid);
  if (key === undefined)
    return notChecked(NUMBER, `the signing key ${statement.kid} is not in the file`);
  node.key = key;
  try {
    if (!signed) await signatures.check(statement, key);
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
  return passed(NUMBER, `ES256 by key ${statement.kid}`, [statement.kid, key.kid]);
}
