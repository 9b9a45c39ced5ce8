/** Signatures checked beside the walk: each answer is the one that asking alone would give. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '../../api/web/verifier/core/bytes.js';
import { Refused } from '../../api/web/verifier/core/errors.js';
import { parseJwk } from '../../api/web/verifier/core/keys.js';
import { AT_ONCE, Signatures } from '../../api/web/verifier/walk/signatures.js';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const MANY = 3 * AT_ONCE + 1;

/** As many signed statements as that; every seventh has a signature that is not true. */
async function signed(count) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key = parseJwk({ crv, kty, x, y });
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const signingInput = utf8(`statement ${number}`);
      const over = number % 7 === 3 ? utf8('another') : signingInput;
      const made = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, over);
      const signature = low(new Uint8Array(made));
      return [{ digest: `sha256:${number}`, signingInput, signature }, key];
    }),
  );
}

// Of r and s, the s that is at most half of the order.
function low(signature) {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  if (2n * s <= ORDER) return signature;
  const other = (ORDER - s).toString(16).padStart(64, '0');
  return Uint8Array.from([...signature.subarray(0, 32), ...Buffer.from(other, 'hex')]);
}

function counting(items) {
  let taken = 0;
  const iterator = items[Symbol.iterator]();
  return [{ next: () => ((taken += 1), iterator.next()) }, () => taken];
}

test('every signature has its own answer, asked for in any order', async () => {
  const items = await signed(MANY);
  const signatures = new Signatures(items.values());
  for (const [place, [statement, key]] of [...items.entries()].reverse()) {
    const answer = signatures.check(statement, key);
    if (place % 7 === 3) await assert.rejects(answer, Refused);
    else await answer;
  }
});

test('one that was not listed is checked where it is asked for', async () => {
  const [[statement, key], [other]] = await signed(2);
  const signatures = new Signatures([].values());
  await signatures.check(statement, key);
  await assert.rejects(signatures.check({ ...other, signature: statement.signature }, key), Refused);
});

test('no more are asked for at once than that, and none once it ended', async () => {
  const items = await signed(MANY);
  const [iterator, taken] = counting(items);
  const signatures = new Signatures(iterator);
  assert.equal(taken(), AT_ONCE);
  signatures.end();
  await Promise.allSettled(items.slice(0, AT_ONCE).map((item) => signatures.check(...item)));
  assert.equal(taken(), AT_ONCE);
});

test('further ones follow as answers come', async () => {
  const items = await signed(MANY);
  const [iterator, taken] = counting(items);
  const signatures = new Signatures(iterator);
  for (const item of items) await signatures.check(...item).catch(() => {});
  assert.ok(taken() > MANY);
});
