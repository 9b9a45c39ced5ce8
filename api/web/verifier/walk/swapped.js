/** Whether what was given as a trust file is an evidence file: they are easily swapped. */
import { parseLoose } from '../core/canonical.js';
import { Refused } from '../core/errors.js';
import { isPacked } from '../evidence/container.js';
import { has } from '../schema/rules.js';

const MAX_BYTES = 256 * 1024; // as of a trust file: what is longer shows by how it begins
const END = 0x0a;
const MEMBERS = ['subject', 'proofs'];

/**
 * Reads a file; where it is refused and looks like evidence, that is said instead.
 * @template T
 * @param {(bytes: Uint8Array) => T} read
 * @param {Uint8Array} bytes
 * @returns {T}
 * @throws {Refused}
 */
export function unlessEvidence(read, bytes) {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof Refused) || !looksLikeEvidence(bytes)) throw error;
    throw new Refused('this looks like an evidence file; were the two swapped?');
  }
}

function looksLikeEvidence(bytes) {
  try {
    if (isPacked(bytes) || bytes.length > MAX_BYTES) return isPacked(bytes);
    const end = bytes.indexOf(END); // unpacked, its head is the first line
    const value = Object(parseLoose(end < 0 ? bytes : bytes.subarray(0, end)));
    return MEMBERS.every((name) => has(value, name));
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
