/** A log's origin: the first line of its checkpoints, and the name in its vkey. */
import { refuse } from './rules.js';

/** 1 to 255 printable ASCII characters, no space, no plus. @type {import('./rules.js').Rule} */
export function origin(value, path) {
  if (typeof value !== 'string' || !/^[!-*,-~]{1,255}$/.test(value)) {
    refuse(path, "a log's origin: 1 to 255 printable ASCII characters, no space, no plus");
  }
}
