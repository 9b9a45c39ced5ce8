/**
 * The JavaScript verifier beside the bare signatures it can't do without:
 *
 *     node scripts/benches/verify.mjs EVIDENCE TRUST ROUNDS
 *
 * Prints `{verdict, statements, signatures, verify: [seconds], bare: [seconds], processor}`, in
 * turn, after a first round that is not counted. `processor` has the processor time of each round
 * in seconds: `verify` of all threads, `first` of the first one (null before Node 23.9), `bare`.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readPacks, readTables } from '../../api/web/verifier/files.js';
import { parseJwk } from '../../api/web/verifier/core/keys.js';
import { envelopeOf } from '../../api/web/verifier/core/sdjwt.js';
import { verify } from '../../api/web/verifier/verify.js';

const [evidenceFile, trustFile, rounds] = process.argv.slice(2);
const [evidence, trust] = [evidenceFile, trustFile].map((path) => readFileSync(path));
const options = { tables: readTables(), packs: readPacks() };
const AT_ONCE = 16;
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/** Keys, signatures and messages ready made, as the bare verification takes them. */
async function signatures() {
  const lines = gunzipSync(evidence).toString().trimEnd().split('\n');
  const [{ keys }, ...statements] = lines.map((line) => JSON.parse(line));
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const native = await Promise.all(
    keys.map((jwk) => crypto.subtle.importKey('jwk', jwk, curve, false, ['verify'])),
  );
  const kids = keys.map((jwk) => parseJwk(jwk).kid);
  return statements.map((parts) => {
    const { signature, signingInput, header } = envelopeOf(parts);
    return [native[kids.indexOf(header.kid)], signature, signingInput];
  });
}

/** Whether all hold, so many asked for at once that no thread of WebCrypto's waits. */
async function allHold(signed) {
  const waiting = signed.values();
  const answers = Array.from({ length: AT_ONCE }, async () => {
    let all = true;
    for (const [key, signature, message] of waiting)
      all &&= await crypto.subtle.verify(ES256, key, signature, message);
    return all;
  });
  return (await Promise.all(answers)).every(Boolean);
}

const seconds = ({ user, system }) => (user + system) / 1e6;

async function timed(work) {
  const [all, first] = [process.cpuUsage(), process.threadCpuUsage?.()];
  const begun = performance.now();
  const result = await work();
  const took = (performance.now() - begun) / 1000;
  const alone = first === undefined ? null : seconds(process.threadCpuUsage(first));
  return [took, result, seconds(process.cpuUsage(all)), alone];
}

const ready = await signatures();
const found = { verify: [], bare: [], processor: { verify: [], first: [], bare: [] } };
for (let round = 0; round <= Number(rounds); round += 1) {
  const [ours, answer, all, first] = await timed(() =>
    verify({ evidence, trust, chain: null, ...options }),
  );
  const [bare, holds, allBare] = await timed(() => allHold(ready));
  if (!holds) throw new Error('a bare signature does not verify');
  if (round === 0) {
    const { verdict, statements } = answer.report;
    Object.assign(found, { verdict, statements: statements.length, signatures: ready.length });
  } else {
    found.verify.push(ours);
    found.bare.push(bare);
    found.processor.verify.push(all);
    found.processor.first.push(first);
    found.processor.bare.push(allBare);
  }
}
process.stdout.write(`${JSON.stringify(found)}\n`);
