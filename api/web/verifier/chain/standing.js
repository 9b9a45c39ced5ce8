/**
 * Whether a key counted and an organisation was admitted at a time: rules over the chain's rows.
 * A signature counts if, at t, the key was added, not retired (retired at t is retired) and not
 * reported as compromised since t or earlier, and its organisation was admitted with the role.
 */
import { LAST_TIME, written } from '../core/time.js';
import { FACTOR } from '../schema/footprint.js';
import { ASSURANCE, CLAIM, FOOTPRINT, POOL, PROCESS, RETIREMENT, STATUS } from '../schema/kinds.js';

export const ROLES = Object.freeze({
  supplier: 1,
  'factor-publisher': 2,
  auditor: 4,
  authority: 8,
  registry: 16,
});
const MAKERS = ROLES.supplier | ROLES['factor-publisher'];
/** The roles of which one may issue a kind. One that is not here is reserved: it has none yet. */
const ISSUED_BY = new Map([
  [ASSURANCE, ROLES.auditor],
  // Whose statement a status statement concerns is for check 5 to compare.
  [STATUS, MAKERS | ROLES.auditor | ROLES.authority | ROLES.registry],
  [PROCESS, MAKERS],
  [RETIREMENT, ROLES.registry],
  [CLAIM, MAKERS],
  [POOL, ROLES.supplier],
]);
const ADMITTED = 1;
const STANDINGS = ['not admitted', 'admitted', 'suspended', 'expelled'];

/** Why a key does not count at `t` (Unix seconds), or null. */
export function whyNotActive({ added, retired, compromisedSince }, t) {
  const at = BigInt(t);
  if (added === 0n || added > at) return 'the key was not yet added to the issuer';
  if (retired !== 0n && retired <= at) return 'the key was retired';
  if (compromisedSince !== 0n && compromisedSince <= at)
    return 'the key was reported as compromised';
  return null;
}

/** The row in force at `t`: the last one with a time at or before it. */
export function rowAt(rows, t) {
  return rows.findLast((row) => row.time <= BigInt(t)) ?? null;
}

/** Why an organisation was not admitted at `t` with one of `roles` (bits), or null. */
export function whyNotAdmitted(rows, t, roles) {
  const row = rowAt(rows, t);
  if (row === null) return 'the issuer was not yet admitted';
  if (row.status !== ADMITTED) return `the issuer was ${STANDINGS[row.status]}`;
  if ((row.roles & roles) === 0) {
    const wanted = Object.keys(ROLES).filter((name) => (ROLES[name] & roles) !== 0);
    return `the issuer was not admitted as ${wanted.join(' or ') || 'what this kind asks for'}`;
  }
  return null;
}

/** In words what the chain holds of a key, and of its organisation in the row at the time. */
export function standing({ added, retired, compromisedSince }, row) {
  const life = Object.entries({ added, retired, compromised: compromisedSince })
    .filter(([, at]) => at > 0n && at <= LAST_TIME)
    .map(([name, at]) => `${name} ${written(Number(at))}`);
  const organisation =
    row === null ? 'never admitted' : `${STANDINGS[row.status]} as ${rolesOf(row.roles)}`;
  return `key ${life.join(', ') || 'never added'}; organisation ${organisation}`;
}

function rolesOf(bits) {
  const held = Object.keys(ROLES).filter((name) => (ROLES[name] & bits) !== 0);
  return held.join(' and ') || 'nothing';
}

/** The roles of which one is needed to issue this statement, as bits; none of a reserved kind. */
export function rolesFor(statement) {
  if (statement.kind !== FOOTPRINT) return ISSUED_BY.get(statement.kind) ?? 0;
  return statement.subject.role === FACTOR ? ROLES['factor-publisher'] : ROLES.supplier;
}
