/** Exact numbers and their one rounding. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Refused } from '../../api/web/verifier/core/errors.js';
import { isDecimal, ONE, placesOf, Rational, ZERO } from '../../api/web/verifier/core/rational.js';
import { vectors } from './vectors.js';

test("rounding is ROUND_HALF_UP of Python's decimal, to places and to digits", () => {
  for (const [over, under, places, digits, fixed, significant] of vectors('rounding')) {
    const value = Rational.of(over).div(Rational.of(under));
    const answer = `${over}/${under} ${places} ${digits}`;
    assert.equal(value.fixed(places), fixed, answer);
    assert.ok(value.round(places).equals(Rational.from(fixed)), answer);
    if (significant === null) continue;
    const rounded = value.significant(digits);
    assert.equal(rounded.value.fixed(Math.max(rounded.places, 0)), significant, answer);
    assert.equal(value.fixed(rounded.places), significant, answer);
    assert.equal(Math.max(rounded.places, 0), placesOf(significant), answer);
  }
});

test('halves go away from zero, on either side', () => {
  const cases = { 0.5: '1', '-0.5': '-1', 1.5: '2', 2.5: '3', '-2.5': '-3', '-0.4': '0' };
  for (const [decimal, rounded] of Object.entries(cases)) {
    assert.equal(Rational.from(decimal).fixed(0), rounded);
  }
  assert.equal(Rational.from('15').fixed(-1), '20');
  assert.equal(Rational.from('14').fixed(-1), '10');
  assert.equal(Rational.from('4').fixed(-1), '0');
  assert.equal(Rational.from('-0.0004').fixed(3), '0.000');
});

test('a carry takes one place', () => {
  assert.deepEqual(Rational.from('9.996').significant(3).places, 1);
  assert.deepEqual(Rational.from('9.994').significant(3).places, 2);
  assert.throws(() => ZERO.significant(3), TypeError);
});

test('a decimal is read in one form only', () => {
  const good = ['0', '-1', '0.10', '-0.01', '1.000', '9'.repeat(34), `0.${'0'.repeat(40)}1`];
  for (const decimal of [...good, `0.${'0'.repeat(30)}`]) {
    assert.equal(isDecimal(decimal), true, decimal);
    assert.equal(Rational.from(decimal).fixed(placesOf(decimal)), decimal);
  }
  const bad = [
    '',
    '-',
    '+1',
    '01',
    '1.',
    '.5',
    '1e3',
    ' 1',
    '1 ',
    '1\n',
    '-0',
    '-0.00',
    '1,5',
    '١',
  ];
  bad.push('9'.repeat(35), `1${'0'.repeat(34)}`, `1.${'0'.repeat(34)}`, `0.${'0'.repeat(70)}`);
  bad.push('0x10', '--1', '1_000', '∞', 1, 1n, null, undefined, ['1']);
  for (const other of bad) {
    assert.equal(isDecimal(other), false, String(other));
    assert.throws(() => Rational.from(other, 'it'), /it is not a decimal/);
  }
});

test('arithmetic is exact whatever the denominators', () => {
  const values = ['0', '1', '-1', '0.1', '-0.25', '3.333', '1000000', '-0.0000007'].map((t) =>
    Rational.from(t),
  );
  values.push(ONE.div(Rational.of(3)), Rational.of(-22).div(Rational.of(7)));
  for (const a of values) {
    assert.ok(a.sub(a).isZero);
    assert.equal(a.neg().sign, -a.sign || 0);
    assert.equal(a.abs().sign, Math.abs(a.sign));
    for (const b of values) {
      assert.ok(a.add(b).equals(b.add(a)));
      assert.ok(a.add(b).sub(b).equals(a));
      assert.equal(a.compare(b), -b.compare(a) || 0);
      if (!b.isZero) assert.ok(a.div(b).mul(b).equals(a));
      for (const c of values)
        assert.ok(
          a
            .add(b)
            .mul(c)
            .equals(a.mul(c).add(b.mul(c))),
        );
    }
  }
  assert.throws(() => ONE.div(ZERO), TypeError);
});

test('a long sum is exact and grows by the least common denominator only', () => {
  let sum = ZERO;
  for (let i = 1; i <= 2000; i++) {
    const part = Rational.of(1).div(Rational.of(i * (i + 1)));
    sum = sum.add(part);
  }
  assert.ok(sum.equals(Rational.of(2000).div(Rational.of(2001))));
  // The least common multiple of 1 to 2001 has 2,878 bits; the product of all has some 38,000.
  assert.ok(sum.d < 1n << 3000n);
});

test('ratios of a table are read', () => {
  assert.ok(Rational.ratio('18/5').equals(Rational.from('3.6')));
  assert.ok(Rational.ratio('1000').equals(Rational.of(1000)));
  for (const other of ['1/0', '1/2/3', '/2', '1/', '', '1 / 2']) {
    assert.throws(() => Rational.ratio(other), Refused, other);
  }
});

test('a number too long to be written out in decimal elsewhere has places', () => {
  const long = 7n ** 6000n;
  assert.equal(new Rational(long + 1n, long).placesFor(12), 11);
  assert.equal(new Rational(long + 3n, 3n * long).placesFor(12), 12);
});
