/** Threads that help: they take part, and what is said never depends on them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import threads from 'node:worker_threads';

import { readRecorded } from '../../api/web/verifier/chain/recorded.js';
import { readPacks, readTables } from '../../api/web/verifier/files.js';
import { Slices } from '../../api/web/verifier/slices/slices.js';
import { verify } from '../../api/web/verifier/verify.js';

const CASES = new URL('../conformance/cases/', import.meta.url);
const NAMES = [
  'a_co_product_by_its_process_record', // every kind of check passes
  'a_disclosed_amount_was_changed_fail', // check 6 of a line that a thread leaves
  'a_high_s_twin_fail', // check 1, likewise
];
const shared = { tables: readTables(), packs: readPacks() };

async function report(name, helpers) {
  const [evidence, trust, chain] = ['evidence.gz', 'trust.json', 'chain.json'].map((file) =>
    readFileSync(new URL(`${name}/${file}`, CASES)),
  );
  const answer = await verify({ evidence, trust, chain: readRecorded(chain), ...shared, helpers });
  return JSON.stringify(answer);
}

/** How many footprints a thread judged while `work` went on. */
async function judgedDuring(work) {
  const { judged } = Slices.prototype;
  let count = 0;
  Slices.prototype.judged = async function (...given) {
    const found = await judged.apply(this, given);
    count += Number(found !== null);
    return found;
  };
  try {
    await work();
  } finally {
    Slices.prototype.judged = judged;
  }
  return count;
}

test('a report is the same, whoever read and judged', async () => {
  for (const name of NAMES) {
    const alone = await report(name, 0);
    for (const helpers of [1, 3]) assert.equal(await report(name, helpers), alone, name);
  }
});

test('a thread judges what it can, and none does where none is wanted', async () => {
  assert.ok((await judgedDuring(() => report(NAMES[0], 1))) > 0);
  assert.equal(await judgedDuring(() => report(NAMES[0], 0)), 0);
});

test('a thread that ends, or that can not be had, changes nothing', async () => {
  const alone = await report(NAMES[0], 0);
  const { Worker } = threads;
  const builtin = process.getBuiltinModule('node:worker_threads');
  try {
    builtin.Worker = class extends Worker {
      postMessage(...given) {
        super.postMessage(...given);
        this.terminate();
      }
    };
    // More than were kept of the tests before, so that some are of this class.
    assert.equal(await report(NAMES[0], 5), alone);
    builtin.Worker = class {
      constructor() {
        throw new Error('no threads here');
      }
    };
    assert.equal(await report(NAMES[0], 7), alone);
  } finally {
    builtin.Worker = Worker;
  }
});
