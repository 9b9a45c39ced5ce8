/** Which of the two files a refused one is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { unlessSwapped } from '../../api/web/verifier/walk/swapped.js';

const refuse = () => {
  throw new Refused('no such file');
};
const said = (text, other) => {
  try {
    unlessSwapped(refuse, utf8(text), other);
  } catch (error) {
    assert.ok(error instanceof Refused);
    return error.message;
  }
  return null;
};
const EVIDENCE = 'this looks like an evidence file; were the two swapped?';
const TRUST = 'this looks like a trust file; were the two swapped?';

test('an evidence file is known by its members, a long one by how it begins', () => {
  assert.equal(said('{"version": 1, "subject": "a", "statements": []}', 'evidence'), EVIDENCE);
  const long = ' '.repeat(300_000);
  for (const first of ['{"chain":{', '{"keys":[', '{\n  "keys" : [\n'])
    assert.equal(said(`${first}${long}`, 'evidence'), EVIDENCE);
  assert.equal(said(`{"version":1,${long}`, 'evidence'), 'no such file');
  assert.equal(said('{"keys":[]}', 'trust'), 'no such file');
});

test('a trust file is known by its members', () => {
  assert.equal(said('{"registrar": 1, "contracts": {}}', 'trust'), TRUST);
  assert.equal(said('{"registrar": 1, "contracts": {}}', 'evidence'), 'no such file');
});

test('of anything else what was wrong is said, whatever it is', () => {
  for (const other of ['', '{', '{}', '[]', 'null', '1', '"trust"', '\ufeff{}', '{"registrar":1}'])
    for (const kind of ['evidence', 'trust']) assert.equal(said(other, kind), 'no such file');
});

test('a file that is read is not looked at, and a fault of ours is not hidden', () => {
  assert.equal(
    unlessSwapped(({ length }) => length, utf8('{"chain":{'), 'evidence'),
    10,
  );
  const broken = () => {
    throw new TypeError('ours');
  };
  assert.throws(() => unlessSwapped(broken, utf8('{"chain":{'), 'evidence'), TypeError);
});
