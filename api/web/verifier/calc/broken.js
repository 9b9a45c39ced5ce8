/** A law that a footprint breaks: whoever reports it says which. */
import { Refused } from '../core/errors.js';

export class Broken extends Refused {
  name = 'Broken';

  /**
   * @param {number} law
   * @param {string} why
   * @param {[string, string]} [compared] what was claimed, and what was found
   */
  constructor(law, why, compared) {
    super(why);
    this.law = law;
    this.compared = compared;
  }
}
