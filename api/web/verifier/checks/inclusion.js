/** Check 3, inclusion: the entry rebuilt from the statement is proven under a signed checkpoint. */
import { concat, hex } from '../core/bytes.js';
import { Refused, Unavailable } from '../core/errors.js';
import { leafHash } from '../core/merkle.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { KINDS } from '../schema/kinds.js';

const NUMBER = 3;

/**
 * @param {import('../walk/node.js').Node} node gets its proof and its index
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<import('../walk/report.js').Check>}
 */
export async function inclusion(node, context) {
  const { statement } = node;
  if (statement === null) return notChecked(NUMBER, 'the envelope could not be read');
  const { origin } = context.trust;
  if (statement.log !== origin) {
    return failed(NUMBER, 'the statement is meant for another log', [statement.log, origin]);
  }
  const place = context.bundle.place(node.digest);
  if (place === undefined) return notChecked(NUMBER, 'its log proof is not in the file');
  const index = BigInt(place.index);
  try {
    const checkpoint = context.checkpoint(place.checkpoint);
    await context.checkSignatures(checkpoint, place.checkpoint);
    context.tree(checkpoint).prove(index, leafHash(entryOf(statement)));
    node.proof = { checkpoint };
    node.index = index;
  } catch (error) {
    if (error instanceof Unavailable) return notChecked(NUMBER, error.message);
    if (error instanceof Refused) return failed(NUMBER, error.message);
    throw error;
  }
  const { size, root } = node.proof.checkpoint;
  return passed(NUMBER, `entry ${node.index} in checkpoint ${size}`, [hex(root), hex(root)]);
}

/** The 65 bytes that the log holds of a statement; never read from a file. */
function entryOf({ kind, digestBytes, entrySubject }) {
  return concat(new Uint8Array([KINDS.get(kind).entry]), digestBytes, entrySubject);
}
