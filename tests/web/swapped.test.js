/** Whether a refused trust file is an evidence file. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { concat, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { unlessEvidence } from '../../api/web/verifier/walk/swapped.js';

const refuse = () => {
  throw new Refused('no such file');
};
const said = (content) => {
  try {
    unlessEvidence(refuse, typeof content === 'string' ? utf8(content) : content);
  } catch (error) {
    assert.ok(error instanceof Refused);
    return error.message;
  }
  return null;
};
const EVIDENCE = 'this looks like an evidence file; were the two swapped?';

test('an evidence file is known by how it begins, an unpacked one by its members', () => {
  assert.equal(said(Uint8Array.of(0x1f, 0x8b)), EVIDENCE);
  assert.equal(said(concat(Uint8Array.of(0x1f, 0x8b), new Uint8Array(300_000))), EVIDENCE);
  assert.equal(said('{"version":3,"subject":"a","proofs":{}}'), EVIDENCE);
  assert.equal(said('{"version": 3, "subject": "a", "proofs": {}}\n{"payload":{}}\n'), EVIDENCE);
  assert.equal(said(`{"version":1,${' '.repeat(300_000)}`), 'no such file');
});

test('of anything else what was wrong is said, whatever it is', () => {
  for (const other of ['', '{', '{}', '[]', 'null', '1', '"trust"', '\ufeff{}', '{"registrar":1}'])
    assert.equal(said(other), 'no such file');
});

test('a file that is read is not looked at, and a fault of ours is not hidden', () => {
  assert.equal(
    unlessEvidence(({ length }) => length, utf8('{"chain":{')),
    10,
  );
  const broken = () => {
    throw new TypeError('ours');
  };
  assert.throws(() => unlessEvidence(broken, utf8('{"chain":{')), TypeError);
});
