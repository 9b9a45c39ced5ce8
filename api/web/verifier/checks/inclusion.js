/** Check 3, inclusion: the entry rebuilt from the statement is proven under a signed checkpoint. */
import { concat, hex } from '../core/bytes.js';
import { Refused } from '../core/errors.js';
import { parseLogProof } from '../core/logproof.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { KINDS } from '../schema/kinds.js';

const NUMBER = 3;

/**
 * @param {import('../walk/walknode.js').Node} node gets its proof and its index
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
  const source = context.bundle.proof(node.digest);
  if (source === undefined) return notChecked(NUMBER, 'its log proof is not in the file');
  try {
    const proof = parseLogProof(source.text);
    await context.checkSignatures(proof.checkpoint, noteIn(source.text));
    proof.verify(entryOf(statement));
    node.proof = proof;
    node.index = proof.index;
  } catch (error) {
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

function noteIn(text) {
  return text.slice(text.indexOf('\n\n') + 2);
}
