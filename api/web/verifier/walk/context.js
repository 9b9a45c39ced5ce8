/**
 * What every check needs: trust, the chain at one block, the evidence, the time asked.
 *
 * @typedef {object} Given
 * @property {import('./trust.js').Trust} trust
 * @property {import('../chain/recorded.js').ChainView} view
 * @property {import('../evidence/bundle.js').Bundle} bundle
 * @property {import('../calc/tables.js').Tables} tables
 * @property {Set<string>} rules digests of the rules this verifier holds, the base table's too
 * @property {import('../chain/recorded.js').Block} block the block asked
 * @property {number} asOf Unix seconds
 * @property {() => boolean} outOfTime
 */
import { equal, hex } from '../core/bytes.js';
import { Contracts, organisationId } from '../chain/chain.js';
import { Unavailable } from '../core/errors.js';
import { ROLES, whyNotAdmitted } from '../chain/standing.js';

export class Context {
  #faults = new Map();
  #rows = new Map();
  #signed = new Set();

  /** @param {Given} given */
  constructor(given) {
    Object.assign(this, given);
    this.contracts = new Contracts(given.view, given.trust.contracts, given.block.number);
  }

  /** Throws Unavailable once the walk has taken as long as it may. */
  requireTime() {
    if (this.outOfTime()) throw new Unavailable('time ran out');
  }

  /**
   * Why a contract is not the trusted one at the block asked, or null; asked once of each.
   * @param {'checkpoint' | 'organization' | 'status'} name
   */
  async fault(name) {
    if (!this.#faults.has(name)) this.#faults.set(name, await this.#findFault(name));
    return this.#faults.get(name);
  }

  /** An organisation's rows, read once. */
  async rows(did) {
    if (!this.#rows.has(did))
      this.#rows.set(did, await this.contracts.organisationRows(organisationId(did)));
    return this.#rows.get(did);
  }

  /**
   * Returns if the log, and witnesses enough, signed this checkpoint; throws Refused if not. The
   * same note has the same signatures, so each is verified once.
   * @param {import('../core/note.js').SignedCheckpoint} checkpoint
   * @param {string} note its text
   */
  async checkSignatures(checkpoint, note) {
    if (this.#signed.has(note)) return;
    await checkpoint.verify(this.trust.logKey);
    const policy = this.trust.witnessPolicy;
    if (policy !== null) await checkpoint.verifyQuorum(policy.witnesses, policy.threshold);
    this.#signed.add(note);
  }

  async #findFault(name) {
    const { trust, view, block, contracts } = this;
    if (view.chainId !== trust.chainId) {
      return `the chain that was read is ${view.chainId}, the trust file's is ${trust.chainId}`;
    }
    if (!equal(await view.codeHash(trust.contracts[name], block.number), trust.codeHashes[name])) {
      return `the code at 0x${hex(trust.contracts[name])} is not the code that the trust file pins`;
    }
    if (name === 'organization' && !equal(await contracts.registrar(), trust.registrar)) {
      return "the organisation registry's registrar is not the trust file's";
    }
    return name === 'status' ? this.#statusFault() : null;
  }

  async #statusFault() {
    const { trust, block, contracts } = this;
    if (!equal(await contracts.statusOrganizations(), trust.contracts.organization)) {
      return 'the status registry asks another organisation registry for accounts';
    }
    const why = whyNotAdmitted(await this.rows(trust.authority), block.time, ROLES.authority);
    return why === null ? null : `${trust.authority} is no authority here: ${why}`;
  }
}
