/** Texts for bytes: one spelling each. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64, b64url, fromB64, fromB64url } from '../../api/web/verifier/core/base64.js';
import {
  compare,
  concat,
  equal,
  fromHex,
  hex,
  text,
  u64be,
  utf8,
} from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';

const samples = Array.from({ length: 70 }, (_, length) =>
  Uint8Array.from({ length }, (_, i) => (i * 89 + length * 31) & 255),
);

test('node writes the same base64, and what is written is read back', () => {
  for (const bytes of samples) {
    const buffer = Buffer.from(bytes);
    assert.equal(b64(bytes), buffer.toString('base64'));
    assert.equal(b64url(bytes), buffer.toString('base64url'));
    assert.equal(hex(bytes), buffer.toString('hex'));
    assert.deepEqual(fromB64(b64(bytes)), bytes);
    assert.deepEqual(fromB64url(b64url(bytes)), bytes);
    assert.deepEqual(fromHex(hex(bytes)), bytes);
  }
});

test('every other text of up to four characters is refused or written the same', () => {
  const characters = [...'AQgw/+-_=\n é'];
  const texts = [''];
  for (let from = 0; texts[from].length < 4; from++) {
    texts.push(...characters.map((character) => texts[from] + character));
  }
  let taken = 0;
  for (const candidate of texts) {
    for (const [read, write] of [
      [fromB64, b64],
      [fromB64url, b64url],
    ]) {
      let bytes;
      try {
        bytes = read(candidate);
      } catch (error) {
        assert.ok(error instanceof Refused);
        continue;
      }
      taken++;
      assert.equal(write(bytes), candidate);
    }
  }
  assert.ok(taken > 100);
});

test('other spellings of base64 are refused', () => {
  for (const spelling of ['e30=', 'e31', 'e3 0', 'e', 'e3+/', 'e30\n', 'é30']) {
    assert.throws(() => fromB64url(spelling, 'part'), /part is not base64url/);
  }
  for (const spelling of [
    'AA',
    'AB==',
    'AAE',
    'A===',
    '====',
    'AA=A',
    'AA==AA==',
    'A-_=',
    'AA==\n',
  ]) {
    assert.throws(() => fromB64(spelling), Refused, spelling);
  }
  for (const nothing of [undefined, null, 7, ['e30']]) {
    assert.throws(() => fromB64(nothing), Refused);
    assert.throws(() => fromB64url(nothing), Refused);
  }
});

test('hexadecimal is lower case, in pairs, without 0x', () => {
  for (const spelling of ['A0', '0', '0x00', 'g0', ' 00', '00\n', 7]) {
    assert.throws(() => fromHex(spelling), Refused);
  }
});

test('UTF-8 is read strictly and a byte order mark is kept', () => {
  assert.equal(text(utf8('\ufeffé😀')), '\ufeffé😀');
  for (const bytes of [
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xc3],
  ]) {
    assert.throws(() => text(Uint8Array.from(bytes)), Refused);
  }
});

test('bytes have one order', () => {
  const sorted = [[], [0], [0, 0], [0, 1], [1], [127], [128], [255, 0]].map((b) =>
    Uint8Array.from(b),
  );
  sorted.forEach((a, i) =>
    sorted.forEach((b, j) => {
      assert.equal(Math.sign(compare(a, b)), Math.sign(i - j));
      assert.equal(equal(a, b), i === j);
    }),
  );
  assert.deepEqual(concat(), new Uint8Array());
  assert.equal(hex(concat(sorted[7], sorted[0], sorted[3])), 'ff000001');
});

test('eight bytes hold what is exact', () => {
  assert.equal(hex(u64be(0)), '0000000000000000');
  assert.equal(hex(u64be(2 ** 53 - 1)), '001fffffffffffff');
  assert.equal(hex(u64be(2n ** 64n - 1n)), 'ffffffffffffffff');
  for (const number of [-1, 0.5, 2 ** 53, 2n ** 64n, -1n, NaN]) {
    assert.throws(() => u64be(number), Refused);
  }
});
