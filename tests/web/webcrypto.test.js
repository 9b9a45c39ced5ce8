/** An engine that lacks something is not a signature that is wrong. */

import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';

import { Unavailable } from '../../api/web/verifier/core/errors.js';
import { parseJwk, verifyEs256 } from '../../api/web/verifier/core/keys.js';
import { parseCheckpoint, parseVkey } from '../../api/web/verifier/core/checkpoint.js';
import { vectors } from './vectors.js';

const { vkey, body, signature } = vectors('note');

afterEach(() => mock.restoreAll());

test('a page that is not secure has no WebCrypto', async () => {
  mock.getter(globalThis, 'crypto', () => ({}));
  const [{ jwk }] = vectors('es256');
  await assert.rejects(
    verifyEs256(parseJwk(jwk), new Uint8Array(), new Uint8Array(64)),
    Unavailable,
  );
  const note = parseCheckpoint(`${body}\n${signature}`);
  await assert.rejects(note.verify(parseVkey(vkey)), Unavailable);
});

test('an engine may not know Ed25519', async () => {
  mock.method(globalThis.crypto.subtle, 'importKey', async () => {
    throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  });
  const note = parseCheckpoint(`${body}\n${signature}`);
  await assert.rejects(note.verify(parseVkey(vkey)), /Ed25519 is not available/);
});
