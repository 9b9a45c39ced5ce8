/** The narrow SD-JWT: the signed text follows from decoded parts; salted disclosures. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { b64url } from '../../api/web/verifier/core/base64.js';
import { hex, text, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import {
  envelopeOf,
  parseDisclosure,
  requireShort,
  written,
} from '../../api/web/verifier/core/sdjwt.js';

const part = (json) => b64url(utf8(json));
const SALT = b64url(new Uint8Array(16));
const SIGNATURE = part('signature');
const JWT = `${part('{}')}.${part('{"a":1}')}.${SIGNATURE}`;

test('RFC 9901 section 4.2.3: the digest is over the encoded text', () => {
  // Salt and value of section 4.2.2's array element, without its space: we write JSON one way.
  const encoded = b64url(utf8('["lklxF5jMYlGTPUovMNIvCA","FR"]'));
  const { value, digest } = parseDisclosure(['lklxF5jMYlGTPUovMNIvCA', 'FR']);
  assert.equal(value, 'FR');
  assert.equal(digest, createHash('sha256').update(encoded, 'ascii').digest('base64url'));
});

test('a statement is put together', async () => {
  const envelope = envelopeOf({ header: {}, payload: { a: 1 }, signature: SIGNATURE });
  assert.equal(envelope.jwt, JWT);
  assert.equal(text(envelope.signature), 'signature');
  assert.equal(text(envelope.signingInput), JWT.slice(0, JWT.lastIndexOf('.')));
  const digest = await globalThis.crypto.subtle.digest('SHA-256', utf8(JWT));
  assert.equal(hex(envelope.digest), hex(new Uint8Array(digest)));
});

test('a part is written in its one encoding, whatever order its members are in', () => {
  const numbers = Object.assign(Object.create(null), { 2: 'two', 10: 'ten', b: 'é', a: '\u0001' });
  assert.equal(written(numbers), part('{"10":"ten","2":"two","a":"\\u0001","b":"é"}'));
});

test('another signature than in its one encoding is refused', () => {
  for (const signature of [`${SIGNATURE}=`, 'e31', `${SIGNATURE}~e30`, 'a.b', 'e 30'])
    assert.throws(() => envelopeOf({ header: {}, payload: {}, signature }), Refused);
});

test('a statement has a limit, its disclosures included', () => {
  const most = 'a'.repeat(8 * 1024 * 1024 - JWT.length - 2);
  requireShort(JWT, [most]);
  assert.throws(() => requireShort(JWT, [`a${most}`]), TooLarge);
});

test('other disclosures are refused', () => {
  const contents = [[SALT], [SALT, 'name', 1], { a: 1 }, ['', 1], [null, 1], [`${SALT}==`, 1]];
  contents.push([b64url(new Uint8Array(15)), 1], [b64url(new Uint8Array(17)), 1], null, 'text');
  for (const content of contents) assert.throws(() => parseDisclosure(content), Refused);
});
