/** What Node does in one call comes to what the code in JavaScript does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64url, b64urlOfText, fromB64url } from '../../api/web/verifier/core/base64.js';
import { hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { computed, sha256 } from '../../api/web/verifier/core/digest.js';
import { Buffer, hashOnce } from '../../api/web/verifier/core/engine.js';

const bytesOf = (length) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255);

test('this Node has what is asked for', () => {
  assert.notEqual(hashOnce, null);
  assert.notEqual(Buffer, null);
});

test('a hash is the same by either, of a view too', () => {
  for (const length of [0, 1, 255, 256, 257, 1000, 4099]) {
    const bytes = bytesOf(length + 7).subarray(7);
    const [ours, theirs] = [computed(bytes), sha256(bytes)];
    assert.deepEqual(theirs, ours, `length ${length}`);
    assert.equal(Object.getPrototypeOf(theirs), Uint8Array.prototype); // whose slice() copies
  }
});

test('base64url and hexadecimal are read back from what Node wrote, of a view too', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = bytesOf(length + 3).subarray(3);
    assert.deepEqual(fromB64url(b64url(bytes)), bytes);
    assert.equal(hex(bytes), [...bytes].map((one) => one.toString(16).padStart(2, '0')).join(''));
  }
});

test('base64url of a text is that of its UTF-8', () => {
  for (const text of ['', 'a', 'é', '€uro', '😀 and more', '\u0000\u001f', '\ufeffx'])
    assert.equal(b64urlOfText(text), b64url(utf8(text)), JSON.stringify(text));
});
