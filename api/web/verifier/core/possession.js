/**
 * Proof of possession: the key itself signs whose it is to be, and on which contract. The account
 * is left out, since it may change. The chain keeps the SHA-256 of the signature.
 */
import { equal, hex, utf8 } from './bytes.js';
import { sha256 } from './digest.js';
import { Refused } from './errors.js';
import { verifyEs256 } from './keys.js';

/**
 * What the key signs: four lines, each ended by a newline.
 * @param {Uint8Array} organisation SHA-256 of the DID
 * @param {number} chainId
 * @param {Uint8Array} contract the OrganizationRegistry's 20 bytes
 */
export function possessionMessage(organisation, chainId, contract) {
  return utf8(
    `rootprint key possession\n0x${hex(organisation)}\n${chainId}\n0x${hex(contract)}\n`,
  );
}

/**
 * Return if the proof is the one that the chain names by `digest` and the key made it.
 * @returns {Promise<void>}
 * @throws {Refused} (rejects) another proof than the chain's, or one that is not true
 */
export async function checkPossession(key, proof, digest, message) {
  if (!equal(sha256(proof), digest)) {
    throw new Refused('the proof of possession is not the one whose digest is on the chain');
  }
  await verifyEs256(key, message, proof);
}
