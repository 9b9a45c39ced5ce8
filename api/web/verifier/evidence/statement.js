/**
 * A statement: signed bytes, read once. Reading is in two steps that fail apart: the envelope
 * (check 1) and the disclosures (check 6, opened.js). Nothing here says whether the issuer had the
 * right to sign: that is the chain's to say.
 *
 * @typedef {object} Statement
 * @property {string} digest `sha256:` and 64 hexadecimal digits: the identity under every redaction
 * @property {Uint8Array} digestBytes the same, 32 bytes
 * @property {string} kind one of schema/kinds.js
 * @property {string} kid thumbprint of the signing key, as the header names it
 * @property {string} issuer DID
 * @property {string} log origin of the log it is meant for
 * @property {string} validFromText as written
 * @property {number} validFrom Unix seconds
 * @property {number} validUntil Unix seconds
 * @property {object} payload the whole of what is signed
 * @property {object} subject credentialSubject
 * @property {string | null} concerns digest of the record that it is about
 * @property {Uint8Array} entrySubject the 32 bytes that its log entry has beside its digest
 * @property {Map<string, {name: string, index: number}>} [slots] place of each placeholder's digest
 * @property {{content: import('../core/canonical.js').Json, encoded: string}[]} [disclosures] not
 *   yet judged
 * @property {Uint8Array} [signingInput] bytes under the signature (RFC 7515, 5.1)
 * @property {Uint8Array} [signature] r and s; none of these four where they were looked at before
 */
import { fromB64url } from '../core/base64.js';
import { fromHex, hex } from '../core/bytes.js';
import { Refused } from '../core/errors.js';
import { FOOTPRINT, header as headerRule, KINDS, payload as payloadRule } from '../schema/kinds.js';
import { seconds } from '../core/time.js';
import { has } from '../schema/rules.js';

const DIGEST_BYTES = 32;

/**
 * Judges an envelope: closed member lists. Neither the signature nor the disclosures are looked at.
 * @param {import('../core/sdjwt.js').Envelope} envelope
 * @param {Statement['disclosures']} disclosures
 * @returns {Statement}
 * @throws {Refused} with what is wrong
 */
export function parseStatement({ header, payload, signingInput, signature, digest }, disclosures) {
  headerRule(header, 'header');
  payloadRule(payload);
  const name = `sha256:${hex(digest)}`;
  const statement = statementOf({ header, payload, digest, name });
  statement.slots = slotsOf(statement.subject, KINDS.get(statement.kind).hidden);
  statement.disclosures = disclosures;
  statement.signingInput = signingInput;
  statement.signature = signature;
  return statement;
}

/**
 * A statement of an envelope that was judged.
 * @param {{header: object, payload: object, digest: Uint8Array, name: string}} judged its digest in
 *   bytes and as a text
 * @returns {Statement}
 */
export function statementOf({ header, payload, digest, name }) {
  const kind = kindOf(payload.type[1]);
  const subject = payload.credentialSubject;
  return {
    digest: name,
    digestBytes: digest,
    kind,
    kid: header.kid,
    issuer: payload.issuer,
    log: payload.log,
    validFromText: payload.validFrom,
    validFrom: seconds(payload.validFrom),
    validUntil: seconds(payload.validUntil),
    payload,
    subject,
    concerns: concernsOf(kind, subject),
    entrySubject: entrySubject(kind, subject),
    slots: null,
    disclosures: null,
    signingInput: null,
    signature: null,
  };
}

// The one text of a kind, which compares at once with the names in kinds.js.
function kindOf(name) {
  for (const kind of KINDS.keys()) if (kind === name) return kind;
  return name;
}

// What the log says of a statement beside its digest: whose it is, or which one it is about.
function entrySubject(kind, subject) {
  const about = concernsOf(kind, subject);
  if (about !== null) return fromHex(about.slice('sha256:'.length));
  if (kind === FOOTPRINT && has(subject, 'pseudonym')) return fromB64url(subject.pseudonym.value);
  return new Uint8Array(DIGEST_BYTES);
}

function concernsOf(kind, subject) {
  const { concerns } = KINDS.get(kind);
  return concerns === null ? null : (subject[concerns] ?? null);
}

function slotsOf(subject, hidden) {
  const slots = new Map();
  for (const name of hidden) {
    (subject[name] ?? []).forEach((slot, index) => {
      const digest = slot['...'];
      if (slots.has(digest)) throw new Refused('two placeholders hold the same digest');
      slots.set(digest, { name, index });
    });
  }
  return slots;
}
