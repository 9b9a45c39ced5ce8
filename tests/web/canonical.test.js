/** Canonical JSON: one encoding is taken, every other refused, within limits. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fromHex, text, utf8 } from '../../api/web/verifier/core/bytes.js';
import { encode, parse, parseLoose } from '../../api/web/verifier/core/canonical.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import { vectors } from './vectors.js';

const samples = vectors('canonical').map(fromHex);

test('what the rfc8785 package writes is read, and written the same', () => {
  for (const bytes of samples) {
    assert.deepEqual(encode(parse(bytes)), bytes);
    assert.deepEqual(encode(parseLoose(bytes)), bytes);
    assert.deepEqual(encode(JSON.parse(text(bytes))), bytes);
  }
});

test('every cut, doubled or changed byte is refused or is another canonical value', () => {
  for (const bytes of samples.slice(0, 30)) {
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = [0x20, 0x22, 0x5c, 0x2c, 0x30, 0x2d, 0xc3][at % 7];
      const doubled = Uint8Array.of(...bytes.subarray(0, at + 1), ...bytes.subarray(at));
      for (const other of [bytes.subarray(0, at), changed, doubled]) {
        let value;
        try {
          value = parse(other);
        } catch (error) {
          assert.ok(error instanceof Refused, error.stack);
          continue;
        }
        assert.deepEqual(encode(value), other);
      }
    }
  }
});

const refused = {
  'a fraction': '[1.5]',
  'a whole fraction': '[1.0]',
  'an exponent': '[1e2]',
  'minus zero': '[-0]',
  'minus alone': '[-]',
  'a plus': '[+1]',
  'a leading zero': '[01]',
  '2^53': '[9007199254740992]',
  '-2^53': '[-9007199254740992]',
  'an endless number': `[${'9'.repeat(400)}]`,
  NaN: '[NaN]',
  'digits of another script': '[١]',
  'a member twice': '{"a":1,"a":1}',
  'members not sorted': '{"b":1,"a":2}',
  'shorter name later': '{"aa":1,"a":2}',
  'a space': '{"a": 1}',
  'a space first': ' []',
  'a newline last': '[]\n',
  'an escaped letter': '["\\u0041"]',
  'an escaped slash': '["\\/"]',
  'newline as a u escape': '["\\u000a"]',
  'an upper-case escape': '["\\u001F"]',
  'an escaped non-ASCII letter': '["\\u00e9"]',
  'a lone surrogate': '["\\ud800"]',
  'an escaped pair': '["\\ud83d\\ude00"]',
  'an escaped name': '{"\\u0061":1}',
  'a non-ASCII name': '{"é":1}',
  'an unknown escape': '["\\x41"]',
  'an inherited escape': '["\\constructor"]',
  'a control character': '["\t"]',
  'no end of a string': '["a',
  'an escape at the end': '["\\',
  'a comma too many': '[1,]',
  'a comma too many in an object': '{"a":1,}',
  'no comma': '[1 2]',
  'no colon': '{"a"1}',
  'a name that is no string': '{1:1}',
  'two values': '[][]',
  nothing: '',
  'half a word': '[tru]',
  'a longer word': '[truee]',
  'upper case': '[True]',
  'no end of an array': '[1',
  'no end of an object': '{"a":1',
  'a byte order mark': '\ufeff[]',
};
for (const [what, json] of Object.entries(refused)) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => parse(utf8(json), { what: 'it' }),
      (error) => {
        assert.ok(error instanceof Refused && !(error instanceof TooLarge), error.stack);
        assert.match(error.message, /^it is not canonical JSON: .* at character \d+$/);
        return true;
      },
    );
  });
}

test('bytes that are not UTF-8 are refused', () => {
  for (const bytes of [
    [0x22, 0xff, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
  ]) {
    assert.throws(() => parse(Uint8Array.from(bytes)), Refused);
  }
});

test('integers up to the limit pass', () => {
  const json = '[-9007199254740991,0,9007199254740991]';
  assert.deepEqual(parse(utf8(json)), [-(2 ** 53) + 1, 0, 2 ** 53 - 1]);
});

test('a member may have any name', () => {
  const json = '{"10":1,"9":2,"__proto__":{"x":3},"constructor":4,"toString":5}';
  const value = parse(utf8(json));
  assert.equal(value['__proto__'].x, 3);
  assert.equal(value.x, undefined);
  assert.equal(text(encode(value)), json);
  // Nothing is found in an object that its text does not have.
  const empty = parse(utf8('{}'));
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    assert.equal(empty[name], undefined, name);
    assert.equal(name in empty, false, name);
  }
});

test('sixteen levels pass and seventeen do not, a scalar being a level', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ]) {
    const nested = (inner, levels) => utf8(open.repeat(levels) + inner + close.repeat(levels));
    parse(nested('[]', 15));
    parse(nested('1', 15));
    for (const [inner, levels] of [
      ['[]', 16],
      ['1', 16],
      ['[]', 200_000],
    ]) {
      assert.throws(() => parse(nested(inner, levels)), /deeper than 16 levels/);
      assert.throws(() => parseLoose(nested(inner, levels)), TooLarge);
    }
  }
  let deep = 1;
  for (let i = 0; i < 16; i++) deep = [deep];
  assert.throws(() => encode(deep), TooLarge);
  assert.equal(parse(utf8('[[1]]'), { maxDepth: 3 })[0][0], 1);
  assert.throws(() => parse(utf8('[[1]]'), { maxDepth: 2 }), TooLarge);
});

test('strings are bounded by their bytes', () => {
  for (const character of ['a', 'é', '水', '😀']) {
    const most = character.repeat(65_536 / utf8(character).length);
    const whole = character.repeat(Math.floor(65_536 / utf8(character).length));
    assert.equal(parse(encode([whole]))[0], whole);
    assert.throws(() => encode([`${whole}${character}`]), TooLarge, most.length);
    assert.throws(() => parse(utf8(`["${whole}${character}"]`)), /longer than 65536 bytes/);
    assert.equal(
      parse(utf8(`["${whole}${character}"]`), { maxString: 65_540 })[0].length > 0,
      true,
    );
  }
  assert.throws(() => parse(utf8(`{"${'a'.repeat(65_537)}":1}`)), TooLarge);
  assert.throws(() => encode(['abcd'], { maxString: 3 }), TooLarge);
});

test('what has no canonical form is not written', () => {
  const values = [0.5, NaN, Infinity, -0, 2 ** 53, undefined, '\ud800', '\udc00a', 1n, () => 1];
  values.push(new Date(), new Map(), Symbol('s'), new Uint8Array(1));
  for (const value of values) {
    for (const place of [value, [value], { a: [value] }]) {
      assert.throws(() => encode(place), Refused, String(typeof value));
    }
  }
  assert.throws(() => encode({ é: 1 }), Refused);
  assert.throws(() => encode([, 1]), Refused); // eslint-disable-line no-sparse-arrays
});

test('people may write spaces, escapes and members in any order', () => {
  const value = parseLoose(utf8('\r\n{ "b" : [ 1 , -2 ] ,\t"a" : "\\u00e9\\/\\ud83d\\ude00" }\n'));
  assert.deepEqual({ ...value }, { b: [1, -2], a: 'é/😀' });
});

const alsoRefusedLoose = [
  'a fraction',
  'an exponent',
  'minus zero',
  'a leading zero',
  '2^53',
  'a member twice',
  'two values',
  'a lone surrogate',
  'a non-ASCII name',
  'a comma too many',
  'a control character',
  'nothing',
  'no end of a string',
  'an unknown escape',
  'a byte order mark',
  'NaN',
  'no comma',
  'half a word',
];
for (const what of alsoRefusedLoose) {
  test(`${what} is refused of people too`, () => {
    assert.throws(() => parseLoose(utf8(refused[what])), Refused);
  });
}

test('lone surrogates in any place are refused of people', () => {
  for (const json of ['"\\udc00"', '"\\ud83dx"', '"\\ude00\\ud83d"', '"\\ud83d\\u0041"']) {
    assert.throws(() => parseLoose(utf8(json)), /lone surrogate/);
  }
});

test('a bomb ends in bounded time', () => {
  const start = process.cpuUsage();
  assert.throws(() => parse(utf8('['.repeat(20_000_000))), TooLarge);
  assert.throws(() => parse(utf8(`["${'a'.repeat(20_000_000)}"]`)), TooLarge);
  assert.throws(() => parse(utf8(`[${'9'.repeat(20_000_000)}]`)), Refused);
  assert.throws(() => parse(utf8(`["${'\\n'.repeat(2_000_000)}"]`)), TooLarge);
  // Of this process: others may keep the machine busy.
  assert.ok(process.cpuUsage(start).user < 5_000_000);
});
