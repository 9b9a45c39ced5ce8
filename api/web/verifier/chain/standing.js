/**
 * Whether a key counted and an organisation was admitted at a time: rules over the chain's rows.
 * A signature counts if, at t, the key was added, not retired (retired at t is retired) and not
 * reported as compromised since t or earlier, and its organisation was admitted with the role.
 */
import { written } from '../core/time.js';
import { FACTOR } from '../schema/footprint.js';
import {
  ACCREDITATION,
  ASSURANCE,
  CLAIM,
  DECISION,
  FOOTPRINT,
  POOL,
  PROCESS,
  QUALIFICATION,
  RETIREMENT,
  STATUS,
} from '../schema/kinds.js';

export const ROLES = Object.freeze({
  supplier: 1,
  'factor-publisher': 2,
  auditor: 4,
  authority: 8,
  registry: 16,
  accreditor: 64,
});
const MAKERS = ROLES.supplier | ROLES['factor-publisher'];
/** The roles of which one may issue a kind. One that is not here is reserved: it has none yet. */
const ISSUED_BY = new Map([
  [ASSURANCE, ROLES.auditor],
  // Whose statement a status statement concerns is for check 5 to compare.
  [STATUS, MAKERS | ROLES.auditor | ROLES.authority | ROLES.registry | ROLES.accreditor],
  [PROCESS, MAKERS],
  [RETIREMENT, ROLES.registry],
  [CLAIM, MAKERS],
  [POOL, ROLES.supplier],
  [DECISION, ROLES.authority],
  [ACCREDITATION, ROLES.accreditor],
  [QUALIFICATION, ROLES.accreditor],
]);
const [ADMITTED, EXPELLED] = [1, 3];
const RETROACTIVE = 2;
const APPEAL_UPHELD = 5;
// 1 to 127 are prospective, 128 to 255 retroactive; the contract does not close the list.
const REASONS = new Map([
  [1, 'ceased'],
  [2, 'left'],
  [3, 'key-lost'],
  [4, 'inquiry'],
  [APPEAL_UPHELD, 'appeal-upheld'],
  [128, 'fraud'],
  [129, 'misissued'],
  [130, 'captured'],
]);
const STANDINGS = ['not admitted', 'admitted', 'suspended', 'expelled'];

/** Why a key does not count at `t` (Unix seconds), or null. */
export function whyNotActive({ added, retired, compromisedSince }, t) {
  if (added === 0 || added > t) return 'the key was not yet added to the issuer';
  if (retired !== 0 && retired <= t) return 'the key was retired';
  if (compromisedSince !== 0 && compromisedSince <= t)
    return 'the key was reported as compromised';
  return null;
}

/** The row in force at `t`: the last one with a time at or before it. */
export function rowAt(rows, t) {
  return rows.findLast((row) => row.time <= t) ?? null;
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

/**
 * Since when one is no longer admitted at `t` with one of `roles`, or null: also where it never was
 * before. Who was suspended and then expelled is no longer admitted since the suspension.
 * @typedef {object} Lapse
 * @property {'suspended' | 'expelled' | 'without the role'} status what the registry says now
 * @property {number} since Unix seconds
 * @property {string | null} reason the word for its code
 * @returns {Lapse | null}
 */
export function lapseAt(rows, t, roles) {
  let [lapse, admitted] = [null, false];
  for (const row of rows.filter(({ time }) => time <= t)) {
    if (row.status === ADMITTED && (row.roles & roles) !== 0) [lapse, admitted] = [null, true];
    else if (admitted) {
      const status = row.status === ADMITTED ? 'without the role' : STANDINGS[row.status];
      const reason = row.reason === 0 ? null : reasonName(row.reason);
      lapse = { status, since: lapse?.since ?? row.time, reason };
    }
  }
  return lapse;
}

/** Says of an organisation that it is no longer admitted, since when, and what it is instead. */
export function saidOf(did, { status, since, reason }) {
  const why = reason === null ? '' : `: ${reason}`;
  return `${did} is no longer admitted since ${written(since)} (${status}${why})`;
}

// The row with a retroactive reason whose window [from, until) has `t`, as of `asked`. An upheld
// appeal takes back the windows of the rows before it, a mere readmission does not.
function voidBy(rows, t, asked) {
  let found = null;
  for (const row of rows.filter(({ time }) => time <= asked)) {
    if (row.reason === APPEAL_UPHELD) found = null;
    else if (row.reach === RETROACTIVE && row.windowFrom <= t && t < row.windowUntil) found ??= row;
  }
  return found;
}

/** Why what an organisation signed at `t` counts for nothing as of `asked`, or null. */
export function whyVoid(rows, t, asked) {
  const row = voidBy(rows, t, asked);
  if (row === null) return null;
  const [at, from, until] = [row.time, row.windowFrom, row.windowUntil].map(written);
  const why = `${STANDINGS[row.status]} at ${at} for ${reasonName(row.reason)}`;
  return `the issuer was ${why}: what it signed from ${from} until ${until} does not count`;
}

/**
 * Why a body's word of `t` counts for nothing as of `asked`, whenever it was said, or null. Who is
 * expelled for a retroactive reason stands in for nothing, and its adverse conclusions count for
 * nothing; of one who is not, the windows of `whyVoid` do.
 */
export function whyNoBody(rows, t, asked) {
  const now = rowAt(rows, asked);
  if (now?.status !== EXPELLED || now.reach !== RETROACTIVE) return whyVoid(rows, t, asked);
  return `it was expelled at ${written(now.time)} for ${reasonName(now.reason)}`;
}

/** Whether a body was accredited by a row at `t`. */
export function isInForce({ time, validFrom, validUntil, ended }, t) {
  return time <= t && validFrom <= t && t < validUntil && (ended === 0 || t < ended);
}

/** The word for a reason's code. */
function reasonName(code) {
  return REASONS.get(code) ?? `reason ${code}`;
}

/** In words what the chain holds of a key, and of its organisation in the row at the time. */
export function standing({ added, retired, compromisedSince }, row) {
  const life = Object.entries({ added, retired, compromised: compromisedSince })
    .filter(([, at]) => at > 0)
    .map(([name, at]) => `${name} ${written(at)}`);
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
