/** Signed notes, checkpoints and witnesses (C2SP). */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { b64, fromB64 } from '../../api/web/verifier/core/base64.js';
import { concat, fromHex, hex, utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused, TooLarge } from '../../api/web/verifier/core/errors.js';
import { NoteKey, parseCheckpoint, parseVkey } from '../../api/web/verifier/core/checkpoint.js';
import { vectors } from './vectors.js';

const { vkey, root, body, signature, witnesses, cosignatures } = vectors('note');
const KEY = parseVkey(vkey);
const WITNESSES = witnesses.map(parseVkey);
const NOTE = `${body}\n${signature}`;
const dataOf = (line) => fromB64(line.trimEnd().split(' ')[2]);
const lineOf = (name, data) => `\u2014 ${name} ${b64(data)}\n`;
const changedAt = (data, at) => Uint8Array.from(data, (byte, i) => (i === at ? byte ^ 1 : byte));

test('what another implementation signed is read and verified', async () => {
  const note = parseCheckpoint(NOTE);
  assert.equal(note.origin, KEY.name);
  assert.equal(note.size, 20_852_163n);
  assert.equal(hex(note.root), root);
  assert.equal(note.body, body);
  await note.verify(KEY);
  assert.equal(KEY.vkey, vkey);
  for (const [i, key] of WITNESSES.entries()) assert.equal(key.vkey, witnesses[i]);
});

test("the example of Go's note package is verified", async () => {
  // golang.org/x/mod/sumdb/note documents this key and this note.
  const key = parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  const message =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const data = fromB64(
    'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
  );
  assert.deepEqual(data.subarray(0, 4), key.id);
  assert.equal(await key.signed(utf8(message), data.subarray(4)), true);
  assert.equal(await key.signed(utf8(`${message}\n`), data.subarray(4)), false);
});

test('other vkeys are refused', () => {
  const [name, id, key] = vkey.split(/\+(.{8})\+/s);
  const withKey = (bytes) => `a+00000000+${b64(bytes)}`;
  const others = [name, 'a+b', `${name}+0${id}+${key}`, `${name}+00000000+${key}`, `x${vkey}`];
  others.push(`${vkey}=`, 'a+00000000+', withKey(Uint8Array.of(1, ...Array(31).fill(7))), '');
  others.push(
    withKey(Uint8Array.of(2, ...Array(32).fill(7))),
    `a b${vkey}`,
    `${vkey}\n`,
    `\n${vkey}`,
  );
  others.push(withKey(Uint8Array.of(1, ...Array(33).fill(7))), `é${vkey}`, vkey.slice(name.length));
  if (id !== id.toUpperCase()) others.push(`${name}+${id.toUpperCase()}+${key}`);
  for (const other of others) assert.throws(() => parseVkey(other), Refused, other);
});

test('keys of small order are refused in every spelling', () => {
  const prime = 2n ** 255n - 19n;
  const eighth = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
  const d = (-121665n * power(121666n, prime - 2n)) % prime;
  assert.equal((d * eighth ** 4n + 2n * eighth ** 2n - 1n) % prime, 0n);
  let spellings = 0;
  for (const y of [0n, 1n, prime - 1n, eighth, prime - eighth]) {
    for (const spelt of [y, y + prime].filter((value) => value < 2n ** 255n)) {
      for (const sign of [0n, 2n ** 255n]) {
        const bytes = fromHex((spelt + sign).toString(16).padStart(64, '0')).reverse();
        for (const algorithm of [1, 4]) {
          assert.throws(() => new NoteKey('log', algorithm, bytes), /small order/);
        }
        spellings++;
      }
    }
  }
  assert.equal(spellings, 14);

  function power(base, exponent) {
    let result = 1n;
    for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % prime) {
      if (e & 1n) result = (result * b) % prime;
    }
    return result;
  }
});

test('signature lines of others are tolerated', async () => {
  const stranger = lineOf('someone.example', new Uint8Array(68));
  const namesake = lineOf(KEY.name, new Uint8Array(68));
  const short = lineOf('x.example', new Uint8Array());
  for (const lines of [signature + stranger, stranger + signature, namesake + signature + short]) {
    await parseCheckpoint(`${body}\n${lines}`).verify(KEY);
  }
  await parseCheckpoint(NOTE + cosignatures.join('')).verify(KEY);
});

test("two lines of the log's key are refused", async () => {
  for (const second of [signature, lineOf(KEY.name, concat(KEY.id, new Uint8Array(64)))]) {
    for (const lines of [signature + second, second + signature]) {
      await assert.rejects(parseCheckpoint(`${body}\n${lines}`).verify(KEY), /two signature lines/);
    }
  }
});

test('what the log did not sign is refused', async () => {
  const data = dataOf(signature);
  const refused = (lines, reason) =>
    assert.rejects(parseCheckpoint(`${body}\n${lines}`).verify(KEY), reason);
  for (let at = 4; at < 68; at++) {
    await refused(lineOf(KEY.name, changedAt(data, at)), /not signed/);
  }
  for (const length of [4, 67])
    await refused(lineOf(KEY.name, data.slice(0, length)), /no signature/);
  await refused(lineOf(KEY.name, concat(data, Uint8Array.of(0))), /no signature/);
  await refused(lineOf('other.example', data), /no signature/);
  await refused(lineOf(KEY.name, changedAt(data, 0)), /no signature/);
  const other = new NoteKey('log.example/other', 1, KEY.key);
  await assert.rejects(parseCheckpoint(NOTE).verify(other), /is of log/);
  for (const changed of [
    NOTE.replace('\n20852163\n', '\n20852164\n'),
    NOTE.replace(b64(fromHex(root)), b64(new Uint8Array(32))),
  ]) {
    await assert.rejects(parseCheckpoint(changed).verify(KEY), /not signed/);
  }
});

const ROOT = b64(fromHex(root));
const ORIGIN = KEY.name;
const notes = {
  empty: '',
  'no blank line': body + signature,
  'two lines': `${ORIGIN}\n7\n\n${signature}`,
  'an extension line': `${body}extension\n\n${signature}`,
  'no last newline': NOTE.slice(0, -1),
  'another last character': `${NOTE.slice(0, -1)}x`,
  'no signature': `${body}\n`,
  'an empty signature line': `${body}\n\n`,
  'a blank line after': `${NOTE}\n`,
  'a hyphen for the dash': NOTE.replace('\u2014', '-'),
  'another line': `${NOTE}trailing text\n`,
  'two spaces': NOTE.replace('\u2014 ', '\u2014  '),
  'a leading zero': `${ORIGIN}\n07\n${ROOT}\n\n${signature}`,
  'a plus': `${ORIGIN}\n+7\n${ROOT}\n\n${signature}`,
  'a minus': `${ORIGIN}\n-7\n${ROOT}\n\n${signature}`,
  'a space after the size': `${ORIGIN}\n7 \n${ROOT}\n\n${signature}`,
  'an Arabic digit': `${ORIGIN}\n\u0667\n${ROOT}\n\n${signature}`,
  'a superscript': `${ORIGIN}\n²\n${ROOT}\n\n${signature}`,
  'a huge size': `${ORIGIN}\n1${'0'.repeat(16)}\n${ROOT}\n\n${signature}`,
  'no size': `${ORIGIN}\n\n${ROOT}\n\n${signature}`,
  'a root without padding': `${ORIGIN}\n7\n${ROOT.slice(0, -1)}\n\n${signature}`,
  'a short root': `${ORIGIN}\n7\nAAAA\n\n${signature}`,
  'an origin with a space': `a b\n7\n${ROOT}\n\n${signature}`,
  'an origin with a plus': `a+b\n7\n${ROOT}\n\n${signature}`,
  'a long origin': `${'a'.repeat(256)}\n7\n${ROOT}\n\n${signature}`,
  'an origin that is not ASCII': `lóg\n7\n${ROOT}\n\n${signature}`,
  'carriage returns': NOTE.replaceAll('\n', '\r\n'),
  'a signature that is not base64': `${body}\n\u2014 ${ORIGIN} !!!\n`,
};
for (const [what, note] of Object.entries(notes)) {
  test(`a note with ${what} is refused`, () => {
    assert.throws(() => parseCheckpoint(note), Refused);
  });
}

test('a long note is refused before it is read, counted in characters', () => {
  const filler = (length) => `${NOTE}\u2014 ${'😀'.repeat(length - [...NOTE].length - 8)} AAAA\n`;
  parseCheckpoint(filler(65_536));
  assert.equal([...filler(65_536)].length, 65_536);
  assert.throws(() => parseCheckpoint(filler(65_537)), TooLarge);
  assert.throws(() => parseCheckpoint('a'.repeat(10_000_000)), TooLarge);
});

const cosigned = (...lines) => parseCheckpoint(NOTE + lines.join(''));

test('a quorum counts distinct witnesses', async () => {
  for (const numbers of [[0], [0, 2], [0, 1, 2]]) {
    const note = cosigned(...numbers.map((n) => cosignatures[n]));
    await note.verifyQuorum(WITNESSES, numbers.length);
    if (numbers.length === 3) continue;
    const reason = new RegExp(`${numbers.length} of ${numbers.length + 1} witness`);
    await assert.rejects(note.verifyQuorum(WITNESSES, numbers.length + 1), reason);
  }
});

test('a policy that asks nothing or the impossible is refused', async () => {
  for (const threshold of [-1, 0, 4, NaN, undefined]) {
    await assert.rejects(cosigned(...cosignatures).verifyQuorum(WITNESSES, threshold), /threshold/);
  }
  await assert.rejects(cosigned(...cosignatures).verifyQuorum([], 0), /threshold/);
});

test('one key under two names counts once', async () => {
  const alias = new NoteKey('alias.example', 4, WITNESSES[0].key);
  const again = lineOf(alias.name, concat(alias.id, dataOf(cosignatures[0]).subarray(4)));
  const note = cosigned(cosignatures[0], again);
  await note.verifyQuorum([alias], 1);
  await assert.rejects(note.verifyQuorum([WITNESSES[0], alias, WITNESSES[1]], 2), /1 of 2/);
  await assert.rejects(note.verifyQuorum([WITNESSES[0], WITNESSES[0]], 2), /threshold/);
});

test('a cosignature covers time and checkpoint', async () => {
  const data = dataOf(cosignatures[0]);
  for (const at of [11, 12, 75]) {
    const note = cosigned(lineOf(WITNESSES[0].name, changedAt(data, at)));
    await assert.rejects(note.verifyQuorum(WITNESSES, 1), /0 of 1/);
  }
  for (const length of [4, 68, 75]) {
    const note = cosigned(lineOf(WITNESSES[0].name, data.slice(0, length)));
    await assert.rejects(note.verifyQuorum(WITNESSES, 1), /0 of 1/);
  }
  const elsewhere = parseCheckpoint(NOTE.replace('\n20852163\n', '\n20852164\n') + cosignatures[0]);
  await assert.rejects(elsewhere.verifyQuorum(WITNESSES, 1), /0 of 1/);
});

test('a log is not a witness, nor a witness a log', async () => {
  const asWitness = new NoteKey(KEY.name, 4, KEY.key);
  await assert.rejects(cosigned().verify(asWitness), /not a log's key/);
  await assert.rejects(cosigned().verifyQuorum([KEY], 1), /not a witness's key/);
});

test('a key that is no point signs nothing', async () => {
  // y = 2 is on no point of the curve: (y² - 1) / (d y² + 1) is not a square.
  const key = new NoteKey('log.example', 1, Uint8Array.of(2, ...Array(31).fill(0)));
  assert.equal(await key.signed(utf8('anything'), new Uint8Array(64)), false);
});
