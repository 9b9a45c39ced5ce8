/**
 * What Node has ready made and a browser has not: hashes, base64 and hexadecimal in one call. Null
 * elsewhere, and the code in JavaScript beside each use is what counts then: both give the same
 * (tests/web/engine.test.js). Nothing is imported, so that a browser loads this file too.
 */

const builtin = globalThis.process?.getBuiltinModule;
const crypto = builtin?.('node:crypto');

/** @type {((algorithm: string, data: Uint8Array | string, encoding: string) => any) | null} */
export const hashOnce = crypto?.hash ?? null; // from Node 20.12 on

/** @type {typeof import('node:buffer').Buffer | null} */
export const Buffer = builtin?.('node:buffer').Buffer ?? null;

/** The same bytes as Node's kind of array, without a copy. @param {Uint8Array} bytes */
export const buffered = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
