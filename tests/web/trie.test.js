/** Tries of py-trie: what is there, what is not, and what is not known. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { concat, fromHex, hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused, Unavailable } from '../../api/web/verifier/core/errors.js';
import { account, parseHeader, word } from '../../api/web/verifier/core/stateproof.js';
import { keccak256 } from '../../api/web/verifier/core/keccak.js';
import { NodePool, valueAt } from '../../api/web/verifier/core/trie.js';
import { encode } from './rlp.js';
import { vectors } from './vectors.js';

const pooled = (nodes) => new Map(nodes.map(fromHex).map((node) => [hex(keccak256(node)), node]));
// Of the RLP of nothing: Yellow Paper, appendix D.
const EMPTY_ROOT = keccak256(Uint8Array.of(0x80));
const getting = (pool) => (hash) => pool.get(hex(hash));

test('each key is read as py-trie reads it, absent ones included', () => {
  for (const { root, nodes, values } of vectors('trie')) {
    const get = getting(pooled(nodes));
    for (const [key, value] of Object.entries(values)) {
      const found = valueAt(get, fromHex(root), fromHex(key));
      assert.equal(found && hex(found), value, key);
    }
  }
});

test('every node of a way is needed, and nothing but the way is', () => {
  for (const { root, nodes, values } of vectors('trie')) {
    const pool = pooled(nodes);
    for (const key of Object.keys(values).slice(0, 12)) {
      const asked = new Set();
      valueAt((hash) => asked.add(hex(hash)) && pool.get(hex(hash)), fromHex(root), fromHex(key));
      for (const missing of asked) {
        const get = (hash) => (hex(hash) === missing ? undefined : pool.get(hex(hash)));
        assert.throws(
          () => valueAt(get, fromHex(root), fromHex(key)),
          (error) => {
            assert.ok(error instanceof Unavailable);
            return error.message.includes(missing);
          },
        );
      }
    }
  }
});

test('an empty trie holds nothing and needs no node', () => {
  assert.equal(
    valueAt(() => assert.fail('asked'), EMPTY_ROOT, utf8('key')),
    null,
  );
});

const NONE = new Uint8Array();
const of = (...bytes) => Uint8Array.of(...bytes);
const branch = (at, child, value = NONE) => [...Array(16).fill(NONE), value].with(at, child);

/** The value at the one-byte key 0x12 under this root node. */
const at12 = (node) => valueAt(() => encode(node), new Uint8Array(32), of(0x12));

test('nodes made by hand are read', () => {
  const value = utf8('v');
  assert.deepEqual(at12([of(0x20, 0x12), value]), value);
  assert.equal(at12([of(0x20, 0x13), value]), null);
  assert.equal(at12([of(0x31), value]), null);
  assert.deepEqual(at12(branch(1, [of(0x32), value])), value);
  assert.equal(at12(branch(1, [of(0x33), value])), null);
  assert.equal(at12(branch(2, [of(0x32), value])), null);
  assert.deepEqual(at12([of(0x11), branch(2, [of(0x20), value])]), value);
  assert.deepEqual(at12([of(0x00, 0x12), branch(0, NONE, value)]), value);
  assert.equal(at12([of(0x00, 0x12), branch(0, NONE)]), null);
  assert.equal(at12([of(0x12), branch(2, [of(0x20), value])]), null);
  assert.equal(at12([of(0x00, 0x12, 0x34), branch(0, NONE, value)]), null);
});

const malformed = {
  'no list': utf8('dog'),
  'an empty list': [],
  'three items': [NONE, NONE, NONE],
  'sixteen items': Array(16).fill(NONE),
  'an empty path': [NONE, utf8('v')],
  'a path with unknown flags': [of(0x40, 0x12), utf8('v')],
  'a path with filler': [of(0x21, 0x12), utf8('v')],
  'an extension without a path': [of(0x00), branch(0, NONE)],
  'an extension to no hash': [of(0x11), of(1, 2, 3)],
  'an extension to nothing': [of(0x11), NONE],
  'a list as path': [[of(1)], utf8('v')],
  'a list as value of a leaf': [of(0x20, 0x12), [utf8('v')]],
  'a list as value of a branch': [of(0x00, 0x12), branch(0, NONE, [NONE])],
  'a child of three bytes': branch(1, of(1, 2, 3)),
  'an empty list as child': branch(1, []),
};
for (const [what, node] of Object.entries(malformed)) {
  test(`a node with ${what} is refused`, () => assert.throws(() => at12(node), Refused));
}

test('a short node by its hash is refused, but for the root', () => {
  const short = [of(0x32), utf8('v')];
  const root = branch(1, keccak256(encode(short)));
  const get = (hash) => encode(hash[0] === 0 ? root : short);
  assert.throws(() => valueAt(get, new Uint8Array(32), of(0x12)), /stands by itself/);
});

const state = vectors('state');
const nodes = state.nodes.map(fromHex);

test('a word is read from a header down', () => {
  const header = parseHeader(fromHex(state.header));
  assert.equal(header.number, state.number);
  assert.equal(header.time, state.time);
  assert.equal(hex(header.hash), state.hash);
  const pool = new NodePool(nodes);
  const there = account(pool.get, header.stateRoot, fromHex(state.address));
  assert.equal(hex(there.codeHash), state.codeHash);
  for (const [slot, value] of Object.entries(state.words)) {
    assert.equal(hex(word(pool.get, there.storageRoot, fromHex(slot))), value);
  }
  assert.equal(account(pool.get, header.stateRoot, fromHex(state.absentAddress)), null);
  assert.equal(pool.unused, 0);
});

test('a pool counts what was not asked for, and has one order', () => {
  const pool = new NodePool(nodes);
  assert.equal(pool.unused, nodes.length);
  pool.get(keccak256(nodes[0]));
  pool.get(new Uint8Array(32));
  assert.equal(pool.unused, nodes.length - 1);
  assert.throws(() => new NodePool([...nodes].reverse()), Refused);
  assert.throws(() => new NodePool([nodes[0], nodes[0]]), Refused);
  assert.equal(new NodePool([]).unused, 0);
});

test('the first block of Ethereum is read', () => {
  // Its members are in the Yellow Paper's appendix I, its hash is public knowledge.
  const zeros = (length) => new Uint8Array(length);
  const header = parseHeader(
    encode([
      zeros(32),
      fromHex('1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'),
      zeros(20),
      fromHex('d7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544'),
      EMPTY_ROOT,
      EMPTY_ROOT,
      zeros(256),
      of(4, 0, 0, 0, 0),
      NONE,
      of(0x13, 0x88),
      NONE,
      NONE,
      fromHex('11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa'),
      zeros(32),
      of(0, 0, 0, 0, 0, 0, 0, 0x42),
    ]),
  );
  assert.equal(
    hex(header.hash),
    'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
  );
  assert.deepEqual([header.number, header.time], [0, 0]);
});

test('other headers are refused', () => {
  const good = Array(16).fill(new Uint8Array(32)).with(8, of(1)).with(11, of(1, 0));
  const header = parseHeader(encode(good));
  assert.deepEqual([header.number, header.time], [1, 256]);
  const others = [
    good.slice(0, 14),
    good.with(3, of(1, 2, 3, 4)),
    good.with(3, []),
    utf8('header'),
  ];
  for (const place of [8, 11]) {
    const numbers = [of(0), of(0, 1), [], new Uint8Array(32), of(0x20, 0, 0, 0, 0, 0, 0)];
    others.push(...numbers.map((number) => good.with(place, number)));
  }
  for (const other of others) assert.throws(() => parseHeader(encode(other)), Refused);
});

/** A trie of one leaf: what `name` has there is this item's RLP. */
const onlyLeaf = (name, item) => () => encode([concat(of(0x20), keccak256(name)), item]);

test('a word has one form', () => {
  const slot = new Uint8Array(32);
  const wordOf = (rlp) => hex(word(onlyLeaf(slot, rlp), new Uint8Array(32), slot));
  assert.equal(wordOf(of(1)), '01'.padStart(64, '0'));
  assert.equal(wordOf(encode(new Uint8Array(32).fill(255))), 'f'.repeat(64));
  const others = [NONE, of(0), new Uint8Array(33).fill(1), of(0, 1), [], [of(1)]].map(encode);
  for (const other of [...others, of(0x81, 0x01), of(1, 1)]) {
    assert.throws(() => wordOf(other), Refused, hex(other));
  }
});

test('an account has one form', () => {
  const address = new Uint8Array(20);
  const accountOf = (item) => account(onlyLeaf(address, encode(item)), new Uint8Array(32), address);
  const [root, code] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  assert.deepEqual(accountOf([of(1), NONE, root, code]), { storageRoot: root, codeHash: code });
  const others = [[of(1), root, code], [of(1), NONE, root, code, NONE], [], of(1)];
  others.push(
    [of(1), NONE, root.subarray(1), code],
    [of(1), NONE, root, NONE],
    [of(1), NONE, [], code],
  );
  for (const other of others) assert.throws(() => accountOf(other), Refused);
});
