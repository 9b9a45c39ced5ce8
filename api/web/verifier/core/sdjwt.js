/**
 * SD-JWT (RFC 9901), as narrow as version 2 uses it: `header.payload.signature~disclosure~…~`,
 * disclosures of array elements only, no key binding.
 *
 * A statement's identity is the SHA-256 of the issuer-signed JWT, the part before the first tilde:
 * it is the same under every redaction. Evidence has its parts decoded, and as each part has one
 * canonical encoding, the signed text follows from them.
 */

import { b64url, b64urlOfText, fromB64url } from './base64.js';
import { utf8 } from './bytes.js';
import { encode } from './canonical.js';
import { sha256 } from './digest.js';
import { hashOnce } from './engine.js';
import { Refused, TooLarge } from './errors.js';

export const MAX_BYTES = 8 * 1024 * 1024;
export const MAX_DISCLOSURES = 16_384;
const SALT_BYTES = 16;
const NUMBERED = /"[0-9]+":/;

/**
 * @typedef {object} Envelope an issuer-signed JWT, decoded but not yet believed
 * @property {string} jwt
 * @property {import('./canonical.js').Json} header
 * @property {import('./canonical.js').Json} payload
 * @property {Uint8Array} signature
 * @property {Uint8Array} signingInput what the signature is over: RFC 7515 section 5.1
 * @property {Uint8Array} digest the statement's 32-byte digest
 *
 * @typedef {object} Disclosure one opened slot
 * @property {string} encoded
 * @property {import('./canonical.js').Json} value
 * @property {string} digest base64url, as its placeholder has it: RFC 9901 section 4.2.3
 */

/**
 * Put a JWT together from its decoded parts.
 * @param {{header: Json, payload: Json, signature: string}} parts the signature in base64url
 * @param {string} [what] the thing's name in messages
 * @returns {Envelope}
 * @throws {Refused} a signature that is not in its one encoding
 */
export function envelopeOf({ header, payload, signature }, what = 'a statement') {
  const bytes = fromB64url(signature, `${what}.signature`);
  const signed = `${written(header)}.${written(payload)}`;
  const jwt = `${signed}.${signature}`;
  const whole = utf8(jwt); // ASCII, as its parts are base64url: a character is a byte
  const signingInput = whole.subarray(0, signed.length);
  return { jwt, header, payload, signature: bytes, signingInput, digest: sha256(whole) };
}

/**
 * The encoded text of a part, as it was signed.
 * @param {import('./canonical.js').Json} value as canonical.js parsed it: its members are in order
 * @returns {string}
 */
export function written(value) {
  const text = JSON.stringify(value);
  // An engine puts names that are numbers before all others, and the only ones that it reorders.
  return NUMBERED.test(text) ? b64url(encode(value)) : b64urlOfText(text);
}

/**
 * Return if a statement with its disclosures is no longer than it may be.
 * @param {string} jwt
 * @param {string[]} encoded its disclosures
 * @throws {TooLarge} more than 8 MiB in all
 */
export function requireShort(jwt, encoded) {
  const length = encoded.reduce((sum, one) => sum + one.length + 1, jwt.length + 1);
  if (length > MAX_BYTES) {
    throw new TooLarge(`a statement is longer than ${MAX_BYTES} bytes with its disclosures`);
  }
}

/**
 * Read a disclosure, `[salt, value]` with a salt of 16 bytes.
 * @param {import('./canonical.js').Json} content
 * @param {string} encoded its text
 * @returns {Disclosure}
 * @throws {Refused} anything else, the three-part form of object members included
 */
export function parseDisclosure(content, encoded = written(content)) {
  if (!Array.isArray(content) || content.length !== 2) {
    throw new Refused('a disclosure is not an array of salt and value');
  }
  const [salt, value] = content;
  if (typeof salt !== 'string' || fromB64url(salt, 'salt').length !== SALT_BYTES) {
    throw new Refused(`a disclosure's salt is not ${SALT_BYTES} bytes`);
  }
  return { encoded, value, digest: disclosureDigest(encoded) };
}

// What its placeholder holds: the hash of the text as it came (RFC 9901, 4.2.3).
function disclosureDigest(encoded) {
  if (hashOnce !== null) return hashOnce('sha256', encoded, 'base64url');
  return b64url(sha256(utf8(encoded)));
}
