/**
 * Whether the body of an assurance was accredited for it when it was anchored. An accreditation is
 * a signed record of an accreditor, and a row on the chain that holds its digest and since when and
 * until when: so that it ended can be proven, and not only that it was given.
 */
import { equal } from '../core/bytes.js';
import { seconds } from '../core/time.js';
import { organisationId } from '../chain/chain.js';

const ANY = '*';

/**
 * Whether one whom the trust file names accredited the body of `other` for what it says of `node`:
 * record and row are in force at the assurance's t and cover its standard, its level and the
 * footprint's product.
 * @param {import('../walk/node.js').Node} node
 * @param {import('../walk/node.js').Node} other
 * @param {import('../walk/trust.js').Trust} trust
 */
export function isAccredited(node, other, { accreditors }) {
  return other.accreditedBy.some(
    ({ row, record }) =>
      accreditors.has(record.statement?.issuer) &&
      isSound(row, record) &&
      covers(record.statement.subject, node, other),
  );
}

// Its own checks passed, and the row is its issuer's.
function isSound({ accreditor }, record) {
  return (
    record.isAccreditation &&
    [1, 2, 3, 4, 5, 6].every((number) =>
      ['passed', 'not_applicable'].includes(record.state(number)),
    ) &&
    equal(organisationId(record.statement.issuer), accreditor)
  );
}

function covers({ body, standard, levels, scope, from, until }, node, { statement, t }) {
  const named = node.statement.subject.productClassifications ?? [];
  return (
    body === statement.issuer &&
    standard === statement.subject.standard &&
    levels.includes(statement.subject.level) &&
    seconds(from) <= t &&
    t < seconds(until) &&
    scope.some((one) => one === ANY || named.some((name) => name.startsWith(one)))
  );
}
