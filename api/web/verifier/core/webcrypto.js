/** Where signatures are checked: the engine's own cryptography, the same in Node and browsers. */

import { Unavailable } from './errors.js';

/**
 * @returns {SubtleCrypto}
 * @throws {Unavailable} browsers give it to secure pages only
 */
export function subtle() {
  const found = globalThis.crypto?.subtle;
  if (!found) throw new Unavailable('WebCrypto is not available: open this page over https');
  return found;
}

/**
 * Import an Ed25519 public key.
 * @param {Uint8Array} key 32 bytes, RFC 8032 section 5.1.2
 * @returns {Promise<CryptoKey|null>} null: the engine sees no point, so nothing is signed by it
 * @throws {Unavailable} (rejects) an engine without Ed25519
 */
export async function importEd25519(key) {
  const engine = subtle();
  try {
    return await engine.importKey('raw', key, 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error.name === 'DataError') return null;
    throw new Unavailable(`Ed25519 is not available here: ${error.message}`);
  }
}
