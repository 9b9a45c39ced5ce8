/** The narrow SD-JWT: limits first, one encoding of each part, salted disclosures. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { b64url } from '../../api/web/verifier/core/base64.js';
import { hex, text, utf8 } from '../../api/web/verifier/core/bytes.js';
import { encode } from '../../api/web/verifier/core/canonical.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import { parseDisclosure, parseEnvelope, split } from '../../api/web/verifier/core/sdjwt.js';

const part = (json) => b64url(utf8(json));
const SALT = b64url(new Uint8Array(16));
const JWT = `${part('{}')}.${part('{"a":1}')}.${part('signature')}`;

test('RFC 9901 section 4.2.3: the digest is over the encoded text', () => {
  // Salt and value of section 4.2.2's array element, without its space: we write JSON one way.
  const encoded = b64url(utf8('["lklxF5jMYlGTPUovMNIvCA","FR"]'));
  const { value, digest } = parseDisclosure(encoded);
  assert.equal(value, 'FR');
  assert.equal(digest, createHash('sha256').update(encoded, 'ascii').digest('base64url'));
});

test('a statement comes apart', async () => {
  const disclosure = b64url(encode([SALT, { value: 'é' }]));
  const { jwt, disclosures } = split(`${JWT}~${disclosure}~`);
  assert.equal(jwt, JWT);
  const envelope = parseEnvelope(jwt);
  assert.equal(envelope.payload.a, 1);
  assert.equal(text(envelope.signature), 'signature');
  assert.equal(text(envelope.signingInput), JWT.slice(0, JWT.lastIndexOf('.')));
  const digest = await globalThis.crypto.subtle.digest('SHA-256', utf8(JWT));
  assert.equal(hex(envelope.digest), hex(new Uint8Array(digest)));
  const opened = parseDisclosure(disclosures[0]);
  assert.equal(opened.value.value, 'é');
  assert.equal(opened.digest, createHash('sha256').update(disclosure).digest('base64url'));
  assert.deepEqual(split(`${JWT}~`).disclosures, []);
});

test('other texts are refused', () => {
  for (const other of ['', JWT, `${JWT}~${SALT}`, `${JWT}~\n`, `${JWT}é~`, `~${JWT}`]) {
    assert.throws(() => split(other), Refused);
  }
});

test('limits come first', () => {
  const most = `${JWT}~${'a'.repeat(8 * 1024 * 1024 - JWT.length - 2)}~`;
  assert.equal(split(most).disclosures.length, 1);
  assert.throws(() => split(`a${most}`), TooLarge);
  assert.equal(split(`${JWT}~${'a~'.repeat(16_384)}`).disclosures.length, 16_384);
  assert.throws(() => split(`${JWT}~${'a~'.repeat(16_385)}`), TooLarge);
});

test('a JWT has three parts in one encoding each', () => {
  const parts = JWT.split('.');
  for (const other of [parts.slice(0, 2).join('.'), `${JWT}.e30`, '', '..']) {
    assert.throws(() => parseEnvelope(other), Refused);
  }
  const spellings = ['e30=', 'e31', 'e3 0', 'e'];
  spellings.push(part('{"a": 1}'), part('{"a":1,"a":1}'), part('{"a":0.5}'), part('{'));
  for (const place of [0, 1]) {
    for (const spelling of spellings) {
      assert.throws(() => parseEnvelope(parts.with(place, spelling).join('.')), Refused);
    }
  }
  assert.throws(() => parseEnvelope(parts.with(2, 'e31').join('.')), Refused);
});

test('other disclosures are refused', () => {
  const contents = [[SALT], [SALT, 'name', 1], { a: 1 }, ['', 1], [null, 1], [`${SALT}==`, 1]];
  contents.push([b64url(new Uint8Array(15)), 1], [b64url(new Uint8Array(17)), 1], null, 'text');
  for (const content of contents) {
    assert.throws(() => parseDisclosure(b64url(encode(content))), Refused);
  }
  assert.throws(() => parseDisclosure(part(`["${SALT}", 1]`)), /disclosure is not canonical/);
  assert.throws(() => parseDisclosure(''), Refused);
});
