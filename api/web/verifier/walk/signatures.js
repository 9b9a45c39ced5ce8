/**
 * The issuers' signatures of a file, checked beside the walk. WebCrypto answers later, from other
 * threads: asked one by one each answer is waited for while they are idle.
 *
 * What is checked, and what is said of it, does not depend on the order: a check has one answer,
 * and it counts where the walk asks for it.
 *
 * @typedef {import('../evidence/statement.js').Statement} Statement
 * @typedef {import('../core/keys.js').PublicKey} PublicKey
 */
import { verifyEs256 } from '../core/keys.js';

/** How many are asked for at once: enough that no thread waits, and few that memory is bounded. */
export const AT_ONCE = 256;

export class Signatures {
  #answers = new Map();
  #waiting;
  #ended = false;

  /** @param {Iterator<[Statement, PublicKey]>} signed what there is to check, as Bundle.signed */
  constructor(signed) {
    this.#waiting = signed;
    for (let count = 0; count < AT_ONCE; count += 1) this.#next();
  }

  /**
   * Return if the statement's signature by this key, the one that its header names, is true.
   * @returns {Promise<void>} as verifyEs256
   */
  check(statement, key) {
    return this.#answers.get(statement.digest) ?? this.#ask(statement, key);
  }

  /** Asks for no more: the walk is over. */
  end() {
    this.#ended = true;
  }

  #next() {
    while (!this.#ended) {
      const { done, value } = this.#waiting.next();
      if (done) return;
      const [statement, key] = value;
      if (this.#answers.has(statement.digest)) continue;
      const further = () => this.#next();
      this.#ask(statement, key).then(further, further);
      return;
    }
  }

  #ask(statement, key) {
    const answer = verifyEs256(key, statement.signingInput, statement.signature);
    // Its bytes were copied by then, and are as long as the statement. What is wrong is said where
    // the walk asks; what it never asks for is of no matter.
    const done = () => (statement.signingInput = null);
    answer.then(done, done);
    this.#answers.set(statement.digest, answer);
    return answer;
  }
}
