/** Check 2, issuer: the key counted and the organisation was admitted with the role, at t. */
import { hex } from '../bytes.js';
import { parse } from '../canonical.js';
import { organisationId } from '../chain.js';
import { Refused } from '../errors.js';
import { failed, notChecked, passed } from '../report.js';
import { isObject } from '../schema/rules.js';
import { rolesFor, rowAt, whyNotActive, whyNotAdmitted } from '../standing.js';
import { written } from '../time.js';

const NUMBER = 2;
const MAX_RECORD = 16 * 1024;

/**
 * @param {import('../node.js').Node} node gets its issuer's legal name
 * @param {import('../context.js').Context} context
 * @returns {Promise<import('../report.js').Check>}
 */
export async function issuer(node, context) {
  const fault = await context.fault('organization');
  if (fault !== null) return failed(NUMBER, fault);
  const { statement, key, t } = node;
  if (statement === null || key === null)
    return notChecked(NUMBER, 'the envelope could not be read');
  if (t === null)
    return notChecked(NUMBER, 'pending: without an anchor there is no time to judge it at');
  const life = await context.contracts.key(organisationId(statement.issuer), key.thumbprint);
  const rows = await context.rows(statement.issuer);
  const why = whyNotActive(life, t) ?? whyNotAdmitted(rows, t, rolesFor(statement));
  if (why !== null) return failed(NUMBER, `${why} at ${written(t)}`);
  return judgeRecord(node, rowAt(rows, t), context);
}

function judgeRecord(node, row, { bundle }) {
  const { issuer: did } = node.statement;
  const record = bundle.record(hex(row.record));
  if (record === undefined) return notChecked(NUMBER, `the record of ${did} is not at hand`);
  if (record.length > MAX_RECORD)
    return failed(NUMBER, `the organisation's record is longer than ${MAX_RECORD} bytes`);
  let content;
  try {
    content = parse(record, { what: 'the organisation record' });
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
  if (!isObject(content) || content.did !== did) {
    return failed(NUMBER, "the organisation's record is of another organisation");
  }
  if (typeof content.legalName !== 'string')
    return failed(NUMBER, "the organisation's record has no legal name");
  node.legalName = content.legalName;
  return passed(NUMBER, `${node.legalName}, admitted, key active at ${written(node.t)}`);
}
