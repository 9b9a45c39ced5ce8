/** The log's tree: proofs made of complete subtrees, each held once and none that others give. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64 } from '../../api/web/verifier/core/base64.js';
import { utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  ProvenTree,
  verifyConsistency,
  verifyInclusion,
} from '../../api/web/verifier/core/merkle.js';
import { TreePool } from '../../api/web/verifier/evidence/treepool.js';

const COUNT = 37;
const LEAVES = Array.from({ length: COUNT }, (_, number) => leafHash(utf8(`entry ${number}`)));

function node(level, index) {
  if (level === 0) return LEAVES[Number(index)];
  return nodeHash(node(level - 1, 2n * index), node(level - 1, 2n * index + 1n));
}

// RFC 9162 section 2.1.1, by its own words.
function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (2 * split < leaves.length) split *= 2;
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

test('every entry is proven in every tree, and every tree in every later one', () => {
  for (let size = 1; size <= COUNT; size++) {
    const root = rootOf(LEAVES.slice(0, size));
    for (let index = 0; index < size; index++) {
      const path = inclusionProof(BigInt(index), BigInt(size), node);
      verifyInclusion(index, size, LEAVES[index], root, path);
    }
    for (let old = 1; old < size; old++) {
      const path = consistencyProof(BigInt(old), BigInt(size), node);
      verifyConsistency(old, size, rootOf(LEAVES.slice(0, old)), root, path);
    }
  }
  assert.throws(() => inclusionProof(3n, 3n, node), Refused);
});

// In an order of its own, so that what is known by then lies now here, now there.
const SHUFFLED = Array.from({ length: COUNT }, (_, number) => (number * 29 + 5) % COUNT);

test('one tree proves what each proof of its own proves, and asks for no node less', () => {
  for (let size = 1; size <= COUNT; size++) {
    const [root, asked, needed] = [rootOf(LEAVES.slice(0, size)), new Set(), new Set()];
    const tree = new ProvenTree(BigInt(size), root, (level, index) => {
      asked.add(`${level}/${index}`);
      return node(level, BigInt(index));
    });
    for (const index of SHUFFLED.filter((one) => one < size)) {
      inclusionProof(BigInt(index), BigInt(size), (level, at) => {
        needed.add(`${level}/${at}`);
        return node(level, at);
      });
      for (const other of [index - 1, index + 1, COUNT - 1 - index])
        if (other !== index && LEAVES[other] !== undefined)
          assert.throws(() => tree.prove(BigInt(index), LEAVES[other]), Refused);
      tree.prove(BigInt(index), LEAVES[index]);
      tree.prove(BigInt(index), LEAVES[index]);
    }
    assert.deepEqual([...asked].sort(), [...needed].sort(), `size ${size}`);
    for (const outside of [-1n, BigInt(size)])
      assert.throws(() => tree.prove(outside, LEAVES[0]), Refused);
  }
});

test('one tree takes no hash of another length, and no other root', () => {
  const [root, size] = [rootOf(LEAVES), BigInt(COUNT)];
  const prove = (one, from = node) => new ProvenTree(size, one, (l, i) => from(l, BigInt(i)));
  assert.throws(() => prove(LEAVES[0]).prove(0n, LEAVES[0]), Refused);
  assert.throws(() => prove(root.subarray(1)).prove(0n, LEAVES[0]), Refused);
  assert.throws(() => prove(root).prove(0n, LEAVES[0].subarray(1)), Refused);
  const short = (level, index) => node(level, index).subarray(1);
  assert.throws(() => prove(root, short).prove(0n, LEAVES[0]), Refused);
});

test('of more entries than a double counts each is shown by itself, exactly', () => {
  const size = 2n ** 53n + 1n; // the last entry stands beside a complete subtree
  const whole = LEAVES[0];
  const root = nodeHash(whole, LEAVES[1]);
  const tree = new ProvenTree(size, root, () => whole);
  tree.prove(2n ** 53n, LEAVES[1]);
  assert.throws(() => tree.prove(2n ** 53n, LEAVES[2]), Refused);
  assert.throws(() => tree.prove(2n ** 53n + 1n, LEAVES[1]), Refused);
});

const listed = (...places) => places.map(([level, index]) => [level, index, b64(node(level, BigInt(index)))]);

test('a pool gives what it holds and what follows from it', () => {
  const pool = new TreePool(listed([0, 0], [0, 1], [0, 5], [1, 1]));
  assert.deepEqual(pool.get(2, 0n), node(2, 0n));
  assert.equal(pool.get(1, 2n), undefined);
  assert.equal(pool.get(2, 1n), undefined);
  assert.match(pool.unneeded(), /level 0, index 5$/);
  pool.get(0, 5n);
  assert.equal(pool.unneeded(), null);
  assert.equal(new TreePool([]).unneeded(), null);
});

test('another form, another order or more than is needed is refused', () => {
  const hash = b64(new Uint8Array(32));
  const others = [
    [[0, 1, hash], [0, 0, hash]],
    [[1, 0, hash], [0, 5, hash]],
    [[0, 1, hash], [0, 1, hash]],
    listed([0, 0], [0, 1], [1, 0]),
    listed([0, 0], [0, 1], [0, 2], [0, 3], [2, 0]),
    [[64, 0, hash]], [[-1, 0, hash]], [[0, -1, hash]], [[0, '1', hash]], [[0, 1, 7]],
    [[0, 1, b64(new Uint8Array(31))]], [[0, 1, `${hash} `]],
  ]; // prettier-ignore
  for (const nodes of others) assert.throws(() => new TreePool(nodes), Refused);
});
