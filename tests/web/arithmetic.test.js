/** Check 8 on footprints that no one signed: laws 1 and 3, and what stands beside the totals. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arithmetic } from '../../api/web/verifier/checks/arithmetic.js';
import { CONTEXT, DIGEST, factor, line, node, product } from './footprints.js';

const one = {
  pcfExcludingBiogenicUptake: '1.00000',
  pcfIncludingBiogenicUptake: '1.00000',
  fossilGhgEmissions: '1.00000',
};
const judged = (subject, lines = [line(0)], more = {}) => {
  const made = node(subject, lines, more);
  return { ...arithmetic(made, more.nodes ?? new Map(), CONTEXT), node: made };
};
const laws = ({ laws: found }) => Object.fromEntries(found ?? []);

test('what recomputes passes and holds laws 1 and 3', () => {
  const check = judged(product(one));
  assert.equal(check.state, 'passed', check.reason);
  assert.deepEqual(laws(check), { 1: 'held', 3: 'not applicable' });
});

test('both totals are exact sums, without tolerance, whatever is hidden', () => {
  const wrong = [
    { ...one, pcfExcludingBiogenicUptake: '1.00001' },
    { ...one, pcfIncludingBiogenicUptake: '1.00001' },
    { ...one, biogenicCO2Emissions: '0.5' },
    { ...one, substitutionCredits: '-0.5' },
  ];
  for (const pcf of wrong) {
    const check = judged(product(pcf), [], { complete: false });
    assert.equal(check.state, 'failed');
    assert.match(check.reason, /^law 1: the components do not add up to pcf/);
    assert.equal(laws(check)[1], 'broken');
  }
  // Places are no part of a value here: zeros may be left out.
  const same = judged(product({ ...one, fossilGhgEmissions: '1' }), [], { complete: false });
  assert.equal(same.state, 'not_checked');
});

test('all columns enter the totals, the memo flows the including one', () => {
  const pcf = {
    fossilGhgEmissions: '10',
    technologicalCO2Removals: '-2',
    substitutionCredits: '-3',
    biogenicCO2Uptake: '-7',
    biogenicCO2Emissions: '4',
    pcfExcludingBiogenicUptake: '5',
    pcfIncludingBiogenicUptake: '2',
    aircraftGhgEmissions: '10',
  };
  const check = judged(factorOf(pcf), []);
  assert.deepEqual(
    [check.state, laws(check)],
    ['not_applicable', { 1: 'held', 3: 'not checkable' }],
  );
});

const factorOf = (pcf) => factor(pcf);

test('what a publication prints may differ by half a unit for each printed figure', () => {
  const printed = (publicationDifference, total) => ({
    fossilGhgEmissions: '1.23',
    biogenicNonCO2Emissions: '0.44',
    landUseChangeGhgEmissions: '0.00',
    publicationDifference,
    pcfExcludingBiogenicUptake: total,
    pcfIncludingBiogenicUptake: total,
  });
  // Two parts that are not zero and the total: 3 · 0.005 = 0.015 on either side.
  assert.equal(judged(factorOf(printed('0.01', '1.68'))).state, 'not_applicable');
  assert.equal(judged(factorOf(printed('-0.01', '1.66'))).state, 'not_applicable');
  const beyond = judged(factorOf(printed('0.02', '1.69')));
  assert.equal(beyond.state, 'failed');
  assert.match(beyond.reason, /^law 1: publicationDifference/);
  // A part in hundredths is rounded by 0.005, a total in tenths by 0.05.
  const mixed = (publicationDifference, fossilGhgEmissions) => ({
    fossilGhgEmissions,
    publicationDifference,
    pcfExcludingBiogenicUptake: '2.5',
    pcfIncludingBiogenicUptake: '2.5',
  });
  assert.equal(judged(factorOf(mixed('0.05', '2.45'))).state, 'not_applicable');
  assert.equal(judged(factorOf(mixed('0.06', '2.44'))).state, 'failed');
});

test('a printed total is at most 5 % below its printed parts', () => {
  const printed = (publicationDifference, fossilGhgEmissions, total) => ({
    fossilGhgEmissions,
    publicationDifference,
    pcfExcludingBiogenicUptake: total,
    pcfIncludingBiogenicUptake: total,
  });
  assert.equal(judged(factorOf(printed('-1', '20', '19'))).state, 'not_applicable');
  const below = judged(factorOf(printed('-1', '19', '18')));
  assert.equal(below.state, 'failed');
  assert.match(below.reason, /takes off more than 5 % of the gross: state the sum of the parts/);
});

test('open cells add up to each component, also where lines are hidden', () => {
  const cells = (text) => ({
    complete: false,
    others: { cells: { use: { fossilGhgEmissions: text } } },
  });
  assert.equal(judged(product(one), [], cells('1')).state, 'not_checked');
  const check = judged(product(one), [], cells('0.99999'));
  assert.match(check.reason, /^law 1: the cells do not add up to fossilGhgEmissions/);
});

test('with every line open, cells recompute by stage and component', () => {
  const cells = { manufacturing: { fossilGhgEmissions: '1.00000' } };
  assert.equal(judged(product(one), undefined, { others: { cells } }).state, 'passed');
  const moved = { distribution: cells.manufacturing };
  const check = judged(product(one), undefined, { others: { cells: moved } });
  assert.match(check.reason, /^law 1: cells does not recompute/);
});

test('a line shows its exact result, rounded once', () => {
  const wrong = line(0, { result: { fossilGhgEmissions: '1.000000001' } });
  const check = judged(product(one), [wrong], { complete: false });
  assert.match(check.reason, /^law 1: line 0 does not recompute/);
});

test('a credit stands in its own column, of the net of what it displaces', () => {
  const upstream = node(
    factor({
      pcfExcludingBiogenicUptake: '2',
      pcfIncludingBiogenicUptake: '2',
      fossilGhgEmissions: '2',
    }),
  );
  const credit = line(1, {
    stage: 'end-of-life',
    amount: { value: '0.25', unit: 'kilogram' },
    source: { statement: DIGEST, issuer: 'did:web:maker.example', productId: 'urn:example:part' },
    allocation: { method: 'substitution' },
    result: { substitutionCredits: '-0.500000000' },
    primary: false,
  });
  const pcf = {
    ...one,
    substitutionCredits: '-0.50000',
    pcfExcludingBiogenicUptake: '0.50000',
    pcfIncludingBiogenicUptake: '0.50000',
  };
  const nodes = new Map([[DIGEST, upstream]]);
  const check = judged(product(pcf), [line(0), credit], { nodes });
  assert.equal(check.state, 'passed', check.reason);
});

test('a removal is no more than what is stored, and capture no more than what is set free', () => {
  const removal = { method: 'mineralisation', evidence: 'a report' };
  const removing = (stored) => [
    line(0),
    line(1, {
      source: { gas: 'CO2_technological_removal', set: 'AR6' },
      result: { technologicalCO2Removals: '-1.000000000' },
      removal: { ...removal, stored },
    }),
  ];
  const pcf = {
    ...one,
    technologicalCO2Removals: '-1.00000',
    pcfExcludingBiogenicUptake: '0.00000',
    pcfIncludingBiogenicUptake: '0.00000',
  };
  const stored = (value) => judged(product(pcf), removing({ value, unit: 'gram' }));
  assert.equal(stored('1000').state, 'passed', stored('1000').reason);
  assert.match(stored('999').reason, /^law 3: line 1 removes more CO2 than it shows to be stored/);

  const capturing = (value, text, shown) => [
    line(0),
    line(1, {
      amount: { value, unit: 'kilogram' },
      source: { gas: 'CO2_captured', set: 'AR6' },
      result: { ccsTechnologicalCO2Capture: `-${text}0000` },
      removal: { ...removal, stored: { value: shown, unit: 'kilogram' } },
    }),
  ];
  const captured = (value, text, total, shown = '2') =>
    judged(
      product({
        ...one,
        ccsTechnologicalCO2Capture: `-${text}`,
        pcfExcludingBiogenicUptake: total,
        pcfIncludingBiogenicUptake: total,
      }),
      capturing(value, text, shown),
    );
  assert.equal(captured('1', '1.00000', '0.00000').state, 'passed');
  const beyond = captured('1.5', '1.50000', '-0.50000');
  assert.match(beyond.reason, /^law 3: captures more CO2 than its own lines generate/);
  const less = captured('1', '1.00000', '0.00000', '0.9');
  assert.match(less.reason, /^law 3: line 1 captures more CO2 than it shows to be stored/);
});
