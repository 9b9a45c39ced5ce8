/**
 * The walk: from one statement down its signed inputs. First everything is read (checks 1, 3, 4, 2
 * and 6, which need only the statement itself), then judged (5 and 7 to 10, which need its
 * neighbours), then concluded.
 */
import { arithmetic } from '../checks/arithmetic.js';
import { assurance } from '../checks/assurance.js';
import { conformity } from '../checks/conformity.js';
import { bound } from '../checks/independence.js';
import { inputs } from '../checks/inputs.js';
import { noteAllocated } from '../checks/rulings/allocations.js';
import { LiveNumbers } from '../checks/rulings/numbers.js';
import { noteRetired } from '../checks/rulings/retirements.js';
import { status } from '../checks/status.js';
import { Context } from './context.js';
import { TooLarge, Unavailable } from '../core/errors.js';
import { findings } from './conclude.js';
import { read } from './reading.js';
import { Signatures } from './signatures.js';
import { noteWhatRests } from './resting.js';

/**
 * @param {Omit<import('./context.js').Given, 'block' | 'signatures'>} given
 * @returns {Promise<Omit<import('./report.js').Findings, 'fileCheck'>>}
 * @throws {import('../core/errors.js').TooLarge} beyond the walk's limits
 * @throws {Unavailable} where the chain can't be read
 */
export async function walk(given) {
  const block = await blockAsked(given.view, given.trust.confirmations, given.asOf);
  const signatures = new Signatures(given.bundle.signed());
  const context = new Context({ ...given, block, signatures });
  given.slices.judge();
  const nodes = await read(given.bundle.subject, context).finally(() => signatures.end());
  const standing = new Map();
  for (const node of nodes.values()) {
    context.requireTime();
    standing.set(node, await status(node, context));
    await given.slices.turn(standing.size);
  }
  const dependence = new Map();
  for (const node of nodes.values()) dependence.set(node, await boundTo(node, context));
  const numbers = new LiveNumbers(nodes, context);
  noteRetired(nodes, context);
  noteAllocated(nodes, context);
  return countable(async () => {
    // What a statement rests on has its check 5 before it.
    for (const node of numbers.oldestFirst()) {
      context.requireTime();
      node.set(numbers.judged(node, standing.get(node)));
    }
    noteWhatRests(nodes.get(given.bundle.subject), nodes);
    let count = 0;
    for (const node of nodes.values()) {
      context.requireTime();
      node.set(assurance(node, dependence.get(node), context));
      node.set(inputs(node, nodes, context));
      await recomputed(node, nodes, context);
      count += 1;
      await given.slices.turn(count);
    }
    return findings(nodes, context);
  });
}

// Checks 8 and 10, by this thread or another.
async function recomputed(node, nodes, context) {
  const found = await context.slices.judged(node, nodes);
  if (found === null) {
    node.set(arithmetic(node, nodes, context));
    node.set(conformity(node, nodes, context));
    return;
  }
  for (const check of found.checks) node.set(check);
  node.recomputed = found.recomputed;
  node.notices.push(...found.notices);
  node.conformity = found.conformity;
}

// How the chain binds the bodies of a footprint's assurances to its issuer, by their digests.
async function boundTo(node, context) {
  const found = new Map();
  if (!node.isFootprint) return found;
  for (const other of node.concernedBy.filter(({ isAssurance }) => isAssurance))
    found.set(other.digest, await bound(node, other, context));
  return found;
}

// Whoever signs numbers that can't be computed with may not stop a verifier. An engine says with a
// RangeError that a number is too large for it, or its stack too small; no code of ours throws one
// for a mistake of its own, which says nothing of the statement and is not caught.
async function countable(made) {
  try {
    return await made();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TooLarge(`its numbers are beyond what can be computed: ${error.message}`);
  }
}

/** The newest final block that is not later than `asOf`, by binary search. */
async function blockAsked(view, confirmations, asOf) {
  let high = (await view.block()).number - confirmations;
  const newest = high >= 0 ? await view.block(high) : null;
  if (newest !== null && newest.time <= asOf) return newest;
  if (newest === null || (await view.block(0)).time > asOf) {
    throw new Unavailable(
      `the chain has no block with ${confirmations} confirmations at that time`,
    );
  }
  let low = 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await view.block(middle)).time <= asOf) low = middle;
    else high = middle - 1;
  }
  return view.block(low);
}
