/** First-order uncertainty: groups, outputs and credits. Numbers by a Python one-liner. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { spreadOf } from '../../api/web/verifier/analysis/spread.js';
import { uncertaintiesOf } from '../../api/web/verifier/analysis/uncertainty.js';
import { exactly } from '../../api/web/verifier/calc/columns.js';
import { citedOf, makeLine } from '../../api/web/verifier/calc/lines.js';
import { factor, line, node, TABLES } from './footprints.js';

const gsd = (geometricStandardDeviation, statedValue, group) => ({
  distribution: 'lognormal',
  statedValue,
  geometricStandardDeviation,
  ...(group === undefined ? {} : { group }),
});
const of = (value, spread, more = {}) =>
  makeLine(line(0, { amount: { value, unit: 'kilogram' }, uncertainty: spread, ...more }), null);
const found = (lines, excluding, output = null) =>
  uncertaintiesOf(
    {
      lines,
      exact: lines.map(({ value }) => exactly({ fossilGhgEmissions: value.amount.value })),
      computed: { excluding },
    },
    output,
    TABLES,
  );

test("a group's deviations add before they are squared", () => {
  const three = (group) => [
    of('3', gsd('1.2', '3', group)),
    of('4', gsd('1.5', '4', group)),
    of('5', gsd('1.1', '5')),
  ];
  // exp(√((3 ln 1.2 + 4 ln 1.5)² + (5 ln 1.1)²) ÷ 12), and without the group.
  assert.equal(found(three('meter 7'), '12.0')[0].geometricStandardDeviation, '1.2033');
  assert.equal(found(three(), '12.0')[0].geometricStandardDeviation, '1.1596');
});

test('an output is one parameter of all that is divided by it', () => {
  const lines = [
    of('3', gsd('1.2', '3', 'a')),
    of('4', gsd('1.5', '4', 'a')),
    of('5', gsd('1.1', '5')),
  ];
  const output = spreadOf(gsd('1.3', '1'), '1.0');
  // √(… + (12 ln 1.3)²) beside what the lines bring.
  assert.equal(found(lines, '12.0', output)[0].geometricStandardDeviation, '1.3786');
  assert.throws(() => spreadOf(gsd('1.3', '1'), '2'), /not the value that it stands beside/);
});

test('a credit takes less than nothing, so its parts have both signs', () => {
  const figure = { fossilGhgEmissions: '2', pcfExcludingBiogenicUptake: '2' };
  const upstream = node(factor(figure), [], { others: { uncertainty: gsd('1.2', '2') } });
  const credit = makeLine(
    line(1, { allocation: { method: 'substitution' }, uncertainty: gsd('1.1', '1') }),
    citedOf(factor(figure)),
  );
  upstream.opened.complete = true;
  const lines = [of('5', gsd('1.1', '5')), { ...credit, from: upstream }];
  const [{ distribution, interval }] = found(lines, '3.0');
  assert.equal(distribution, 'normal');
  // 1.959963984540054 · √((5 ln 1.1)² + (2 ln 1.1)² + (2 ln 1.2)²) = 1.23, about 3.0.
  assert.deepEqual(interval, { lower: '1.8', upper: '4.2', percent: '95' });
});

test('a group that cancels has a variance of 0, and none below', () => {
  const parts = ['7.746', '9.745', '6.351', '6.995', '6.472', '-29.139', '-8.17'];
  const lines = parts.map((value) => of(value, gsd('1.1', value, 'meter')));
  const [{ distribution, interval }] = found([...lines, of('1', gsd('1', '1'))], '1.0000');
  assert.equal(distribution, 'normal');
  assert.deepEqual(interval, { lower: '0.9999', upper: '1.0001', percent: '95' });
});
