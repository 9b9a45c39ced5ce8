/**
 * Verifying an evidence file: read it, compare whose it should be, walk it, look for what is left
 * over. For browsers and Node alike; nothing here reads files or asks a network.
 */
import { readBundle } from './evidence/bundle.js';
import { NotReadable, Refused, Unavailable, Usage } from './core/errors.js';
import { provenChain } from './evidence/proven.js';
import { Library } from './rules/resolving.js';
import { conclude, counted, failed, notChecked, passed } from './walk/report.js';
import { makeTables } from './calc/tables.js';
import { DEFAULTS, parsePolicy, policyOf } from './walk/policy.js';
import { comparedWith, parseTrust, requireExpectation, whyNotExpected } from './walk/trust.js';
import { unlessEvidence } from './walk/swapped.js';
import { walk } from './walk/walking.js';
import { Slices } from './slices/slices.js';

const NUMBER = 0;
const AS_EXPECTED = 'the subject is the one expected';
const MAX_SECONDS = 3600;

/**
 * @param {object} asked
 * @param {Uint8Array} asked.evidence the evidence file's bytes
 * @param {Uint8Array} asked.trust the trust file's bytes
 * @param {import('./chain/recorded.js').ChainView | null} [asked.chain] the chain that the trust
 *   file names; null where there is none. Not asked if the evidence proves a block it trusts.
 * @param {import('./calc/tables.js').Tables | object} asked.tables made by makeTables, or the
 *   parsed JSON `{units, gwp, compatibility}` of ledger/core/data
 * @param {import('./rules/resolving.js').Library} [asked.packs] the rule packs held; without them
 *   nothing is judged by a pack
 * @param {number} [asked.now] Unix seconds, unless the trust file says asOf; else the clock's
 * @param {Uint8Array} [asked.policy] the policy file's bytes; without it every default
 * @param {Partial<import('./walk/policy.js').Policy>} [asked.require] members in the policy's place
 * @param {(read: number, size: number) => void} [asked.progress] is called as statements are read:
 *   how many were, and how many the file holds
 * @param {number} [asked.helpers] threads beside this one, of any file; unless said, one for each
 *   processor more, of files with many statements (slices/slices.js)
 * @param {number} [asked.seconds] what the walk may take before the answer is incomplete
 * @returns {Promise<{exitCode: 0 | 1 | 2 | 3 | 5, report: object}>} with code 2 the report is
 *   `{verdict: null, error}`: the trust file or the policy is wrong, or it is not said whose
 *   statement is expected
 */
export async function verify(asked) {
  try {
    const trust = unlessEvidence(parseTrust, asked.trust);
    requireExpectation(trust);
    return await answer(asked, trust, requirements(asked));
  } catch (error) {
    if (error instanceof Refused || error instanceof Usage) {
      return { exitCode: 2, report: { verdict: null, error: error.message } };
    }
    throw error;
  }
}

async function answer(asked, trust, policy) {
  const asOf = trust.asOf ?? asked.now ?? Math.floor(Date.now() / 1000);
  const tables = asked.tables.digest === undefined ? makeTables(asked.tables) : asked.tables;
  const packs = asked.packs ?? new Library([]);
  const slices = new Slices({ tables, packs }, asked.helpers);
  let fileCheck = passed(NUMBER);
  try {
    const bundle = await readBundle(asked.evidence, slices);
    fileCheck = expected(bundle, trust);
    const proven = provenChain(bundle.state, trust);
    const found = await walk({
      bundle,
      // A block that is trusted by its hash is trusted to stay.
      trust: proven === null ? trust : { ...trust, confirmations: 0 },
      view: proven ?? chainGiven(asked.chain, trust),
      tables,
      policy,
      packs,
      slices,
      asOf,
      progress: asked.progress ?? (() => {}),
      outOfTime: clock(asked.seconds ?? MAX_SECONDS),
    });
    return withoutUnneeded(
      { ...found, chain: { ...found.chain, proven: proven !== null }, fileCheck },
      bundle,
    );
  } catch (error) {
    if (error instanceof NotReadable)
      return conclude({ asOf, fileCheck: notChecked(NUMBER, error.message) });
    if (error instanceof Refused)
      return conclude({ asOf, fileCheck: failed(NUMBER, error.message) });
    if (!(error instanceof Unavailable)) throw error;
    const unmet = [`the walk could not be finished: ${error.message}`];
    return conclude({ asOf, fileCheck, unmet });
  } finally {
    slices.end();
  }
}

// What nothing needs fails check 0, unless what needs it may be what could not be checked.
function withoutUnneeded(found, bundle) {
  const concluded = conclude(found);
  const unneeded = bundle.unneeded();
  if (unneeded === null || concluded.report.verdict === 'failed') return concluded;
  if (concluded.report.verdict === 'verified')
    return conclude({ ...found, fileCheck: failed(NUMBER, unneeded) });
  return conclude({
    ...found,
    unmet: [...found.unmet, `${unneeded}, or what needs it is what is missing`],
  });
}

function expected(bundle, trust) {
  const { statement } = bundle.statement(bundle.subject);
  if (statement === undefined) return passed(NUMBER); // check 1 says what is wrong with it
  const why = whyNotExpected(trust, statement);
  const compared = comparedWith(trust, statement);
  if (why !== null) return failed(NUMBER, why, compared);
  return passed(NUMBER, `${counted(bundle.size, 'statement')}, ${AS_EXPECTED}`, compared);
}

function requirements({ policy, require = {} }) {
  const base = policy === undefined ? DEFAULTS : parsePolicy(policy);
  const asked = Object.entries(require).filter(([, value]) => value !== undefined);
  return policyOf({ version: 1, ...base, ...Object.fromEntries(asked) });
}

function chainGiven(chain, { seesChainBy }) {
  if (chain !== null && chain !== undefined) return chain;
  const unproven = 'the evidence does not prove the chain at a block that the trust file names';
  throw new Unavailable(
    seesChainBy.length === 0
      ? `${unproven}, and there is no other way to see it`
      : `${unproven}, and this verifier asks no chain: it does not follow the trust file's ` +
          `${seesChainBy.join(' and ')}. A trust file with trustedBlocks is wanted`,
  );
}

function clock(seconds) {
  const end = performance.now() + 1000 * seconds;
  return () => performance.now() > end;
}
