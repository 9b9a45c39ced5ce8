/** What a footprint rests on beside its inputs: records that must be in order before they count. */
import { Refused } from '../../core/errors.js';

/** Checks that a record has of itself. */
const OWN_CHECKS = [1, 2, 3, 4, 5, 6];

/** What is not known because something is hidden, pending or not in the file. */
export class Unknown extends Error {
  name = 'Unknown';
}

/**
 * The record that a node rests on: of that kind, in order, earlier, and by the node's own issuer
 * unless `own` is false. What is pending does not keep its content from being judged: that is
 * signed.
 * @param {import('../../walk/walknode.js').Node} node
 * @param {string} digest
 * @param {Map<string, import('../../walk/walknode.js').Node>} nodes
 * @param {{kind: string, what: string, own?: boolean}} wanted
 * @returns {{record: import('../../walk/walknode.js').Node, pending: string | null}} what of it is
 *   not known yet
 * @throws {Refused} if it is another, failed a check, or is not earlier
 * @throws {Unknown} where it can't be read
 */
export function requireRecord(node, digest, nodes, { kind, what, own = true }) {
  const record = nodes.get(digest);
  const statement = record?.statement ?? null;
  if (statement === null) throw new Unknown(`${what} ${digest} is not in the file`);
  if (statement.kind !== kind) throw new Refused(`${what} is a ${statement.kind}, not a ${kind}`);
  const checks = OWN_CHECKS.map((number) => record.checks.get(number)).filter(Boolean);
  const wrong = checks.find(({ state }) => state === 'failed');
  if (wrong) throw new Refused(`${what} fails check ${wrong.number}: ${wrong.reason}`);
  if (own && statement.issuer !== node.statement.issuer)
    throw new Refused(`${what} is ${statement.issuer}'s, not its own issuer's`);
  const isLogged = node.index !== null && record.index !== null;
  if (isLogged && record.index >= node.index)
    throw new Refused(`${what} is entry ${record.index}, not earlier than entry ${node.index}`);
  const open = checks.find(({ state }) => state === 'not_checked');
  const order = isLogged ? null : `without both log entries the order of ${what} is unknown`;
  const pending = open ? `${what}: check ${open.number}: ${open.reason}` : order;
  if (!record.readable) throw new Unknown(pending);
  return { record, pending };
}

/**
 * Whether a footprint on the walk that is in force rests on it, whatever its own state.
 * @param {import('../../walk/walknode.js').Node} record
 */
export function isRestedOn({ citedBy }) {
  return [...citedBy].some((node) => node.isFootprint && !node.ended);
}
