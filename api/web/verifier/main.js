#!/usr/bin/env node
/**
 * The verifier as a command for Node; `--help` says how. It prints the report as JSON, and its exit
 * code says the verdict. Only this file, files.js and pack.js read files and know Node.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Refused } from './core/errors.js';
import { readRecorded } from './chain/recorded.js';
import { MAX_BYTES } from './evidence/bundle.js';
import { readPacks, readTables } from './files.js';
import { verify } from './verify.js';

const [USAGE, INTERNAL] = [2, 70];
const PIECE = 2 ** 20;
const COUNT = /^[0-9]$/;
const SYNOPSIS = `usage: node main.js [OPTIONS] EVIDENCE TRUST [CHAIN]
       node main.js [OPTIONS] --batch LIST
`;
const HELP = `${SYNOPSIS}
Prints the report on an evidence file as JSON. Exit code: 0 verified, 1 failed, 2 usage or a wrong
trust file, 3 incomplete, 5 not readable, 70 a fault of its own.

CHAIN is a chain.json as in tests/conformance/README.md. Without it the evidence has to prove the
chain at a block in the trust file's trustedBlocks: no chain is asked.

--batch LIST             a file with a folder on each line, with evidence.gz, trust.json and
                         chain.json in it, and policy.json if it has one; prints {folder,
                         exitCode, report} in a line for each,
                         and exits 0, or 70 if one had a fault of the verifier's own
--data DIR               units.json, gwp.json, compatibility.json (default: ledger/core/data)
--rules DIR              more rule packs that are held, beside those of this version
--policy FILE            what you require (docs/evidence.md); the options below count more
--require-arithmetic A   recomputed, or recomputed-or-assured (default)
--require-assurance A    none (default), limited or reasonable
--helpers N              threads beside the first, which read and judge all that they can of any
                         file (default: one for each processor more, of files with many statements)
--help                   this text
`;

// Files that can't be read, and a chain.json that is none, are exit code 2.
async function verifyFiles({ evidence, trust, chain, policy }, options) {
  try {
    const [ofEvidence, ofTrust] = [evidence, trust].map(readStart);
    const recorded = chain === undefined ? null : readRecorded(readFileSync(chain));
    const required = policy === undefined ? {} : { policy: readStart(policy) };
    const files = { evidence: ofEvidence, trust: ofTrust, chain: recorded };
    return await verify({ ...files, ...required, ...options });
  } catch (error) {
    return { exitCode: complain(error), report: { verdict: null, error: error.message } };
  }
}

// No more of a file than shows that it is too long: what it is, is not known yet.
function readStart(path) {
  const file = openSync(path);
  try {
    const pieces = [];
    for (let left = MAX_BYTES + 1, count = 1; count > 0 && left > 0; left -= count) {
      const piece = Buffer.allocUnsafe(Math.min(left, PIECE));
      count = readSync(file, piece);
      pieces.push(piece.subarray(0, count));
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
}

// Say what went wrong; return 2 where it is what the user gave, else 70.
function complain(error) {
  const asked = error instanceof Refused || error.syscall !== undefined;
  process.stderr.write(`${asked ? error.message : error.stack}\n`);
  return asked ? USAGE : INTERNAL;
}

async function batch(list, options) {
  const folders = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  let worst = 0;
  for (const folder of folders) {
    const answer = await verifyFiles(filesIn(folder), options);
    if (answer.exitCode === INTERNAL) worst = INTERNAL;
    process.stdout.write(`${JSON.stringify({ folder, ...answer })}\n`);
    if (process.stdout.errored !== null) break; // no one reads on
  }
  return worst;
}

function filesIn(folder) {
  const policy = join(folder, 'policy.json');
  return {
    evidence: join(folder, 'evidence.gz'),
    trust: join(folder, 'trust.json'),
    chain: join(folder, 'chain.json'),
    ...(existsSync(policy) ? { policy } : {}),
  };
}

async function main(words) {
  const { values: named, positionals } = parsed(words);
  if (named?.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const fitting = named?.batch === undefined ? [2, 3] : [0];
  if (named === undefined || !fitting.includes(positionals.length)) {
    process.stderr.write(SYNOPSIS);
    return USAGE;
  }
  const { helpers } = named;
  if (helpers !== undefined && !COUNT.test(helpers)) {
    process.stderr.write(SYNOPSIS);
    return USAGE;
  }
  const options = {
    ...(helpers === undefined ? {} : { helpers: Number(helpers) }),
    tables: readTables(named.data),
    packs: readPacks(named.rules),
    require: {
      arithmetic: named['require-arithmetic'],
      assurance: named['require-assurance'],
    },
  };
  if (named.batch !== undefined) return batch(named.batch, options);
  const [evidence, trust, chain] = positionals;
  const files = { evidence, trust, chain, policy: named.policy };
  const { exitCode, report } = await verifyFiles(files, options);
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
  return exitCode;
}

function parsed(args) {
  const names = ['batch', 'data', 'helpers', 'policy', 'rules'];
  names.push('require-arithmetic', 'require-assurance');
  const options = {
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    help: { type: 'boolean', short: 'h' },
  };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return { positionals: [] };
  }
}

// Node ends with 1 where an error of a stream is not taken, and 1 says `failed`.
function takeErrorsOf(stream) {
  stream.on('error', (error) => {
    // Whoever reads may stop early (`| head`); the exit code is still the verdict's.
    if (error.code === 'EPIPE') return;
    if (stream !== process.stderr) process.stderr.write(`${error.message}\n`);
    process.exit(INTERNAL);
  });
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  takeErrorsOf(process.stdout);
  takeErrorsOf(process.stderr);
  process.exitCode = await main(process.argv.slice(2)).catch(complain);
}
