/** C2SP tlog-proof: one text with index, path and signed checkpoint. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64 } from '../../api/web/verifier/core/base64.js';
import { fromHex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import { parseLogProof } from '../../api/web/verifier/core/logproof.js';
import { leafHash, nodeHash } from '../../api/web/verifier/core/merkle.js';
import { parseVkey } from '../../api/web/verifier/core/note.js';
import { vectors } from './vectors.js';

const { vkey, root, body, signature } = vectors('note');
const KEY = parseVkey(vkey);
const ROOT = b64(fromHex(root));
const NOTE = `${body}\n${signature}`;
const ENTRIES = [utf8('one'), utf8('two')];
const PATH = b64(leafHash(ENTRIES[0]));
const PROOF = `c2sp.org/tlog-proof@v1\nindex 1\n${PATH}\n\n${NOTE}`;

test('a log proof is read, with and without its extra line', async () => {
  for (const text of [
    PROOF,
    PROOF.replace('index', 'extra AAAA\nindex'),
    PROOF.replace('index', 'extra \nindex'),
  ]) {
    const proof = parseLogProof(text);
    assert.equal(proof.index, 1n);
    assert.equal(b64(proof.path[0]), PATH);
    await proof.checkpoint.verify(KEY);
  }
  assert.deepEqual(parseLogProof(PROOF.replace(`${PATH}\n`, '')).path, []);
});

test('a log proof shows its entry and no other', () => {
  const top = b64(nodeHash(...ENTRIES.map(leafHash)));
  const text = PROOF.replace(ROOT, top).replace('\n20852163\n', '\n2\n');
  parseLogProof(text).verify(ENTRIES[1]);
  assert.throws(() => parseLogProof(text).verify(ENTRIES[0]), Refused);
  assert.throws(
    () => parseLogProof(text.replace('index 1', 'index 0')).verify(ENTRIES[1]),
    Refused,
  );
  assert.throws(
    () => parseLogProof(text.replace('index 1', 'index 2')).verify(ENTRIES[1]),
    Refused,
  );
});

const proofs = {
  empty: '',
  'another version': PROOF.replace('@v1', '@v2'),
  'a blank first line': `\n${PROOF}`,
  'no blank line': PROOF.replace('\n\n', '\n'),
  'no index': PROOF.replace('index 1\n', ''),
  'no word': PROOF.replace('index 1', '1'),
  'a leading zero': PROOF.replace('index 1', 'index 01'),
  'a minus': PROOF.replace('index 1', 'index -1'),
  'an Arabic digit': PROOF.replace('index 1', 'index \u0661'),
  'a space after': PROOF.replace('index 1', 'index 1 '),
  'two spaces': PROOF.replace('index 1', 'index  1'),
  'a huge index': PROOF.replace('index 1', `index 1${'0'.repeat(16)}`),
  'the index twice': PROOF.replace('index 1', 'index 1\nindex 1'),
  'extra after the index': PROOF.replace('index 1', 'index 1\nextra AAAA'),
  'extra that is not base64': PROOF.replace('index 1', 'extra !\nindex 1'),
  'extra twice': PROOF.replace('index 1', 'extra AAAA\nextra AAAA\nindex 1'),
  'a hash without padding': PROOF.replace(PATH, PATH.slice(0, -1)),
  'an empty line for a hash': PROOF.replace(PATH, ''),
  'its end cut': PROOF.slice(0, -1),
  'its end at the blank line': PROOF.slice(0, PROOF.indexOf('\n\n') + 2),
  'its end before the blank line': PROOF.slice(0, PROOF.indexOf('\n\n')),
};
for (const [what, text] of Object.entries(proofs)) {
  test(`a log proof with ${what} is refused`, () => {
    assert.throws(() => parseLogProof(text), Refused);
  });
}

test('the limits of a log proof come first', () => {
  const more = PROOF.replace(PATH, Array(65).fill(PATH).join('\n'));
  assert.throws(() => parseLogProof(more), /more than 64 hashes/);
  parseLogProof(PROOF.replace(PATH, Array(64).fill(PATH).join('\n')));
  assert.throws(() => parseLogProof(PROOF + 'a'.repeat(131_072)), TooLarge);
});
