/**
 * The JavaScript verifier beside the bare signatures it can't do without:
 *
 *     node scripts/benches/verify.mjs EVIDENCE TRUST ROUNDS
 *
 * Prints `{verdict, statements, signatures, verify: [seconds], bare: [seconds]}`, in turn, after a
 * first round that is not counted.
 */
import { readFileSync } from 'node:fs';
import { readRules, readTables } from '../../api/web/verifier/files.js';
import { fromB64url } from '../../api/web/verifier/core/base64.js';
import { utf8 } from '../../api/web/verifier/core/bytes.js';
import { parseJwk } from '../../api/web/verifier/core/keys.js';
import { verify } from '../../api/web/verifier/verify.js';

const [evidenceFile, trustFile, rounds] = process.argv.slice(2);
const [evidence, trust] = [evidenceFile, trustFile].map((path) => readFileSync(path));
const options = { tables: readTables(), rules: readRules() };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/** Keys, signatures and messages ready made, as the bare verification takes them. */
async function signatures() {
  const { keys, statements } = JSON.parse(evidence);
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const native = await Promise.all(
    keys.map((jwk) => crypto.subtle.importKey('jwk', jwk, curve, false, ['verify'])),
  );
  const kids = keys.map((jwk) => parseJwk(jwk).kid);
  return statements.map(({ sdJwt }) => {
    const [header, payload, signature] = sdJwt.split('~')[0].split('.');
    const { kid } = JSON.parse(new TextDecoder().decode(fromB64url(header)));
    return [native[kids.indexOf(kid)], fromB64url(signature), utf8(`${header}.${payload}`)];
  });
}

async function timed(work) {
  const begun = performance.now();
  const result = await work();
  return [(performance.now() - begun) / 1000, result];
}

const ready = await signatures();
const found = { verify: [], bare: [] };
for (let round = 0; round <= Number(rounds); round += 1) {
  const [ours, answer] = await timed(() => verify({ evidence, trust, chain: null, ...options }));
  const [bare, holds] = await timed(async () => {
    let all = true;
    for (const [key, signature, message] of ready)
      all &&= await crypto.subtle.verify(ES256, key, signature, message);
    return all;
  });
  if (!holds) throw new Error('a bare signature does not verify');
  if (round === 0) {
    const { verdict, statements } = answer.report;
    Object.assign(found, { verdict, statements: statements.length, signatures: ready.length });
  } else {
    found.verify.push(ours);
    found.bare.push(bare);
  }
}
process.stdout.write(`${JSON.stringify(found)}\n`);
