/**
 * C2SP tlog-proof: in one text an entry's index, its inclusion proof and a signed checkpoint.
 */

import { fromB64 } from './base64.js';
import { Refused, TooLarge } from './errors.js';
import { leafHash, MAX_PROOF, verifyInclusion } from './merkle.js';
import { checkLength, MAX_NOTE, parseCheckpoint, plainInteger } from './note.js';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** That an entry stands at `index` under a checkpoint, whose signature is another question. */
class LogProof {
  /**
   * @param {bigint} index from 0
   * @param {Uint8Array[]} path
   * @param {import('./note.js').SignedCheckpoint} checkpoint
   */
  constructor(index, path, checkpoint) {
    this.index = index;
    this.path = path;
    this.checkpoint = checkpoint;
  }

  /**
   * Return if the entry is included.
   * @param {Uint8Array} entry its bytes, not its hash
   * @throws {Refused}
   */
  verify(entry) {
    const { size, root } = this.checkpoint;
    verifyInclusion(this.index, size, leafHash(entry), root, this.path);
  }
}

/**
 * Read a tlog-proof. Its `extra` line is read over: nothing covers it, so nothing may use it.
 * @param {string} text
 * @returns {LogProof}
 * @throws {TooLarge} more than 131072 characters, or than 64 hashes
 * @throws {Refused} another form
 */
export function parseLogProof(text) {
  checkLength(text, 2 * MAX_NOTE, 'a log proof');
  const blank = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(blank, 0)).split('\n');
  if (header !== HEADER) throw new Refused(`a log proof does not begin with ${HEADER}`);
  if (lines[0]?.startsWith('extra ')) {
    fromB64(lines.shift().slice('extra '.length), 'log proof extra');
  }
  const index = lines.shift() ?? '';
  if (!index.startsWith('index ')) throw new Refused('a log proof has no plain decimal index');
  if (lines.length > MAX_PROOF) {
    throw new TooLarge(`a log proof has more than ${MAX_PROOF} hashes`);
  }
  return new LogProof(
    plainInteger(index.slice('index '.length), "a log proof's index"),
    lines.map((line) => fromB64(line, 'log proof hash')),
    parseCheckpoint(text.slice(blank + 2)),
  );
}
