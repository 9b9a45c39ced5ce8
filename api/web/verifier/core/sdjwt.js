/**
 * SD-JWT (RFC 9901), as narrow as version 2 uses it: `header.payload.signature~disclosure~…~`,
 * disclosures of array elements only, no key binding.
 *
 * A statement's identity is the SHA-256 of the issuer-signed JWT, the part before the first tilde:
 * it is the same under every redaction.
 */

import { b64url, fromB64url } from './base64.js';
import { utf8 } from './bytes.js';
import { parse } from './canonical.js';
import { sha256 } from './digest.js';
import { Refused, TooLarge } from './errors.js';

export const MAX_BYTES = 8 * 1024 * 1024;
export const MAX_DISCLOSURES = 16_384;
const SALT_BYTES = 16;

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
 * Take the JWT and its disclosures apart. This is where a statement's size is bounded, before
 * anything is decoded.
 * @param {string} sdJwt
 * @returns {{jwt: string, disclosures: string[]}} still encoded
 * @throws {TooLarge} more than 8 MiB in all, or than 16,384 disclosures
 * @throws {Refused} not ASCII, or no tilde at the end, where a key binding JWT would stand
 */
export function split(sdJwt) {
  if (sdJwt.length > MAX_BYTES) {
    throw new TooLarge(`a statement is longer than ${MAX_BYTES} bytes with its disclosures`);
  }
  if (!/^[\x00-\x7f]*~$/.test(sdJwt)) {
    throw new Refused('a statement is not an ASCII SD-JWT that ends with a tilde');
  }
  const [jwt, ...disclosures] = sdJwt.slice(0, -1).split('~');
  if (disclosures.length > MAX_DISCLOSURES) {
    throw new TooLarge(`a statement has more than ${MAX_DISCLOSURES} disclosures`);
  }
  return { jwt, disclosures };
}

/**
 * Decode the three parts of a JWT.
 * @param {string} jwt
 * @returns {Envelope}
 * @throws {Refused} a part that is not in its one encoding
 * @throws {TooLarge} JSON beyond its limits
 */
export function parseEnvelope(jwt) {
  const parts = jwt.split('.');
  if (parts.length !== 3) throw new Refused('a statement is not header.payload.signature');
  return {
    jwt,
    header: parse(fromB64url(parts[0], 'header'), { what: 'header' }),
    payload: parse(fromB64url(parts[1], 'payload'), { what: 'payload' }),
    signature: fromB64url(parts[2], 'signature'),
    signingInput: utf8(`${parts[0]}.${parts[1]}`),
    digest: sha256(utf8(jwt)),
  };
}

/**
 * Decode a disclosure, `[salt, value]` with a salt of 16 bytes.
 * @param {string} encoded
 * @returns {Disclosure}
 * @throws {Refused} anything else, the three-part form of object members included
 * @throws {TooLarge} JSON beyond its limits
 */
export function parseDisclosure(encoded) {
  const content = parse(fromB64url(encoded, 'disclosure'), { what: 'disclosure' });
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
  return b64url(sha256(utf8(encoded)));
}
