/**
 * The walk: from one statement down its signed inputs. First everything is read (checks 1, 3, 4, 2
 * and 6, which need only the statement itself), then judged (5, 7, 8 and 9, which need its
 * neighbours), then concluded.
 */
import { arithmetic } from '../checks/arithmetic.js';
import { assurance } from '../checks/assurance.js';
import { inputs } from '../checks/inputs.js';
import { LiveNumbers } from '../checks/rulings/numbers.js';
import { status } from '../checks/status.js';
import { Context } from './context.js';
import { TooLarge, Unavailable } from '../core/errors.js';
import { findings } from './findings.js';
import { withLaws } from './laws.js';
import { read } from './reading.js';
import { tellWhatRests } from './resting.js';

/**
 * @param {Omit<import('./context.js').Given, 'block'>} given
 * @param {{arithmetic: string, assurance: string}} required
 * @returns {Promise<Omit<import('./report.js').Findings, 'fileCheck'>>}
 * @throws {import('../core/errors.js').TooLarge} beyond the walk's limits
 * @throws {Unavailable} where the chain can't be read
 */
export async function walk(given, required) {
  const block = await blockAsked(given.view, given.trust.confirmations, given.asOf);
  const context = new Context({ ...given, block });
  const nodes = await read(given.bundle.subject, context);
  const standing = new Map();
  for (const node of nodes.values()) {
    context.requireTime();
    standing.set(node, await status(node, context));
  }
  const numbers = new LiveNumbers(nodes, context.tables);
  // What a statement rests on has its check 5 before it.
  for (const node of numbers.oldestFirst())
    node.set(withLaws(standing.get(node), numbers.rulings(node)));
  return countable(() => {
    tellWhatRests(nodes.get(given.bundle.subject), nodes);
    for (const node of nodes.values()) {
      context.requireTime();
      node.set(assurance(node, context));
      node.set(inputs(node, nodes, context));
      node.set(arithmetic(node, nodes, context));
    }
    return findings(nodes, context, required);
  });
}

// Whoever signs numbers that can't be computed with may not stop a verifier.
function countable(made) {
  try {
    return made();
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
