/** ES256 keys and signatures, against joserfc's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64url, fromB64url } from '../../api/web/verifier/core/base64.js';
import { fromHex, hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { encode } from '../../api/web/verifier/core/canonical.js';
import { sha256 } from '../../api/web/verifier/core/digest.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { parseJwk, verifyEs256 } from '../../api/web/verifier/core/keys.js';
import { vectors } from './vectors.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const samples = vectors('es256').map(({ jwk, kid, jws }) => {
  const parts = jws.split('.');
  const signature = fromB64url(parts[2]);
  return { jwk, kid, input: utf8(`${parts[0]}.${parts[1]}`), signature };
});

const bytesOf = (number) => fromHex(number.toString(16).padStart(64, '0'));
const number = (bytes) => BigInt(`0x${hex(bytes)}`);

function twin(signature) {
  const other = signature.slice();
  other.set(bytesOf(ORDER - number(signature.subarray(32))), 32);
  return other;
}

function bothTwins(signature) {
  const other = twin(signature);
  const isLow = 2n * number(signature.subarray(32)) < ORDER;
  return isLow ? [signature, other] : [other, signature];
}

test("joserfc's thumbprints and signatures, the low twin only", async () => {
  for (const { jwk, kid, input, signature } of samples) {
    const key = parseJwk(jwk);
    assert.equal(key.kid, kid);
    assert.equal(b64url(key.thumbprint), kid);
    const [low, high] = bothTwins(signature);
    await verifyEs256(key, input, low);
    await assert.rejects(verifyEs256(key, input, high), /low s/);
  }
});

test('RFC 7638 section 3.1: its thumbprint comes out of the same bytes', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
  assert.equal(
    b64url(sha256(encode({ kty: 'RSA', n, e: 'AQAB' }))),
    'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  );
});

test('changed bytes, keys and lengths are refused', async () => {
  const [one, two] = samples;
  const key = parseJwk(one.jwk);
  const [low] = bothTwins(one.signature);
  await assert.rejects(verifyEs256(parseJwk(two.jwk), one.input, low), /not true/);
  await assert.rejects(verifyEs256(key, two.input, low), /not true/);
  for (let bit = 0; bit < 512; bit += 7) {
    const changed = low.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    await assert.rejects(verifyEs256(key, one.input, changed), Refused);
  }
  for (const length of [0, 32, 63, 65, 128]) {
    const other = new Uint8Array(length);
    other.set(low.subarray(0, length));
    await assert.rejects(verifyEs256(key, one.input, other), /64 bytes/);
  }
});

test('degenerate signatures are refused', async () => {
  const key = parseJwk(samples[0].jwk);
  for (const r of [0n, 1n, ORDER, ORDER - 1n]) {
    for (const s of [0n, 1n, ORDER >> 1n, (ORDER >> 1n) + 1n, ORDER]) {
      const signature = new Uint8Array([...bytesOf(r), ...bytesOf(s)]);
      await assert.rejects(verifyEs256(key, samples[0].input, signature), Refused);
    }
  }
});

test('other JWKs are refused', () => {
  const { jwk } = samples[0];
  const changed = (members) => ({ ...jwk, ...members });
  const { x, ...withoutX } = jwk;
  const others = [null, [], 'text', {}, withoutX, changed({ kid: 'a' }), changed({ kty: 'RSA' })];
  others.push(changed({ crv: 'P-384' }), changed({ x: 7 }), changed({ x: `${x}=` }));
  others.push(
    changed({ x: b64url(new Uint8Array(31)) }),
    changed({ x: b64url(new Uint8Array(33)) }),
  );
  others.push(changed({ x: jwk.y, y: jwk.x }), changed({ x: b64url(new Uint8Array(32)) }));
  others.push(changed({ y: samples[1].jwk.y }));
  for (const other of others) assert.throws(() => parseJwk(other), Refused, JSON.stringify(other));
});

test('a coordinate plus the prime is refused', () => {
  // x = 5: 5³ - 15 + b is a square, found by trying small x; its y is a root modulo the prime.
  const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  let made = 0;
  for (let x = 0n; made < 3; x++) {
    const square = (((x * x * x - 3n * x + B) % PRIME) + PRIME) % PRIME;
    const y = power(square, (PRIME + 1n) / 4n);
    if ((y * y) % PRIME !== square) continue;
    made++;
    const jwk = { crv: 'P-256', kty: 'EC', x: b64url(bytesOf(x)), y: b64url(bytesOf(y)) };
    parseJwk(jwk);
    assert.throws(() => parseJwk({ ...jwk, x: b64url(bytesOf(x + PRIME)) }), /below the prime/);
  }
});

function power(base, exponent) {
  let result = 1n;
  for (let e = exponent, b = base; e > 0n; e >>= 1n, b = (b * b) % PRIME) {
    if (e & 1n) result = (result * b) % PRIME;
  }
  return result;
}

test('a key is imported by WebCrypto as it was read', async () => {
  const native = await parseJwk(samples[0].jwk).native();
  assert.equal(native.algorithm.namedCurve, 'P-256');
});
