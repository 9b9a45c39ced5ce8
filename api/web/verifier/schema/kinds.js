/** The envelope and the three kinds of version 1, as closed member lists. */
import { seconds } from '../core/time.js';
import { subject as footprint } from './footprint.js';
import { origin } from './origin.js';
import * as rules from './rules.js';
import { array, boolean, has, members, oneOf, refuse, text } from './rules.js';

export const FOOTPRINT = 'FootprintStatement';
export const ASSURANCE = 'AssuranceStatement';
export const STATUS = 'StatusStatement';
const CREDENTIAL = 'VerifiableCredential';
const CONTEXT = ['https://www.w3.org/ns/credentials/v2', 'urn:rootprint:statement:v1'];
const UUID4 = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const assurance = members({
  statement: rules.digest,
  standard: text,
  level: oneOf('limited', 'reasonable'),
  coverage: oneOf('product', 'calculation-model', 'programme'),
  includesInventory: boolean,
  materialityPercent: rules.percent,
  outcome: oneOf('positive', 'adverse'),
  examined: array(text, 1, 256),
  accreditation: members({ body: text, number: text }),
});
const statusMembers = members(
  { statement: rules.digest, state: oneOf('superseded', 'withdrawn'), reason: text },
  { supersededBy: rules.digest },
);

function status(value, path) {
  statusMembers(value, path);
  if ((value.state === 'superseded') !== has(value, 'supersededBy')) {
    refuse(path, 'complete: superseded, and only that, names supersededBy');
  }
}

const SUBJECTS = new Map([
  [FOOTPRINT, footprint],
  [ASSURANCE, assurance],
  [STATUS, status],
]);

function type(value, path) {
  const known =
    Array.isArray(value) && value.length === 2 && value[0] === CREDENTIAL && SUBJECTS.has(value[1]);
  if (!known)
    refuse(path, `[${CREDENTIAL}, kind] with kind one of ${[...SUBJECTS.keys()].join(', ')}`);
}

function context(value, path) {
  const same =
    Array.isArray(value) &&
    value.length === CONTEXT.length &&
    value.every((item, index) => item === CONTEXT[index]);
  if (!same) refuse(path, `[${CONTEXT.join(', ')}]`);
}

/** A JWT's header. @type {rules.Rule} */
export const header = members({
  alg: oneOf('ES256'),
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
  SUBJECTS.get(value.type[1])(value.credentialSubject, 'credentialSubject');
}
