/** What the page says of a report's statements. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hidden, leftOpen, notices } from '../../api/web/verifier/page/lists.js';
import { kinds, limitOfArithmetic, nameOf, verdictLine } from '../../api/web/verifier/page/words.js';

const open = (number, reason) => ({ number, name: `name${number}`, state: 'not_checked', reason });
const footprint = (product, checks = [], noticed = [], auditors = []) => ({
  kind: 'FootprintStatement',
  issuer: 'did:web:maker.example',
  legalName: 'Maker',
  product,
  path: ['Module', product],
  checks,
  auditors,
  notices: noticed,
});
const assurance = (issuer, legalName) => ({
  kind: 'AssuranceStatement',
  issuer,
  legalName,
  product: null,
  path: ['Module', 'Glass', '7febdf13119c'],
  checks: [],
  auditors: [],
  notices: [],
});
const HIDDEN = [open(7, 'inventory hidden'), open(8, 'inventory hidden')];
const GLASS = footprint('Glass', HIDDEN, [], ['did:web:a.example']);
const verified = (...statements) => ({ verdict: 'verified', statements });

test('a statement is called by its product, or by what it concerns', () => {
  assert.equal(nameOf(GLASS), 'Glass');
  assert.equal(nameOf(assurance('did:web:a.example', null)), 'Assurance of Glass');
  const status = { kind: 'StatusStatement', product: null, path: ['Glass', '7febdf13119c'] };
  assert.equal(nameOf(status), 'Status of Glass');
  assert.equal(nameOf({ kind: null, product: null, path: ['7febdf13119c'] }), '7febdf13119c');
  assert.equal(nameOf({ ...assurance('did:web:a.example', null), path: ['7feb'] }), '7feb');
});

test('one has a singular, none is left out', () => {
  const one = assurance('did:web:a.example', null);
  assert.equal(kinds(verified(one)), '1 assurance');
  assert.equal(kinds(verified(one, GLASS, GLASS)), '2 footprints, 1 assurance');
  assert.equal(kinds(verified({ ...GLASS, kind: null })), '1 unreadable statement');
});

test('what is hidden stands on the word of those who saw it, by legal name if it is known', () => {
  const others = [assurance('did:web:a.example', 'Auditor A'), assurance('did:web:b.example', 'B')];
  const line = 'Glass: checks 7, 8 stand on the assurance of Auditor A';
  assert.deepEqual(hidden(verified(GLASS, ...others)), [line]);
  const unknown = [assurance('did:web:a.example', null)];
  assert.match(hidden(verified(GLASS, ...unknown))[0], / of did:web:a\.example$/);
  assert.deepEqual(hidden({ ...verified(GLASS, ...others), verdict: 'incomplete' }), []);
  assert.deepEqual(leftOpen(verified(GLASS, ...others)), []);
  const status = { ...open(5, 'its variant pool hides rows'), law: 5 };
  const variant = footprint('Glass', [status], [], ['did:web:a.example']);
  assert.match(hidden(verified(variant))[0], /: check 5 stands on/);
  const pending = footprint('Glass', [open(5, 'pending')], [], ['did:web:a.example']);
  assert.deepEqual(hidden(verified(pending)), []);
});

test('what no assurance stands in for is left open, each reason once', () => {
  const waiting = footprint('Glass', [open(4, 'not anchored')]);
  assert.deepEqual(leftOpen(verified(waiting)), ['Glass: check 4 name4: not anchored']);
  const twice = ['check 4 name4: not anchored (2 statements)'];
  assert.deepEqual(leftOpen(verified(waiting, waiting)), twice);
  assert.equal(leftOpen(verified(footprint('Glass', HIDDEN))).length, 2);
});

test('notices say whose they are, where they do not themselves', () => {
  const noticed = footprint('Glass', [], ['superseded']);
  assert.deepEqual(notices(verified(noticed)), ['Glass: superseded']);
  assert.deepEqual(notices(verified(noticed, noticed)), ['superseded (2 statements)']);
  const own = { ...assurance('did:web:a.example', null), notices: ['the assurance of Glass …'] };
  assert.deepEqual(notices(verified(own)), ['the assurance of Glass …']);
});

test('where nothing is assured, no meter was seen', () => {
  assert.match(limitOfArithmetic({ assurance: { bodies: [{}] } }), /only an auditor can see\.$/);
  assert.match(limitOfArithmetic({ assurance: { bodies: [] } }), /auditor can see, and none has\.$/);
});

test('the verdict line tells what is taken off', () => {
  const told = (gross, removals, credits, net, captured = '0') =>
    verdictLine({
      verdict: 'verified',
      totals: {
        ...{ gross, removals, captured, credits, pcfExcludingBiogenicUptake: net },
        ...{ unit: 'kg CO2e', declaredUnitAmount: '1', declaredUnitOfMeasurement: 'kilogram' },
        qualifiers: [],
      },
      coverage: null,
      assurance: { level: 'none', assured: 0, footprints: 1, bodies: [] },
      noLongerAdmitted: { issuers: [], bodies: [] },
      caveats: { exempted: null, materiality: null, superseded: 0 },
      statements: [{ conformity: [], notices: [] }],
      statusAsOf: '2026-11-30T07:00:00Z',
      witnesses: 0,
      chain: { test: false },
    }).parts.slice(2, -2);
  assert.deepEqual(told('10', '0', '0', '10'), []);
  assert.deepEqual(told('10', '-1', '-2.5', '6.5'), ['removals −10 % · credits −25 % of the gross']);
  assert.deepEqual(told('10', '0', '0', '9', '-1'), ['captured and stored −10 % of the gross']);
  assert.deepEqual(told('10', '-2', '-3', '4', '-1'), [
    'removals −20 % · captured and stored −10 % · credits −30 % of the gross',
  ]);
  assert.deepEqual(told('3', '-1', '0', '2'), ['removals −33.33 % of the gross']);
  assert.deepEqual(told('10', '-0.0001', '0', '9.9999'), ['removals −<0.01 % of the gross']);
  const negative = 'net negative';
  assert.deepEqual(told('1', '0', '-1000', '-999'), ['credits −100000 % of the gross', negative]);
  const none = 'credits −5.00 kg CO2e, gross not above zero';
  assert.deepEqual(told('0', '0', '-5', '-5'), [none, negative]);
});
