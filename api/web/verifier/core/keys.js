/**
 * Issuer keys: ES256 and nothing else (RFC 7518 section 3.4), named by RFC 7638 thumbprints.
 *
 * Of the two values of s that verify only the lower is accepted: a statement's digest covers its
 * signature, which must not have a twin.
 */

import { b64url, fromB64url } from './base64.js';
import { encode } from './canonical.js';
import { compare, fromHex, hex } from './bytes.js';
import { sha256 } from './digest.js';
import { Refused } from './errors.js';
import { subtle } from './webcrypto.js';

// SEC 2 section 2.4.2, secp256r1: y² = x³ - 3x + b modulo the prime.
const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
// Half of the curve's order: a greater s has a smaller twin.
const MOST_S = fromHex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8');
const ES256 = Object.freeze({ name: 'ECDSA', hash: 'SHA-256' });
const COORDINATE_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MEMBERS = ['crv', 'kty', 'x', 'y'];

/** A point on P-256, with its names. Made by `parseJwk`. */
export class PublicKey {
  #imported = null;

  /**
   * @param {{crv: string, kty: string, x: string, y: string}} jwk its required members
   * @param {Uint8Array} thumbprint
   */
  constructor(jwk, thumbprint) {
    /** @type {{crv: string, kty: string, x: string, y: string}} */
    this.jwk = jwk;
    /** The 32-byte RFC 7638 SHA-256 thumbprint, by which the chain knows the key. */
    this.thumbprint = thumbprint;
    /** The thumbprint in base64url, by which a header names the key. */
    this.kid = b64url(thumbprint);
  }

  /** @returns {Promise<CryptoKey>} */
  native() {
    this.#imported ??= subtle().importKey(
      'jwk',
      this.jwk,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    return this.#imported;
  }
}

/**
 * Read a JWK of exactly `kty, crv, x, y` (RFC 7518 section 6.2.1).
 * @param {import('./canonical.js').Json} jwk
 * @returns {PublicKey}
 * @throws {Refused} other members or curves, coordinates that are not 32 bytes below the prime
 *   (reduced, they would give one point two thumbprints), a point off the curve
 */
export function parseJwk(jwk) {
  const isRecord = typeof jwk === 'object' && jwk !== null && !Array.isArray(jwk);
  if (!isRecord || Object.keys(jwk).sort().join() !== MEMBERS.join()) {
    throw new Refused('a key is not a JWK of exactly kty, crv, x and y');
  }
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256') {
    throw new Refused('a key is not EC P-256, the only kind version 2 knows');
  }
  const [x, y] = [coordinate(jwk.x, 'key x'), coordinate(jwk.y, 'key y')];
  if ((y * y - (x * x * x - 3n * x + B)) % PRIME !== 0n) {
    throw new Refused('a key is not a point on P-256');
  }
  const required = { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
  return new PublicKey(required, sha256(encode(required)));
}

/**
 * Return if the ES256 signature is true.
 * @param {PublicKey} key
 * @param {Uint8Array} signingInput RFC 7515 section 5.1
 * @param {Uint8Array} signature r ‖ s, 64 bytes, low s
 * @returns {Promise<void>}
 * @throws {Refused} (rejects) a wrong length, a high s, a signature that is not true
 * @throws {import('./errors.js').Unavailable} (rejects) an engine without WebCrypto
 */
export async function verifyEs256(key, signingInput, signature) {
  if (signature.length !== SIGNATURE_BYTES || compare(signature.subarray(32), MOST_S) > 0) {
    throw new Refused('the signature is not 64 bytes with a low s');
  }
  const native = await key.native();
  if (!(await subtle().verify(ES256, native, signature, signingInput))) {
    throw new Refused('the signature is not true for these bytes and this key');
  }
}

function coordinate(text, what) {
  const bytes = fromB64url(text, what);
  if (bytes.length !== COORDINATE_BYTES) throw new Refused(`${what} is not 32 bytes`);
  const value = integer(bytes);
  if (value >= PRIME) throw new Refused(`${what} is not below the prime of P-256`);
  return value;
}

function integer(bytes) {
  return BigInt(`0x${hex(bytes)}`);
}
