/** Law 1: exact lines, one rounding for each cell, totals that are sums. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cellsOf, contradicted } from '../../api/web/verifier/calc/cells.js';
import { circularAmount, coefficient } from '../../api/web/verifier/calc/circular.js';
import { exactly } from '../../api/web/verifier/calc/columns.js';
import { citedOf, makeLine } from '../../api/web/verifier/calc/lines.js';
import { exactOf, shownOf } from '../../api/web/verifier/calc/results.js';
import { plain } from '../../api/web/verifier/calc/rounding.js';
import { totalsOf } from '../../api/web/verifier/calc/totals.js';
import { Rational } from '../../api/web/verifier/core/rational.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { factor, line, TABLES } from './footprints.js';

const ROUNDING = { digits: 6, lineDigits: 9 };
const exact = (value, cited = null) =>
  exactOf(makeLine(value, cited === null ? null : citedOf(cited)), TABLES);
const texts = (found, places = 9) => Object.fromEntries(shownOf(found, places));

test('a cell is rounded once, from exact lines and not from shown ones', () => {
  // A third of a kilogram three times is one kilogram; three shown thirds are less.
  const third = new Map([['fossilGhgEmissions', Rational.ratio('1/3')]]);
  const lines = Array(3).fill({ stage: 'manufacturing', exact: third });
  const { places, components } = cellsOf(lines, ROUNDING);
  assert.equal(places, 5);
  assert.equal(components.get('fossilGhgEmissions').fixed(places), '1.00000');
});

test('places come from the gross, never from a net', () => {
  const lines = [
    { stage: 'raw-material', exact: exactly({ fossilGhgEmissions: '100' }) },
    { stage: 'end-of-life', exact: exactly({ substitutionCredits: '-99.99995' }) },
  ];
  const { places, components } = cellsOf(lines, ROUNDING);
  assert.equal(places, 3);
  assert.equal(components.get('substitutionCredits').fixed(places), '-100.000');
});

test('components are sums of rounded cells over stages', () => {
  // 1.000005 with five places is 1.00001 in each of two stages; their exact sum is 2.00001.
  const lines = ['use', 'raw-material'].map((stage) => ({
    stage,
    exact: exactly({ fossilGhgEmissions: '1.000005' }),
  }));
  const { components, places } = cellsOf(lines, ROUNDING);
  assert.equal(places, 5);
  assert.equal(components.get('fossilGhgEmissions').fixed(5), '2.00002');
});

test('a gross of zero has the places of the lines, and large ones no negative places', () => {
  const none = [{ stage: 'use', exact: exactly({ biogenicCO2Uptake: '-1.5' }) }];
  assert.equal(cellsOf(none, ROUNDING).places, 9);
  const large = [{ stage: 'use', exact: exactly({ fossilGhgEmissions: '123456789.6' }) }];
  const { places, components } = cellsOf(large, ROUNDING);
  assert.equal(places, 0);
  assert.equal(components.get('fossilGhgEmissions').fixed(places), '123456790');
});

test('rounding may move a total by a thousandth of the gross, and no further', () => {
  const many = (value) =>
    Array.from({ length: 6 }, (_, stage) => ({
      stage: String(stage),
      exact: exactly({ fossilGhgEmissions: value }),
    }));
  // Six stages of 0.1665: three digits give three places, and each cell moves up by 0.0005.
  assert.throws(() => cellsOf(many('0.1665'), { digits: 3, lineDigits: 9 }), {
    message: /^rounding moves pcfExcludingBiogenicUptake/,
  });
  assert.equal(cellsOf(many('0.1665'), { digits: 4, lineDigits: 9 }).places, 4);
});

test('cells contradict a component that they do not add up to, absent being zero', () => {
  const cells = new Map([
    ['use', exactly({ fossilGhgEmissions: '1.5' })],
    ['manufacturing', exactly({ fossilGhgEmissions: '0.5', biogenicCO2Uptake: '0' })],
  ]);
  assert.equal(contradicted(cells, exactly({ fossilGhgEmissions: '2.0' })), undefined);
  assert.equal(contradicted(cells, exactly({ fossilGhgEmissions: '2.1' })), 'fossilGhgEmissions');
  const more = exactly({ fossilGhgEmissions: '2', technologicalCO2Removals: '-1' });
  assert.equal(contradicted(cells, more), 'technologicalCO2Removals');
});

test('what a line takes is each component of what it cites, parts too', () => {
  const cited = factor({
    pcfExcludingBiogenicUptake: '1.75',
    pcfIncludingBiogenicUptake: '1.25',
    fossilGhgEmissions: '2',
    ccsTechnologicalCO2Capture: '-0.25',
    biogenicCO2Uptake: '-1',
    biogenicCO2Emissions: '0.5',
    landManagementFossilGhgEmissions: '0.1',
    declaredUnitAmount: '2',
  });
  const found = exact(line(0, { amount: { value: '500', unit: 'gram' } }), cited);
  assert.deepEqual(texts(found, 3), {
    fossilGhgEmissions: '0.500',
    ccsTechnologicalCO2Capture: '-0.063',
    biogenicCO2Uptake: '-0.250',
    biogenicCO2Emissions: '0.125',
    landManagementFossilGhgEmissions: '0.025',
  });
});

test('substitution is the net of what is displaced, taken off as one credit', () => {
  const credit = { allocation: { method: 'substitution' } };
  const burden = { fossilGhgEmissions: '2', ccsTechnologicalCO2Capture: '-0.5' };
  const half = { amount: { value: '0.5', unit: 'kilogram' } };
  assert.deepEqual(texts(exact(line(0, { ...half, ...credit }), factor(burden)), 3), {
    substitutionCredits: '-0.750',
  });
  const negative = factor({ ccsTechnologicalCO2Capture: '-1' });
  assert.throws(() => exact(line(0, credit), negative), Refused);
  const published = {
    published: '3',
    per: 'kilogram',
    component: 'fossilGhgEmissions',
    reference: 'An example',
  };
  const figure = line(0, { ...half, ...credit, source: published });
  assert.deepEqual(texts(exact(figure), 1), { substitutionCredits: '-1.5' });
});

test('a carbon balance sets free what stays: 11/3 of the carbon', () => {
  const stream = (direction, value, carbon, more = {}) => ({
    stream: 'a stream',
    direction,
    mass: { value, unit: 'tonne' },
    carbon,
    ...more,
  });
  const balance = [stream('in', '3', '0.8'), stream('out', '1', '0.3')];
  const piece = { amount: { value: '2', unit: 'piece' } };
  // (3 · 0.8 − 1 · 0.3) t · 11/3 · 2 = 15,400 kg.
  assert.deepEqual(texts(exact(line(0, { ...piece, source: { balance } })), 0), {
    fossilGhgEmissions: '15400',
  });
  const mixed = [stream('in', '3', '0.5', { biogenicShare: '40' })];
  // 1500 kg C · 60 % · 11/3 · 2 and 40 %.
  assert.deepEqual(texts(exact(line(0, { ...piece, source: { balance: mixed } })), 0), {
    fossilGhgEmissions: '6600',
    biogenicCO2Emissions: '4400',
  });
  const less = [stream('in', '1', '0.1'), stream('out', '1', '0.2')];
  assert.throws(() => exact(line(0, { ...piece, source: { balance: less } })), Refused);
});

test('a change of land use is spread over its years', () => {
  const change = (before, after) => ({ landUseChange: { before, after, years: 20 } });
  const amount = { value: '20000', unit: 'square meter' };
  // 2 ha · (120 − 45) t C · 1000 · 11/3 ÷ 20 = 27,500 kg.
  assert.deepEqual(texts(exact(line(0, { amount, source: change('120', '45') })), 0), {
    landUseChangeGhgEmissions: '27500',
  });
  assert.throws(() => exact(line(0, { amount, source: change('45', '120') })), Refused);
});

test("the Circular Footprint Formula's terms add up to the worked example: 0.955", () => {
  // Ev 2.1, Erec 0.5, ErecEoL 0.6, ED 0.02, R1 0.4, R2 0.85, R3 0, A 0.2, qualities 1.
  const given = {
    A: '0.2',
    R1: '0.4',
    R2: '0.85',
    R3: '0',
    qualityIn: '1',
    qualityOut: '1',
    mass: { value: '2', unit: 'kilogram' },
  };
  const each = {
    virgin: '2.1',
    recycled: '0.5',
    recycling: '0.6',
    avoided: '-2.1',
    disposal: '0.02',
  };
  const total = Object.entries(each).reduce(
    (sum, [term, value]) => sum.add(coefficient({ ...given, term }).mul(Rational.from(value))),
    Rational.of(0),
  );
  assert.equal(total.fixed(3), '0.955');
  const circular = { ...given, term: 'virgin' };
  const amount = (value) => ({ circular, amount: { value, unit: 'gram' } });
  assert.equal(circularAmount(amount('1'), TABLES), '1840');
  const third = { ...circular, mass: { value: '1', unit: 'pound' }, R1: '0', qualityIn: '0.5' };
  assert.equal(circularAmount({ ...amount('1'), circular: third }, TABLES), '453.59237');
  for (const wrong of [{ R2: '0.9', R3: '0.2' }, { qualityOut: '0' }, { qualityIn: '1.01' }])
    assert.throws(() => coefficient({ ...circular, ...wrong }), Refused);
});

test('a plain decimal is exact in 34 digits, else 15 digits, half up', () => {
  assert.equal(plain(Rational.ratio('1/8')), '0.125');
  assert.equal(plain(Rational.ratio('2/3')), '0.666666666666667');
  assert.equal(plain(Rational.ratio('200/3')), '66.6666666666667');
  assert.equal(plain(Rational.of(0)), '0');
  assert.equal(plain(Rational.ratio('1250/10')), '125');
  assert.equal(plain(new Rational(1n, 2n ** 60n)), '0.000000000000000000867361737988404');
});

test('shares and ratings weigh lines by their gross', () => {
  const lines = [
    makeLine(line(0), null),
    makeLine(line(1, { primary: false }), null),
    makeLine(line(2, { primary: false }), null),
  ];
  const results = [
    exactly({ fossilGhgEmissions: '3', ccsTechnologicalCO2Capture: '-3' }),
    exactly({ fossilGhgEmissions: '1' }),
    exactly({ substitutionCredits: '-100', biogenicCO2Uptake: '-50' }),
  ];
  const found = totalsOf(lines, results, ROUNDING);
  assert.equal(found.primaryShare, '75.0000');
  assert.equal(found.excluding, '-99.00000');
  assert.equal(found.including, '-149.00000');
  assert.deepEqual(Object.fromEntries(found.cells.get('manufacturing')), {
    fossilGhgEmissions: '4.00000',
    ccsTechnologicalCO2Capture: '-3.00000',
    substitutionCredits: '-100.00000',
    biogenicCO2Uptake: '-50.00000',
  });
});
