/**
 * Proofs of possession in an evidence file: `[DID, thumbprint, proof]`, one for each added key. A
 * key that two organisations added has two. Read here is only the form; check 2 judges the proof.
 */
import { fromB64url } from '../core/base64.js';
import { Refused } from '../core/errors.js';
import { array, did as isDid, text } from '../schema/rules.js';

const THUMBPRINT_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** The member's form, with at most so many proofs and never none. */
export function possessionOf(most) {
  return array(array(text, 3, 3), 1, most);
}

/** Yields `[held, proof]`: `held` as `heldBy` names it, and the proof's 64 bytes. */
export function* readPossession(listed) {
  for (const [number, [did, kid, proof]] of listed.entries()) {
    const path = `evidence.possession[${number}]`;
    isDid(did, `${path}[0]`);
    sized(kid, THUMBPRINT_BYTES, `${path}[1]`);
    yield [heldBy(did, kid), sized(proof, SIGNATURE_BYTES, `${path}[2]`)];
  }
}

/** The name of an organisation's key. A DID holds no space, nor what comes before one. */
export function heldBy(did, kid) {
  return `${did} ${kid}`;
}

function sized(encoded, size, what) {
  const data = fromB64url(encoded, what);
  if (data.length !== size) throw new Refused(`${what} is not ${size} bytes`);
  return data;
}
