/** A law that a footprint breaks (docs/laws.md): the reason begins with its number. */
import { Refused } from '../core/errors.js';

export class Broken extends Refused {
  name = 'Broken';

  /**
   * @param {number} law
   * @param {string} why
   * @param {[string, string]} [compared] what was claimed, and what was found
   */
  constructor(law, why, compared) {
    super(`law ${law}: ${why}`);
    this.law = law;
    this.compared = compared;
  }
}
