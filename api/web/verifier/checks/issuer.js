/**
 * Check 2, issuer: the key counted and the organisation was admitted with the role, at t. Who is no
 * longer admitted as of the block asked signed what stands, with a notice that says since when; of
 * an assurance check 9 says it beside the footprint. What was signed in the window of a retroactive
 * reason, such as fraud, fails.
 */
import { hex } from '../core/bytes.js';
import { parse } from '../core/canonical.js';
import { organisationId } from '../chain/chain.js';
import { Refused } from '../core/errors.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { isObject } from '../schema/rules.js';
import {
  rolesFor,
  rowAt,
  saidOf,
  standing,
  whyNotActive,
  whyNoBody,
  whyNotAdmitted,
  whyVoid,
} from '../chain/standing.js';
import { written } from '../core/time.js';

const NUMBER = 2;
const MAX_LEGAL_NAME = 256; // shown beside each of its statements
const MAX_RECORD = 16 * 1024;

/**
 * @param {import('../walk/node.js').Node} node gets its issuer's legal name, and its lapse
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<import('../walk/report.js').Check>}
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
  const row = rowAt(rows, t);
  const compared = [`${statement.issuer} at ${written(t)}`, standing(life, row)];
  if (why !== null) return failed(NUMBER, `${why} at ${written(t)}`, compared);
  const isVoid = whyVoid(rows, t, context.block.time);
  if (isVoid !== null) return failed(NUMBER, isVoid, compared);
  const made = judgeRecord(node, row, compared, context);
  if (made.state !== 'passed') return made;
  if (node.isAssurance) node.noBody = whyNoBody(rows, t, context.block.time);
  node.lapse = await context.lapse(statement.issuer, rolesFor(statement));
  if (node.lapse !== null && node.about === null)
    node.notices.push(`its issuer ${saidOf(statement.issuer, node.lapse)}`);
  return made;
}

// What records say, by their bytes: an issuer has one for all that it signs.
const read = new WeakMap();

function readRecord(record) {
  if (record.length > MAX_RECORD)
    return { fault: `the organisation's record is longer than ${MAX_RECORD} bytes` };
  try {
    const content = parse(record, { what: 'the organisation record' });
    const { registerNumbers, legalName } = Object(content);
    const name = typeof legalName === 'string' ? legalName : '';
    return {
      content,
      registered: isObject(registerNumbers) ? numbersIn(registerNumbers) : [],
      legalName: [...name].slice(0, MAX_LEGAL_NAME).join(''),
    };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.message };
    throw error;
  }
}

function numbersIn(registers) {
  return Object.entries(registers)
    .filter(([, number]) => typeof number === 'string' && number !== '')
    .map(([register, number]) => ({ register, number }));
}

function judgeRecord(node, row, compared, { bundle }) {
  const { issuer: did } = node.statement;
  const record = bundle.record(hex(row.record));
  if (record === undefined) return notChecked(NUMBER, `the record of ${did} is not in the file`);
  let said = read.get(record);
  if (said === undefined) read.set(record, (said = readRecord(record)));
  const { fault = null, content } = said;
  if (fault !== null) return failed(NUMBER, fault, compared);
  if (!isObject(content) || content.did !== did) {
    return failed(NUMBER, "the organisation's record is of another organisation", compared);
  }
  if (typeof content.legalName !== 'string')
    return failed(NUMBER, "the organisation's record has no legal name", compared);
  node.registered = said.registered;
  if (typeof content.group === 'string') node.group = content.group;
  node.legalName = said.legalName;
  return passed(NUMBER, `${node.legalName}, admitted, key active at ${written(node.t)}`, compared);
}
