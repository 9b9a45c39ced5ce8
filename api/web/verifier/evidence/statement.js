/**
 * A statement: signed bytes, read once. Reading is in two steps that fail apart: the envelope
 * (check 1) and the disclosures (check 6, opened.js). Nothing here says whether the issuer had the
 * right to sign: that is the chain's to say.
 *
 * @typedef {object} Statement
 * @property {string} digest `sha256:` and 64 hexadecimal digits: the identity under every redaction
 * @property {Uint8Array} digestBytes the same, 32 bytes
 * @property {string} kind FootprintStatement, AssuranceStatement or StatusStatement
 * @property {string} kid thumbprint of the signing key, as the header names it
 * @property {string} issuer DID
 * @property {string} log origin of the log it is meant for
 * @property {string} validFromText as written
 * @property {number} validFrom Unix seconds
 * @property {number} validUntil Unix seconds
 * @property {object} subject credentialSubject
 * @property {string | null} concerns digest of the statement that it is about; null for a footprint
 * @property {Map<string, {name: string, index: number}>} slots place of each placeholder's digest
 * @property {string[]} disclosures still encoded
 * @property {Uint8Array} signingInput bytes under the signature (RFC 7515, 5.1)
 * @property {Uint8Array} signature r and s
 */
import { hex } from '../core/bytes.js';
import { Refused } from '../core/errors.js';
import { HIDDEN } from '../schema/footprint.js';
import { FOOTPRINT, header as headerRule, payload as payloadRule } from '../schema/kinds.js';
import { parseEnvelope, split } from '../core/sdjwt.js';
import { seconds } from '../core/time.js';

/**
 * Reads an SD-JWT's envelope: limits, canonical bytes, closed member lists. Neither the signature
 * nor the disclosures are looked at.
 * @param {string} text
 * @returns {Statement}
 * @throws {Refused} with what is wrong
 */
export function parseStatement(text) {
  const { jwt, disclosures } = split(text);
  const { header, payload, signingInput, signature, digest } = parseEnvelope(jwt);
  headerRule(header, 'header');
  payloadRule(payload);
  const kind = payload.type[1];
  const subject = payload.credentialSubject;
  return {
    digest: `sha256:${hex(digest)}`,
    digestBytes: digest,
    kind,
    kid: header.kid,
    issuer: payload.issuer,
    log: payload.log,
    validFromText: payload.validFrom,
    validFrom: seconds(payload.validFrom),
    validUntil: seconds(payload.validUntil),
    subject,
    concerns: kind === FOOTPRINT ? null : subject.statement,
    slots: kind === FOOTPRINT ? slotsOf(subject) : new Map(),
    disclosures,
    signingInput,
    signature,
  };
}

function slotsOf(subject) {
  const slots = new Map();
  for (const name of HIDDEN) {
    (subject[name] ?? []).forEach((slot, index) => {
      const digest = slot['...'];
      if (slots.has(digest)) throw new Refused('two placeholders hold the same digest');
      slots.set(digest, { name, index });
    });
  }
  return slots;
}
