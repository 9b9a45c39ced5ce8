/** The envelope and the kinds of version 2, as closed member lists. */
import { Refused } from '../core/errors.js';
import { seconds } from '../core/time.js';
import { claimRecord, HIDDEN as OF_POOL, retirementRecord, variantPool } from './claims.js';
import { HIDDEN as OF_FOOTPRINT, subject as footprint } from './footprint.js';
import { origin } from './origin.js';
import { HIDDEN as OF_PROCESS, processRecord } from './process.js';
import { RESERVED } from './reserved.js';
import * as rules from './rules.js';
import { array, boolean, has, integer, members, oneOf, refuse, rising, text } from './rules.js';

export const FOOTPRINT = 'FootprintStatement';
export const ASSURANCE = 'AssuranceStatement';
export const STATUS = 'StatusStatement';
export const PROCESS = 'ProcessRecord';
export const RETIREMENT = 'RetirementRecord';
export const CLAIM = 'ClaimRecord';
export const POOL = 'VariantPool';
export const DECISION = 'DecisionRecord';
export const ACCREDITATION = 'AccreditationRecord';
export const QUALIFICATION = 'QualificationRecord';
const CREDENTIAL = 'VerifiableCredential';
const CONTEXT = ['https://www.w3.org/ns/credentials/v2', 'urn:rootprint:statement:v2'];
const UUID4 = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const [FIRST_LAW, LAST_LAW] = [1, 9];
const BATCH = 'ES256-batch';
const STANDARDS = [
  'ISO 14064-3:2019',
  'ISO/IEC 17029:2019',
  'ISAE 3000 (Revised)',
  'ISAE 3410',
  'ISSA 5000',
  'AA1000AS v3',
];

const assuranceMembers = members({
  statement: rules.digest,
  standard: oneOf(...STANDARDS),
  level: oneOf('limited', 'reasonable'),
  coverage: oneOf('product', 'calculation-model', 'programme'),
  includesInventory: boolean,
  laws: array(integer(FIRST_LAW, LAST_LAW), 1, LAST_LAW, { unique: true }),
  materialityPercent: rules.percent,
  outcome: oneOf('positive', 'adverse'),
  examined: array(text, 1, 256),
  accreditation: members({ body: text, number: text }),
});
const statusMembers = members(
  { statement: rules.digest, state: oneOf('superseded', 'withdrawn'), reason: text },
  { supersededBy: rules.digest },
);

function assurance(value, path) {
  assuranceMembers(value, path);
  rising(value.laws, `${path}.laws`);
}

function status(value, path) {
  statusMembers(value, path);
  if ((value.state === 'superseded') !== has(value, 'supersededBy')) {
    refuse(path, 'complete: superseded, and only that, names supersededBy');
  }
}

/**
 * Each kind: the first byte of its log entry, the rule of its subject, its hidden members in the
 * order in which their slots are numbered, and the member that names the record it is about.
 * @type {Map<string, {entry: number, rule: rules.Rule, hidden: readonly string[],
 *   concerns: string | null}>}
 */
export const KINDS = new Map([
  [FOOTPRINT, kind(1, footprint, null, OF_FOOTPRINT)],
  [ASSURANCE, kind(2, assurance, 'statement')],
  [STATUS, kind(3, status, 'statement')],
  [PROCESS, kind(4, processRecord, null, OF_PROCESS)],
  [RETIREMENT, kind(5, retirementRecord, null)],
  [CLAIM, kind(6, claimRecord, 'retirement')],
  [POOL, kind(7, variantPool, null, OF_POOL)],
  ...Object.entries(RESERVED).map(([name, parts]) => [name, kind(...parts)]),
]);

function kind(entry, rule, concerns, hidden = []) {
  return Object.freeze({ entry, rule, hidden, concerns });
}

function type(value, path) {
  const known =
    Array.isArray(value) && value.length === 2 && value[0] === CREDENTIAL && KINDS.has(value[1]);
  if (!known)
    refuse(path, `[${CREDENTIAL}, kind] with kind one of ${[...KINDS.keys()].join(', ')}`);
}

function context(value, path) {
  const same =
    Array.isArray(value) &&
    value.length === CONTEXT.length &&
    value.every((item, index) => item === CONTEXT[index]);
  if (!same) refuse(path, `[${CONTEXT.join(', ')}]`);
}

function algorithm(value, path) {
  if (value === BATCH) throw new Refused(`${path} is ${BATCH}, which is reserved and not in use`);
  oneOf('ES256')(value, path);
}

/** A JWT's header. @type {rules.Rule} */
export const header = members({
  alg: algorithm,
  kid: rules.matching(/^[A-Za-z0-9_-]{43}$/, 'an RFC 7638 SHA-256 thumbprint'),
  typ: oneOf('vc+sd-jwt'),
});
const envelope = members({
  '@context': context,
  type,
  id: rules.matching(UUID4, 'urn:uuid: and a lower-case UUIDv4'),
  issuer: rules.did,
  validFrom: rules.time,
  validUntil: rules.time,
  log: origin,
  credentialSubject: rules.anything,
  _sd_alg: oneOf('sha-256'),
});

/** Checks a whole payload of any kind; throws Refused with the path of the first fault. */
export function payload(value) {
  envelope(value, 'payload');
  if (seconds(value.validFrom) >= seconds(value.validUntil))
    refuse('payload.validUntil', 'after validFrom');
  KINDS.get(value.type[1]).rule(value.credentialSubject, 'credentialSubject');
}
