/** Check 4, anchor: the first row of the trusted contract that covers the entry; gives t. */
import { hex } from '../core/bytes.js';
import { Refused, Unavailable } from '../core/errors.js';
import { consistencyProof, verifyConsistency } from '../core/merkle.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { written } from '../core/time.js';

const NUMBER = 4;

/**
 * @param {import('../walk/node.js').Node} node gets its t
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<import('../walk/report.js').Check>}
 */
export async function anchor(node, context) {
  const fault = await context.fault('checkpoint');
  if (fault !== null) return failed(NUMBER, fault);
  if (node.proof === null)
    return notChecked(NUMBER, 'without a proven entry there is nothing to look for');
  const { row: hint } = context.bundle.place(node.digest);
  let history;
  let found;
  try {
    history = await context.history();
    found = await first(history, node.index, hint);
  } catch (error) {
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
  const said = history.said();
  if (found === null && history.current.frozenAt !== 0)
    return notChecked(NUMBER, `${said}: no checkpoint that covers the entry was anchored`);
  const since = said === '' ? '' : `; ${said}`;
  if (found === null)
    return notChecked(NUMBER, `pending: no anchored checkpoint covers the entry yet${since}`);
  const { number, row } = found;
  const compared = [shown(node.proof.checkpoint), shown(row)];
  try {
    tie(node.proof.checkpoint, row, context.bundle.treeNode);
  } catch (error) {
    if (error instanceof Unavailable) return notChecked(NUMBER, error.message);
    if (!(error instanceof Refused)) throw error;
    const what = 'the checkpoint is not the first anchored one that covers the entry';
    return failed(NUMBER, `${what}: ${error.message}`, compared);
  }
  node.t = row.time;
  return passed(NUMBER, `anchored as row ${number} at ${written(row.time)}${since}`, compared);
}

// A row that the file names spares the search, never the proof. Beyond the last row every word is
// zero: it was anchored after the block asked.
async function first(history, index, hint) {
  if (hint === undefined) return history.firstCovering(index);
  const row = await history.row(hint);
  if (row.size > index && (hint === 0 || (await history.size(hint - 1)) <= index))
    return { number: hint, row };
  // It was named before the log had a successor.
  if (history.renumbers(hint)) return history.firstCovering(index);
  if (row.size === 0n) return null;
  throw new Refused(`row ${hint} is not the first anchored one that covers the entry`);
}

// Of two trees of one log the smaller is a beginning of the larger; equal ones need no proof.
function tie(point, row, treeNode) {
  const [first, second] = point.size <= row.size ? [point, row] : [row, point];
  const path =
    first.size === second.size ? [] : consistencyProof(first.size, second.size, treeNode);
  verifyConsistency(first.size, second.size, first.root, second.root, path);
}

// Of a checkpoint or a row, which many statements share.
const texts = new WeakMap();

function shown(point) {
  let text = texts.get(point);
  if (text === undefined) {
    text = `size ${point.size}, root ${hex(point.root)}`;
    texts.set(point, text);
  }
  return text;
}
