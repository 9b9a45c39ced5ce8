/** Proofs in the tree of RFC 9162, against pymerkle's and against the definition. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { equal, fromHex, hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import {
  leafHash,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from '../../api/web/verifier/core/merkle.js';
import { vectors } from './vectors.js';

const { roots, inclusion } = vectors('merkle');
const TOP = roots.length;
const ENTRIES = Array.from({ length: TOP }, (_, i) => utf8(String(i)));
const LEAVES = ENTRIES.map(leafHash);

/** Section 2.1.1 as it is written. */
function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

const split = (n) => 2 ** Math.ceil(Math.log2(n) - 1);

/** Section 2.1.3.1. */
function pathOf(m, leaves) {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...pathOf(m, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(m - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

/** Section 2.1.4.1. */
function consistencyOf(m, leaves, whole = true) {
  if (m === leaves.length) return whole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...consistencyOf(m, leaves.slice(0, k), whole), rootOf(leaves.slice(k))]
    : [...consistencyOf(m - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
}

const root = (size) => fromHex(roots[size - 1]);

test('pymerkle finds the same roots, and its inclusion proofs lead there', () => {
  for (let size = 1; size <= TOP; size++)
    assert.equal(hex(rootOf(LEAVES.slice(0, size))), roots[size - 1]);
  for (const [index, size, path] of inclusion) {
    verifyInclusion(index, size, LEAVES[index], root(size), path.map(fromHex));
    verifyInclusion(BigInt(index), BigInt(size), LEAVES[index], root(size), path.map(fromHex));
  }
});

test('an entry is shown at its index only', () => {
  for (let size = 1; size <= TOP; size++) {
    for (let index = 0; index < size; index++) {
      const proof = pathOf(index, LEAVES.slice(0, size));
      verifyInclusion(index, size, LEAVES[index], root(size), proof);
      for (let other = 0; other < size; other++) {
        if (other === index) continue;
        assert.throws(
          () => verifyInclusion(other, size, LEAVES[index], root(size), proof),
          Refused,
        );
        assert.throws(
          () => verifyInclusion(index, size, LEAVES[other], root(size), proof),
          Refused,
        );
      }
      const [first = LEAVES[0]] = proof;
      for (const wrong of [
        [...proof, first],
        proof.slice(1),
        proof.slice(0, -1),
        [first, ...proof],
      ]) {
        if (wrong.length === proof.length) continue;
        assert.throws(
          () => verifyInclusion(index, size, LEAVES[index], root(size), wrong),
          Refused,
        );
      }
    }
  }
});

test('a tree is consistent with those it began as', () => {
  for (let second = 1; second <= TOP; second++) {
    for (let first = 1; first <= second; first++) {
      const proof = consistencyOf(first, LEAVES.slice(0, second));
      verifyConsistency(first, second, root(first), root(second), proof);
      verifyConsistency(BigInt(first), BigInt(second), root(first), root(second), proof);
      const changed = nodeHash(root(first), root(second));
      const refused = (...args) => assert.throws(() => verifyConsistency(...args), Refused);
      refused(first, second, changed, root(second), proof);
      refused(first, second, root(first), changed, proof);
      refused(first, second, root(first), root(second), [...proof, changed]);
      if (proof.length) refused(first, second, root(first), root(second), proof.slice(1));
      for (let at = 0; at < proof.length; at++) {
        refused(first, second, root(first), root(second), proof.with(at, changed));
      }
      if (first > 1) {
        refused(first - 1, second, root(first), root(second), proof);
      }
    }
  }
});

test('leaves and nodes are apart', () => {
  assert.ok(!equal(leafHash(new Uint8Array(64)), nodeHash(new Uint8Array(32), new Uint8Array(32))));
  assert.equal(
    hex(leafHash(new Uint8Array())),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', // SHA-256(0x00)
  );
});

test('sizes and indices are exact and in range', () => {
  const hash = new Uint8Array(32);
  for (const [index, size] of [
    [0, 0],
    [1, 1],
    [-1, 1],
    [8, 7],
    [0.5, 2],
    [0, 2 ** 53],
    [0n, 2n ** 64n],
    [0n, 0n],
  ]) {
    assert.throws(() => verifyInclusion(index, size, hash, hash, []), Refused);
  }
  for (const [one, two] of [
    [0, 0],
    [0, 1],
    [2, 1],
    [-1, 1],
    [1.5, 3],
    [0n, 5n],
  ]) {
    assert.throws(() => verifyConsistency(one, two, hash, hash, [hash]), Refused);
  }
  assert.throws(() => verifyConsistency(3, 3, root(3), root(4), []), /two different roots/);
  assert.throws(() => verifyConsistency(3, 3, root(3), root(3), [hash]), Refused);
  assert.throws(() => verifyConsistency(2, 4, root(2), root(4), []), /empty/);
  assert.throws(() => verifyConsistency(2, 4, root(2), root(2), []), Refused);
  verifyInclusion(2n ** 53n, 2n ** 53n + 1n, hash, nodeHash(hash, hash), [hash]);
});

test('only 32 bytes are a hash, and 64 hashes a proof', () => {
  const hash = new Uint8Array(32);
  for (const length of [0, 31, 33]) {
    const bad = new Uint8Array(length);
    for (const [leaf, top, proof] of [
      [bad, hash, []],
      [hash, bad, []],
      [hash, hash, [bad]],
    ]) {
      assert.throws(() => verifyInclusion(0, 1, leaf, top, proof), /not 32 bytes/);
      assert.throws(() => verifyConsistency(1, 2, leaf, top, proof), /not 32 bytes/);
    }
  }
  const proof = Array(65).fill(hash);
  assert.throws(() => verifyInclusion(0, 1, hash, hash, proof), /more than 64/);
  assert.throws(() => verifyConsistency(1, 2, hash, hash, proof), /more than 64/);
});

test('a proof that goes on above the root is refused, whatever it leads to', () => {
  const more = leafHash(utf8('more'));
  for (const top of [nodeHash(more, LEAVES[0]), nodeHash(LEAVES[0], more)]) {
    assert.throws(() => verifyInclusion(0, 1, LEAVES[0], top, [more]), Refused);
  }
  const beyond = nodeHash(more, root(3));
  const proof = [...pathOf(2, LEAVES.slice(0, 3)), more];
  assert.throws(() => verifyInclusion(2, 3, LEAVES[2], beyond, proof), /longer than/);
});
