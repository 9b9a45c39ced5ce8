/** The two hash functions against other implementations. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { sha256 } from '../../api/web/verifier/core/digest.js';
import { keccak256 } from '../../api/web/verifier/core/keccak.js';
import { vectors } from './vectors.js';

test("SHA-256 is WebCrypto's at every length up to 300 and at some beyond", async () => {
  const lengths = [...Array(301).keys(), 1000, 4096, 65_535, 1_000_000];
  for (const length of lengths) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) + length) & 255);
    const expected = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
    assert.equal(hex(sha256(bytes)), hex(expected), `length ${length}`);
  }
});

test('SHA-256 reads a view where it stands', () => {
  const bytes = utf8('xxabcyy').subarray(2, 5);
  assert.equal(
    hex(sha256(bytes)),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', // FIPS 180-4's example
  );
});

test("Keccak-256 is eth-hash's around the ends of its blocks", () => {
  for (const [length, expected] of Object.entries(vectors('keccak'))) {
    const bytes = Uint8Array.from(
      { length: Number(length) },
      (_, i) => (i * 7 + Number(length)) & 255,
    );
    assert.equal(hex(keccak256(bytes)), expected, `length ${length}`);
  }
});

test('Keccak-256 is not SHA3-256', () => {
  assert.equal(
    hex(keccak256(utf8(''))),
    'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  );
});
