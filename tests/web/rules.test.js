/** Rule packs: the operator vectors of the conformance cases, and the library. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { readPacks } from '../../api/web/verifier/files.js';
import { checkTest } from '../../api/web/verifier/rules/form.js';
import { compilePack, judge } from '../../api/web/verifier/rules/judging.js';
import { pack } from '../../api/web/verifier/rules/packs.js';
import { OPERATORS } from '../../api/web/verifier/rules/parameters.js';
import { BASE, Library } from '../../api/web/verifier/rules/resolving.js';

const AT = '2026-11-20T10:00:00Z';
const FOLDER = new URL('../conformance/operators/', import.meta.url);
const RULE = {
  id: 'a-rule',
  severity: 'error',
  clause: 'a clause',
  verified: true,
  confirmedBy: 'a text',
  what: 'something holds',
  remedy: 'do it',
  test: { op: 'present', paths: ['subject.a'] },
};
const PACK = {
  id: 'a-pack',
  version: '1',
  title: 'A pack',
  status: 'group',
  validFrom: AT,
  rules: [RULE],
};
const ruled = (changes) => ({ ...PACK, rules: [{ ...RULE, ...changes }] });

test('every operator has vectors, and each comes to its state', () => {
  const files = readdirSync(FOLDER);
  assert.deepEqual(files.map((name) => name.split('.')[0]).sort(), [...OPERATORS.keys()].sort());
  for (const name of files) {
    const { vectors } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
    assert.ok(vectors.length > 0);
    for (const { name: called, test: tested, draft, cited = {}, state } of vectors) {
      checkTest(tested, called);
      const given = { cited: new Map(Object.entries(cited)), at: AT };
      const [, found] = judge(compilePack(ruled({ test: tested })), draft, given);
      assert.equal(found.state, state, `${name}: ${called}: ${found.found}`);
      assert.ok(found.found);
    }
  }
});

test('the packs that come with the verifier are of one base, and name their publisher', () => {
  const library = readPacks();
  const base = library.named(BASE, AT);
  assert.equal(base.document.status, 'base');
  for (const { digest, publisher } of library.packs()) {
    assert.equal(publisher, 'Rootprint');
    assert.ok(library.compiled(digest).rules.length >= base.document.rules.length);
  }
});

test('a rule of a higher status takes the place of the one that it inherits', () => {
  const parent = pack({ ...PACK, rules: [RULE, { ...RULE, id: 'another' }] }, 'parent');
  const child = pack(
    {
      ...ruled({ severity: 'info' }),
      id: 'a-child',
      status: 'industry',
      inherits: [`a-pack@${parent.digest}`],
      publisher: 'A body',
    },
    'child',
  );
  assert.equal(child.publisher, 'A body');
  const { rules } = new Library([parent, child]).compiled(child.digest);
  assert.deepEqual(
    rules.map(({ id, severity }) => [id, severity]),
    [
      ['a-rule', 'info'],
      ['another', 'error'],
    ],
  );
  assert.throws(() => new Library([child]).compiled(child.digest), /there is no rule pack/);
});

test('a number that could not be confirmed weighs a warning at most', () => {
  const [rule] = compilePack(ruled({ verified: false })).rules;
  assert.equal(rule.severity, 'warning');
});

for (const [why, document] of [
  ['has two rules with the id a-rule', { ...PACK, rules: [RULE, RULE] }],
  ['is called verified', { ...PACK, rules: [(({ confirmedBy: _, ...rest }) => rest)(RULE)] }],
  ['does not say of which jurisdiction', { ...PACK, status: 'national' }],
  ['has an operator that is not known', ruled({ test: { op: 'eval' } })],
  ['is not a list of 1 to 64 paths', ruled({ test: { op: 'present', paths: [] } })],
  ['does not know', ruled({ test: { op: 'present', paths: ['subject.a'], more: 1 } })],
  ['lacks value', ruled({ test: { op: 'contains', path: 'subject.a' } })],
  ['later than validFrom', { ...PACK, validUntil: AT }],
]) {
  test(`a pack is refused that ${why}`, () => {
    assert.throws(() => pack(document, 'it'), (error) => error.message.includes(why));
  });
}
