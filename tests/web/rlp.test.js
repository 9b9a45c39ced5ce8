/** RLP: the shortest form of everything, and nothing else. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { concat, fromHex, hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import { decode } from '../../api/web/verifier/core/rlp.js';
import { encode } from './rlp.js';

test('the examples of the Ethereum documentation are read', () => {
  assert.deepEqual(decode(fromHex('83646f67')), utf8('dog'));
  assert.deepEqual(decode(fromHex('c88363617483646f67')), [utf8('cat'), utf8('dog')]);
  assert.deepEqual(decode(fromHex('80')), new Uint8Array());
  assert.deepEqual(decode(fromHex('c0')), []);
  assert.deepEqual(decode(fromHex('00')), Uint8Array.of(0));
  assert.deepEqual(decode(fromHex('0f')), Uint8Array.of(15));
  assert.deepEqual(decode(fromHex('820400')), Uint8Array.of(4, 0));
  assert.deepEqual(decode(fromHex('c7c0c1c0c3c0c1c0')), [[], [[]], [[], [[]]]]);
  const long = utf8('Lorem ipsum dolor sit amet, consectetur adipisicing elit');
  assert.deepEqual(decode(concat(fromHex('b838'), long)), long);
});

test('everything written is read back, around every change of form', () => {
  for (const length of [0, 1, 2, 54, 55, 56, 57, 255, 256, 257, 65_535, 65_536, 70_000]) {
    const bytes = new Uint8Array(length).fill(0x81);
    assert.deepEqual(decode(encode(bytes)), bytes);
    assert.deepEqual(decode(encode([bytes, [bytes], []])), [bytes, [bytes], []]);
  }
});

const refused = {
  nothing: '',
  'bytes left over': '8000',
  'bytes left over after a list': 'c000',
  'one small byte with a length': '8100',
  'one byte 7f with a length': '817f',
  'a short text in the long form': `b837${'61'.repeat(55)}`,
  'a short list in the long form': `f837${'80'.repeat(55)}`,
  'a length with a leading zero': `b90038${'61'.repeat(56)}`,
  'a list length with a leading zero': `f90038${'80'.repeat(56)}`,
  'a text cut': '83646f',
  'a long text cut': `b838${'61'.repeat(55)}`,
  'a length cut': 'b9ff',
  'a length missing': 'bf',
  'the longest length': `bf${'ff'.repeat(8)}`,
  'a list cut': 'c883636174',
  'an item beyond its list': 'c283646f67',
  'an item beyond its list, within the bytes': 'c5c183646f67',
};
for (const [what, bytes] of Object.entries(refused)) {
  test(`${what} is refused`, () => {
    assert.throws(() => decode(fromHex(bytes)), Refused);
  });
}

test('lists go eight deep and no deeper', () => {
  const nested = (levels) => {
    let item = [];
    for (let i = 1; i < levels; i++) item = [item];
    return encode(item);
  };
  decode(nested(8));
  for (const levels of [9, 1000]) assert.throws(() => decode(nested(levels)), TooLarge);
});

test('arbitrary bytes are refused or are what would be written', () => {
  let seed = 7;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  let read = 0;
  for (let i = 0; i < 20_000; i++) {
    const bytes = Uint8Array.from({ length: random() * 12 }, () =>
      random() < 0.5 ? 0x80 + random() * 80 : random() * 256,
    );
    let item;
    try {
      item = decode(bytes);
    } catch (error) {
      assert.ok(error instanceof Refused);
      continue;
    }
    read++;
    assert.equal(hex(encode(item)), hex(bytes));
  }
  assert.ok(read > 100);
});
