/**
 * Whether the body of an assurance is independent of the issuer of what it assures: another
 * organisation, another account, a key that is none of the issuer's, no register number in common
 * and another group (ISO/IEC 17029:2019, 5.3; ISO 14065:2020, 5.3: impartiality).
 */
import { equal } from '../core/bytes.js';
import { organisationId } from '../chain/chain.js';

/**
 * How the chain binds the body of `other` to the issuer of `node`, or null. Only the issuer itself
 * can bring that about: its account and its list of keys are its own. The words are read of each
 * assurance whose envelope was read, whatever else is said of it, so that no policy and no time
 * decides which words a file must prove.
 * @param {import('../walk/node.js').Node} node
 * @param {import('../walk/node.js').Node} other
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<string | null>}
 */
export async function bound(node, other, context) {
  if (node.statement === null || other.statement === null || other.key === null) return null;
  const [issuer, body] = [node.statement.issuer, other.statement.issuer];
  if (issuer === body) return null;
  const [mine, theirs] = [await context.account(issuer), await context.account(body)];
  const key = await context.contracts.key(organisationId(issuer), other.key.thumbprint);
  if (equal(mine, theirs) && mine.some((byte) => byte !== 0))
    return "its body has the issuer's account";
  return key.added === 0 ? null : "it is signed with a key of the issuer's";
}

/**
 * How the two declare themselves to be related, or null. Anyone can write another's number or group
 * into its own record, so this fails nothing.
 */
export function related(node, other) {
  if (node.statement === null || other.statement === null) return null;
  if (node.statement.issuer === other.statement.issuer) return 'its body is the issuer itself';
  const shared = node.registered
    .filter(({ register, number }) =>
      other.registered.some((one) => one.register === register && one.number === number),
    )
    .map(({ register }) => register)
    .sort();
  if (shared.length > 0) return `its body has the issuer's number in the register ${shared[0]}`;
  const group = groupOf(node);
  return groupOf(other).some((one) => group.includes(one))
    ? "its body is of the issuer's group"
    : null;
}

// An organisation and the head of its group: a head is of the group that it heads.
function groupOf({ statement, group }) {
  return [statement.issuer, ...(group === null ? [] : [group])];
}
