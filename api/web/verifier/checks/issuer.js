/**
 * Check 2, issuer: the key counted and the organisation was admitted with the role, at t. The key
 * counts with the proof that the organisation holds it: the one whose digest stands on the chain,
 * signed by the key itself. Who is no longer admitted as of the block asked signed what stands,
 * with a notice that says since when; of an assurance check 9 says it beside the footprint. What
 * was signed in the window of a retroactive reason, such as fraud, fails.
 */
import { hex } from '../core/bytes.js';
import { parse } from '../core/canonical.js';
import { organisationId } from '../chain/chain.js';
import { Refused } from '../core/errors.js';
import { checkPossession, possessionMessage } from '../core/possession.js';
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
  const held = await context.once(`possession ${statement.issuer} ${key.kid}`, () =>
    judgeHeld(statement.issuer, key, life, context),
  );
  if (held.fault !== null) return failed(NUMBER, held.fault, compared);
  const { made, said } = judgeRecord(statement.issuer, row, compared, context);
  if (made !== null) return made;
  if (!held.isThere) return notChecked(NUMBER, unproven(statement.issuer, key.kid));
  declare(node, said);
  if (node.isAssurance) node.noBody = whyNoBody(rows, t, context.block.time);
  node.lapse = await context.lapse(statement.issuer, rolesFor(statement));
  if (node.lapse !== null && node.about === null)
    node.notices.push(`its issuer ${saidOf(statement.issuer, node.lapse)}`);
  return passed(NUMBER, `${node.legalName}, admitted, key active at ${written(t)}`, compared);
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

/** Whether the proof that an organisation holds its key is there, and what is wrong with it. */
async function judgeHeld(did, key, life, { bundle, trust }) {
  const proof = bundle.possession(did, key.kid);
  if (proof === undefined) return { isThere: false, fault: null };
  const message = possessionMessage(
    organisationId(did),
    trust.chainId,
    trust.contracts.organization,
  );
  try {
    await checkPossession(key, proof, life.possession, message);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const fault = `the proof that ${did} holds the key ${key.kid} does not count: ${error.message}`;
    return { isThere: true, fault };
  }
  return { isThere: true, fault: null };
}

function unproven(did, kid) {
  return (
    `the proof that ${did} holds the key ${kid} is not available: ask who gave the file to make` +
    ' it anew (rootprint evidence renew), and the organisation for the proof that it made when' +
    ' it added the key'
  );
}

/** `{made, said}`: the check if the record decides it, else null and what the record says. */
function judgeRecord(did, row, compared, { bundle }) {
  const decided = (made) => ({ made, said: null });
  const record = bundle.record(hex(row.record));
  if (record === undefined)
    return decided(notChecked(NUMBER, `the record of ${did} is not in the file`));
  let said = read.get(record);
  if (said === undefined) read.set(record, (said = readRecord(record)));
  const fault = (why) => decided(failed(NUMBER, why, compared));
  if (said.fault !== undefined) return fault(said.fault);
  if (!isObject(said.content) || said.content.did !== did)
    return fault("the organisation's record is of another organisation");
  if (typeof said.content.legalName !== 'string')
    return fault("the organisation's record has no legal name");
  return { made: null, said };
}

/** Gives the node what its issuer's record declares. */
function declare(node, { content, registered, legalName }) {
  node.registered = registered;
  if (typeof content.group === 'string') node.group = content.group;
  node.legalName = legalName;
}
