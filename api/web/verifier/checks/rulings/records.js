/** What a footprint rests on beside its inputs: records that must be in order before they count. */
import { Refused } from '../../core/errors.js';
import { notCheckable, UNSEEN } from '../../walk/laws.js';

/** Checks that a record has of itself. */
const OWN_CHECKS = [1, 2, 3, 4, 5, 6];

/** What is not known because something is hidden, pending, missing or not said. */
export class Unknown extends Error {
  name = 'Unknown';

  /**
   * @param {string} reason
   * @param {import('../../walk/laws.js').Unseen} unseen
   */
  constructor(reason, unseen) {
    super(reason);
    this.unseen = unseen;
  }

  /** That a law is not checkable for it. @returns {import('../../walk/laws.js').Ruling} */
  ruling(law) {
    return notCheckable(law, this.message, this.unseen);
  }
}

/**
 * The record that a node rests on: of that kind, in order, earlier, and by the node's own issuer
 * unless `own` is false. What is pending does not keep its content from being judged: that is
 * signed.
 * @param {import('../../walk/node.js').Node} node
 * @param {string} digest
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @param {{kind: string, what: string, own?: boolean}} wanted
 * @returns {{record: import('../../walk/node.js').Node, pending: Unknown | null}} what of it is
 *   not known yet
 * @throws {Refused} if it is another, failed a check, or is not earlier
 * @throws {Unknown} where it can't be read
 */
export function requireRecord(node, digest, nodes, { kind, what, own = true }) {
  const record = nodes.get(digest);
  const statement = record?.statement ?? null;
  if (statement === null) throw new Unknown(`${what} ${digest} is not in the file`, UNSEEN.MISSING);
  if (statement.kind !== kind) throw new Refused(`${what} is a ${statement.kind}, not a ${kind}`);
  const checks = OWN_CHECKS.map((number) => record.check(number)).filter(Boolean);
  const wrong = checks.find(({ state }) => state === 'failed');
  if (wrong) throw new Refused(`${what} fails check ${wrong.number}: ${wrong.reason}`);
  if (own && statement.issuer !== node.statement.issuer)
    throw new Refused(`${what} is ${statement.issuer}'s, not its own issuer's`);
  const isLogged = node.index !== null && record.index !== null;
  if (isLogged && record.index >= node.index)
    throw new Refused(`${what} is entry ${record.index}, not earlier than entry ${node.index}`);
  const open = checks.find(({ state }) => state === 'not_checked');
  const order = isLogged ? null : `without both log entries the order of ${what} is unknown`;
  const reason = open ? `${what}: check ${open.number}: ${open.reason}` : order;
  const pending = reason === null ? null : new Unknown(reason, UNSEEN.PENDING);
  if (!record.readable) throw pending;
  return { record, pending };
}

/**
 * Whether a footprint on the walk that is in force rests on it, whatever its own state.
 * @param {import('../../walk/node.js').Node} record
 */
export function isRestedOn({ citedBy }) {
  return [...citedBy].some((node) => node.isFootprint && !node.ended);
}
