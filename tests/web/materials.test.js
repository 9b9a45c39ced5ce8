/** Lines of one material by the Circular Footprint Formula: one mass, one set of parameters. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Broken } from '../../api/web/verifier/calc/broken.js';
import { ALL_TERMS } from '../../api/web/verifier/calc/circular.js';
import { requireAlike, requireWhole } from '../../api/web/verifier/calc/materials.js';

const GRAVE = 'cradle-to-grave';
const PET = {
  material: 'PET',
  mass: { value: '2', unit: 'kilogram' },
  A: '0.2',
  R1: '0.4',
  R2: '0.85',
  R3: '0',
  qualityIn: '1',
  qualityOut: '0.9',
};
const numbered = (...lines) => lines.map((one, line) => ({ ...one, line }));
const of = (term, changes = {}, source = { statement: 'pet' }) => ({
  source,
  circular: { ...PET, term, ...changes },
});
const all = (changes) => ALL_TERMS.map((term) => of(term, changes));
const broken = (run, message) => {
  assert.throws(run, Broken);
  assert.throws(run, { law: 1, message });
};

test('all terms of a material, and of another with parameters of its own, are right', () => {
  const lines = numbered({ source: {} }, ...all(), ...all({ material: 'label', R2: '0.1' }));
  assert.deepEqual(requireAlike(lines), []);
  assert.deepEqual(requireWhole(lines, GRAVE), []);
});

test('a material has one mass and one of each parameter, in any spelling', () => {
  for (const name of ['A', 'R1', 'R2', 'R3', 'qualityIn', 'qualityOut']) {
    const lines = numbered(of('virgin'), of('disposal', { [name]: '0.1' }));
    const message = new RegExp(`line 1 has another ${name} of material PET than line 0`);
    broken(() => requireAlike(lines), message);
  }
  const more = { mass: { value: '3', unit: 'kilogram' } };
  broken(() => requireAlike(numbered(of('virgin'), of('avoided', more))), /another mass/);
  const spelt = { material: ' p\u200bＥt ', R2: '0.9' };
  broken(() => requireAlike(numbered(of('virgin'), of('avoided', spelt))), /another R2/);
  const equal = { A: '0.20', mass: { value: '2.0', unit: 'kilogram' } };
  assert.deepEqual(requireAlike(numbered(of('virgin'), of('avoided', equal))), []);
});

test('a term counts once, and none is missing', () => {
  const twice = numbered(of('virgin'), of('avoided'), of('avoided'));
  broken(() => requireAlike(twice), /line 2 is the term avoided of material PET, and so is line 1/);
  for (const term of ALL_TERMS) {
    const rest = numbered(...all().filter(({ circular }) => circular.term !== term));
    broken(() => requireWhole(rest, GRAVE), new RegExp(`lacks its term ${term}$`));
  }
  const making = numbered(of('virgin'), of('recycled'));
  assert.deepEqual(requireWhole(making, 'cradle-to-gate'), []);
  broken(() => requireWhole(making.slice(1), 'cradle-to-gate'), /lacks its term virgin$/);
  const none = { R1: '0', R2: '1' };
  const taken = ['virgin', 'recycling', 'avoided'].map((term) => of(term, none));
  assert.deepEqual(requireWhole(numbered(...taken), GRAVE), []);
});

test('what can not be compared is told', () => {
  const ending = numbered(...all().slice(2));
  const [told] = requireWhole(ending, GRAVE);
  assert.match(told, /^law 1: line 1 credits the recycling of material PET/);
  const other = { material: 'label', A: '0.8' };
  const lines = numbered(of('virgin'), of('virgin', other));
  assert.match(requireAlike(lines)[0], /^law 1: line 1 is of material label, .*: A differs$/);
  const table = { published: '2', per: 'kilogram', reference: 'a table' };
  const printed = (value) => {
    const beside = of('virgin', other, { ...table, ...value });
    return numbered(of('virgin', {}, table), beside);
  };
  assert.equal(requireAlike(printed({})).length, 1);
  assert.equal(requireAlike(printed({ reference: 'another table' })).length, 0);
});
