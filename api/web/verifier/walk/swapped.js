/** Whether a file that was refused is the other of the two: they are easily swapped. */
import { text } from '../core/bytes.js';
import { parseLoose } from '../core/canonical.js';
import { Refused } from '../core/errors.js';
import { has } from '../schema/rules.js';

const MAX_BYTES = 256 * 1024; // as of a trust file: what is longer shows by how it begins
const BEGINNING = 64;
const EVIDENCE = /^\s*\{\s*"(?:chain|keys)"\s*:\s*[[{]/; // its first member, in canonical order
const MEMBERS = { evidence: ['subject', 'statements'], trust: ['contracts', 'registrar'] };

/**
 * Reads a file; where it is refused and looks like the other one, that is said instead.
 * @template T
 * @param {(bytes: Uint8Array) => T} read
 * @param {Uint8Array} bytes
 * @param {'evidence' | 'trust'} other what was not asked for
 * @returns {T}
 * @throws {Refused}
 */
export function unlessSwapped(read, bytes, other) {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof Refused) || !looksLike(other, bytes)) throw error;
    const article = other === 'evidence' ? 'an' : 'a';
    throw new Refused(`this looks like ${article} ${other} file; were the two swapped?`);
  }
}

function looksLike(kind, bytes) {
  try {
    const begins = EVIDENCE.test(text(bytes.slice(0, BEGINNING)));
    if (begins || bytes.length > MAX_BYTES) return begins && kind === 'evidence';
    const value = Object(parseLoose(bytes));
    return MEMBERS[kind].every((name) => has(value, name));
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
