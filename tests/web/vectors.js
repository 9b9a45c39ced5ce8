/** Vectors that other people's implementations wrote: see vectors/make.py. */

import { readFileSync } from 'node:fs';

/**
 * @param {string} name a file of vectors/ without its suffix
 * @returns {any}
 */
export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8'));
}
