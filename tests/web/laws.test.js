/** Laws 2 to 8 as pure functions, and what their findings come to. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { termsOf } from '../../api/web/verifier/calc/compatibility.js';
import { delivered } from '../../api/web/verifier/calc/laws/deliveries.js';
import {
  conversionFindings,
  qualifierFindings,
} from '../../api/web/verifier/calc/laws/quantities.js';
import { stageFindings } from '../../api/web/verifier/calc/laws/stages.js';
import { transmissionFindings } from '../../api/web/verifier/calc/laws/transmission.js';
import { whyNotOnePool } from '../../api/web/verifier/calc/laws/variants.js';
import { percentShares, requireShared, rowOf } from '../../api/web/verifier/calc/sharing.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { Rational } from '../../api/web/verifier/core/rational.js';
import { broken, held, lawsOf, notCheckable, withLaws } from '../../api/web/verifier/walk/laws.js';
import { notChecked, passed } from '../../api/web/verifier/walk/report.js';
import { factor, node, product, TABLES } from './footprints.js';

const RULE = TABLES.rule;
const weights = (findings) => findings.map(({ weight }) => weight);
const number = (text) => Rational.from(text);

const terms = (boundary, more = {}, pcf = {}) => termsOf(factor(pcf, { boundary, ...more }));
const own = (boundary) => termsOf(product({}, { boundary }));
const stagesOf = (boundary, ...lines) =>
  weights(
    stageFindings(
      RULE,
      own(boundary),
      new Map(
        lines.map(([stage, cited = null, term = null], place) => [
          place,
          { stage, cited, emission: false, term },
        ]),
      ),
    ),
  );

test('law 7: a footprint to the gate has no use and no end of life of its own', () => {
  assert.deepEqual(stagesOf('cradle-to-gate', ['use']), ['broken']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life']), ['broken']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['recycling']), ['broken']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['manufacturing', null, 'avoided']), ['broken']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['manufacturing', null, 'virgin']), []);
  assert.deepEqual(stagesOf('cradle-to-grave', ['use'], ['end-of-life']), []);
  assert.deepEqual(stagesOf('cradle-to-gate', ['distribution']), ['notice']);
});

test('law 7: waste of production may be treated beyond the gate, by a service that says so', () => {
  const waste = terms('cradle-to-grave', { service: 'waste-treatment' });
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life', waste]), []);
  const transport = terms('cradle-to-grave', {}, { declaredUnitOfMeasurement: 'ton kilometer' });
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life', transport]), []);
  const energy = terms('cradle-to-grave', { service: 'energy' });
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life', energy]), ['broken']);
  const silent = terms('cradle-to-grave');
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life', silent]), ['unsaid', 'unsaid']);
});

test('law 7: services may be cited whatever their boundary; products may not', () => {
  const service = terms('cradle-to-grave', { service: 'energy' });
  const silent = terms('cradle-to-grave');
  const bought = termsOf(product({}, { boundary: 'cradle-to-grave' }));
  assert.deepEqual(stagesOf('cradle-to-gate', ['manufacturing', service]), []);
  assert.deepEqual(stagesOf('cradle-to-gate', ['manufacturing', silent]), ['unsaid']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['manufacturing', bought]), ['broken']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['raw-material', terms('gate-to-gate')]), ['broken']);
});

test('law 7: a kilometer says of no factor that it is a service', () => {
  const kilometer = { declaredUnitOfMeasurement: 'kilometer' };
  const road = terms('cradle-to-grave', {}, kilometer);
  const drive = terms('cradle-to-grave', { service: 'transport' }, kilometer);
  assert.deepEqual(stagesOf('cradle-to-gate', ['raw-material', road]), ['unsaid']);
  assert.deepEqual(stagesOf('cradle-to-gate', ['raw-material', drive]), []);
  const gate = terms('cradle-to-gate', {}, kilometer);
  assert.deepEqual(stagesOf('cradle-to-gate', ['end-of-life', gate]), ['broken']);
});

test('law 7: a part that brings its own end of life has none more in the whole', () => {
  const bought = termsOf(product({}, { boundary: 'cradle-to-grave' }));
  const grave = (stage, other) => stagesOf('cradle-to-grave', [stage, bought], [other]);
  assert.deepEqual(grave('raw-material', 'end-of-life'), ['broken']);
  assert.deepEqual(grave('raw-material', 'use'), ['notice']);
  assert.deepEqual(grave('use', 'end-of-life'), ['notice']);
  assert.deepEqual(grave('raw-material', 'manufacturing'), []);
});

test('law 7: cells show a stage whose lines are hidden', () => {
  const gate = own('cradle-to-gate');
  assert.deepEqual(weights(stageFindings(RULE, gate, new Map(), ['use'])), ['broken']);
  assert.deepEqual(weights(stageFindings(RULE, gate, new Map(), ['recycling'])), ['unsaid']);
  assert.deepEqual(stageFindings(RULE, gate, new Map(), ['manufacturing']), []);
});

test('law 8: a qualifier of the declared unit is met or converted', () => {
  const net = { calorificValue: 'net' };
  assert.deepEqual(qualifierFindings(0, net, net), []);
  assert.deepEqual(weights(qualifierFindings(0, { calorificValue: 'gross' }, net)), ['broken']);
  assert.deepEqual(weights(qualifierFindings(0, undefined, net)), ['broken']);
  assert.deepEqual(weights(qualifierFindings(0, net, undefined)), ['unsaid']);
});

test('law 8: a conversion is exact, and one that nature allows', () => {
  const converted = (value, by, before, after, unit = 'cubic meter') => ({
    value,
    unit,
    quantity: { ...after, converted: { value: '100', unit, by, reference: 'a table', ...before } },
  });
  const [gross, net] = ['gross', 'net'].map((calorificValue) => ({ calorificValue }));
  const of = (...given) => weights(conversionFindings(0, converted(...given), TABLES));
  assert.deepEqual(of('90.3', '0.903', gross, net, 'kilowatt hour'), []);
  assert.deepEqual(of('90.30', '0.903', gross, net, 'kilowatt hour'), []);
  assert.deepEqual(of('90.4', '0.903', gross, net, 'kilowatt hour'), ['broken']);
  assert.deepEqual(of('110', '1.1', gross, net, 'kilowatt hour'), ['broken']);
  assert.deepEqual(of('10', '0.1', gross, net, 'kilowatt hour'), ['broken']);
  assert.deepEqual(of('10', '0.1', net, net, 'kilowatt hour'), ['broken']);
  assert.deepEqual(of('90', '0.9', {}, net, 'kilowatt hour'), ['unsaid']);
  assert.deepEqual(of('1000', '10', { unit: 'kilogram' }, net, 'kilowatt hour'), []);
  assert.deepEqual(of('100000', '1000', { unit: 'kilogram' }, net, 'kilowatt hour'), ['broken']);
  assert.deepEqual(of('1000', '10', { unit: 'piece' }, net, 'kilowatt hour'), ['unsaid']);
  const state = (celsius) => ({ state: `${celsius} °C 101.325 kPa` });
  // 273.15 ÷ 288.15 = 0.94794; one percent to either side.
  assert.deepEqual(of('94.8', '0.948', state(15), state(0)), []);
  assert.deepEqual(of('95.7', '0.957', state(15), state(0)), []);
  assert.deepEqual(of('96', '0.96', state(15), state(0)), ['broken']);
});

test('law 8: losses are added to as much electricity as lacks them', () => {
  const kwh = (more) =>
    terms('cradle-to-gate', more, { declaredUnitOfMeasurement: 'kilowatt hour' });
  const lacking = kwh({ includesTransmission: false });
  const including = kwh({ includesTransmission: true });
  const losses = kwh({
    includesTransmission: false,
    productClassifications: [RULE.transmissionClassification],
  });
  const lines = (...given) =>
    new Map(
      given.map(([amount, cited, more = {}], place) => [
        place,
        {
          dimension: 'energy',
          amount: number(amount),
          cited,
          fuel: false,
          electricity: false,
          ...more,
        },
      ]),
    );
  const of = (...given) => weights(transmissionFindings(RULE, lines(...given)));
  assert.deepEqual(of(['3', lacking], ['3', losses]), []);
  assert.deepEqual(of(['3', lacking], ['2.9', losses]), ['notice']);
  assert.deepEqual(of(['3', lacking], ['1', including]), ['notice']);
  assert.deepEqual(of(['3', lacking], ['3.1', losses]), ['broken']);
  assert.deepEqual(of(['3', including], ['1', losses]), ['broken']);
  assert.deepEqual(of(['3', lacking], ['2', null, { electricity: true }], ['5', losses]), [
    'unsaid',
  ]);
  assert.deepEqual(of(['3', lacking, { fuel: true }], ['1', losses]), ['broken']);
});

test('law 6: what takers took within the period, and whether all of it is known', () => {
  const year = { start: 0, end: 100 };
  const taken = (made, period = year) => ({
    period,
    taken: number('2'),
    declared: number('4'),
    made: made === null ? null : number(made),
  });
  const one = delivered(year, [taken('10'), taken('6')]);
  assert.deepEqual([one.total.fixed(1), one.known], ['8.0', true]);
  const two = delivered(year, [taken('10'), taken(null), taken('9', { start: 50, end: 101 })]);
  assert.deepEqual([two.total.fixed(1), two.known], ['5.0', false]);
  const three = delivered(year, [taken('10'), taken('9', { start: 50, end: 101 })]);
  assert.deepEqual([three.total.fixed(1), three.known], ['5.0', false]);
});

test('law 2: shares add to exactly 100 by largest remainder, of equal ones the first', () => {
  const shares = (...given) => percentShares(given.map(number)).map((share) => share.fixed(12));
  assert.deepEqual(shares('1', '1', '1'), [
    '33.333333333334',
    '33.333333333333',
    '33.333333333333',
  ]);
  assert.deepEqual(shares('1', '5', '1'), [
    '14.285714285714',
    '71.428571428572',
    '14.285714285714',
  ]);
  assert.deepEqual(shares('0', '4'), ['0.000000000000', '100.000000000000']);
  assert.throws(() => shares('0', '0'), Refused);
  assert.throws(() => shares('1000000000000000', '1'), Refused);
});

test('law 2: rows share by one method and one unit, and waste by none', () => {
  const row = (method, weight, share, weightUnit = 'tonne') =>
    rowOf({ method, weight, weightUnit, share, amount: { value: '1', unit: 'tonne' }, yield: '1' });
  const table = (...rows) => new Map(rows.map((one, place) => [place, one]));
  const half = '50.000000000000';
  const fits = table(
    row('physical', '2', half),
    row('physical', '2', half),
    row('waste', '0', '0'),
  );
  requireShared(fits, true);
  const wrong = [
    table(row('physical', '2', half), row('economic', '2', half)),
    table(row('physical', '2', half), row('physical', '2', half, 'piece')),
    table(row('waste', '0', '1')),
    table(row('waste', '1', '0')),
  ];
  for (const rows of wrong) assert.throws(() => requireShared(rows, false), Refused);
  const moved = table(row('physical', '2', '50.1'), row('physical', '2', '49.9'));
  requireShared(moved, false);
  assert.throws(() => requireShared(moved, true), /share of row 0/);
});

const rows = (...given) =>
  given.map(([code, volume, value]) => ({ code, volume: number(volume), value: number(value) }));
const two = { total: number('2'), gross: number('2') };

test('law 5: the remainder is what the variants leave of the base number', () => {
  const variants = [
    ['green1', '30', '1'],
    ['blue22', '20', '2'],
  ];
  assert.equal(whyNotOnePool(rows(...variants, [null, '50', '2.6']), two), null);
  assert.match(whyNotOnePool(rows(...variants, [null, '50', '2.60001']), two), /: 2.6 is$/);
  assert.equal(
    whyNotOnePool(rows(['green1', '30', '1'], [null, '70', '2.42857142857143']), two),
    null,
  );
  assert.match(
    whyNotOnePool(rows(['green1', '30', '1'], [null, '70', '2.43']), two),
    /: 2.42857142857143 is$/,
  );
  assert.match(whyNotOnePool(rows(['green1', '1', '2']), two), /0 rows of the remainder/);
});

test('law 5: where nothing is left, a thousandth of the gross is what rounding may do', () => {
  const whole = (value) => rows(['green1', '50', '1'], ['grey22', '50', value], [null, '0', '9']);
  const net = { total: number('2'), gross: number('20') };
  assert.equal(whyNotOnePool(whole('3.004'), two), null);
  assert.match(whyNotOnePool(whole('3.00401'), two), /do not come to the base number/);
  assert.equal(whyNotOnePool(whole('3.04'), net), null);
  assert.match(whyNotOnePool(whole('3.05'), net), /do not come to the base number/);
});

test('the first broken law fails its check, but for the alarm', () => {
  const check = withLaws(passed(7), [broken(8, 'line 3', ['net', 'gross']), held(2)]);
  assert.deepEqual([check.state, check.reason], ['failed', 'law 8: line 3']);
  assert.deepEqual(
    [...check.laws],
    [
      [2, 'held'],
      [8, 'broken'],
    ],
  );
  assert.equal(withLaws(passed(7), [broken(6, 'more')]).state, 'passed');
  assert.equal(withLaws(notChecked(7, 'hidden'), [notCheckable(7, 'x', 'hidden')]).state, 'not_checked');
  const hidden = withLaws(passed(7), [notCheckable(2, 'a table', 'hidden')], [2]);
  assert.deepEqual([hidden.state, hidden.law, hidden.unseen], ['not_checked', 2, 'hidden']);
  assert.deepEqual([check.law, check.unseen], [8, undefined]);
  assert.throws(() => withLaws(passed(7), [held(7), held(7)]));
});

test('a check that did not get as far as a law leaves it not checkable', () => {
  const made = node(product());
  made.set(notChecked(8, 'hidden'));
  made.set({ number: 7, state: 'not_applicable' });
  made.set(withLaws(passed(5), [held(5)]));
  assert.deepEqual(lawsOf(made), {
    1: 'not checkable',
    2: 'not applicable',
    3: 'not checkable',
    4: 'not applicable',
    5: 'held',
    6: 'not applicable',
    7: 'not applicable',
    8: 'not applicable',
  });
});
