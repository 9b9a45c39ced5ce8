/**
 * What every check needs: trust, the chain at one block, the evidence, the time asked.
 *
 * @typedef {object} Given
 * @property {import('./trust.js').Trust} trust
 * @property {import('../chain/recorded.js').ChainView} view
 * @property {import('../evidence/bundle.js').Bundle} bundle
 * @property {import('../calc/tables.js').Tables} tables
 * @property {import('../rules/resolving.js').Library} packs the rule packs that it holds
 * @property {import('./policy.js').Policy} policy what the reader requires
 * @property {import('../chain/recorded.js').Block} block the block asked
 * @property {number} asOf Unix seconds
 * @property {() => boolean} outOfTime
 * @property {(read: number, size: number) => void} progress
 * @property {import('./signatures.js').Signatures} signatures
 * @property {import('../slices/slices.js').Slices} slices
 */
import { equal, hex } from '../core/bytes.js';
import { Contracts, organisationId } from '../chain/chain.js';
import { Unavailable } from '../core/errors.js';
import { History } from '../chain/history.js';
import { lapseAt, ROLES, whyNotAdmitted } from '../chain/standing.js';
import { keccak256 } from '../core/keccak.js';
import { ProvenTree } from '../core/merkle.js';
import { parseCheckpoint } from '../core/checkpoint.js';
import { written } from '../core/time.js';

// An account that is not there, and one without code.
const NO_CODE = [new Uint8Array(32), keccak256(new Uint8Array(0))];

export class Context {
  #faults = new Map();
  #rows = new Map();
  #accounts = new Map();
  #accreditations = new Map();
  #signed = new Set();
  #checkpoints = new Map();
  #trees = new Map();
  #history = null;
  #once = new Map();
  #read = 0;

  /** @param {Given} given */
  constructor(given) {
    Object.assign(this, given);
    this.contracts = new Contracts(given.view, given.trust.contracts, given.block.number);
  }

  /** Whether it holds a rule: the base table, or a pack. @param {string} digest */
  holdsRule(digest) {
    return digest === this.tables.ruleDigest || this.packs.holds(digest);
  }

  /** The log's rows and those of its successors, read once; throws as History.read does. */
  async history() {
    this.#history ??= await History.read(this.contracts, this.trust.logId);
    return this.#history;
  }

  /** What a check makes once a verification, by a name of its own; `make` may be async. */
  async once(name, make) {
    if (!this.#once.has(name)) this.#once.set(name, await make());
    return this.#once.get(name);
  }

  /** Says that one more statement was read. */
  async noteRead() {
    this.#read += 1;
    this.progress(this.#read, this.bundle.size);
    await this.slices.turn(this.#read);
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
    return this.rowsOf(organisationId(did));
  }

  /** The rows of the organisation with this id of 32 bytes, read once. */
  async rowsOf(organisation) {
    const name = hex(organisation);
    if (!this.#rows.has(name))
      this.#rows.set(name, await this.contracts.organisationRows(organisation));
    return this.#rows.get(name);
  }

  /**
   * Since when one is no longer admitted with one of these roles, as of the block asked, or null.
   * @returns {Promise<import('../chain/standing.js').Lapse | null>}
   */
  async lapse(did, roles) {
    return lapseAt(await this.rows(did), this.block.time, roles);
  }

  /** What a body was accredited for, by whomever, read once. */
  async accreditations(did) {
    if (!this.#accreditations.has(did))
      this.#accreditations.set(did, await this.contracts.accreditations(organisationId(did)));
    return this.#accreditations.get(did);
  }

  /** An organisation's account, read once; zero where it has none. */
  async account(did) {
    if (!this.#accounts.has(did))
      this.#accounts.set(did, await this.contracts.account(organisationId(did)));
    return this.#accounts.get(did);
  }

  /** A checkpoint, read once however many stand under it; throws Refused for another form. */
  checkpoint(note) {
    if (!this.#checkpoints.has(note)) this.#checkpoints.set(note, parseCheckpoint(note));
    return this.#checkpoints.get(note);
  }

  /** The tree of a checkpoint, in which many entries are shown to be. @returns {ProvenTree} */
  tree(checkpoint) {
    let found = this.#trees.get(checkpoint);
    if (found === undefined) {
      found = new ProvenTree(checkpoint.size, checkpoint.root, this.bundle.treeNode);
      this.#trees.set(checkpoint, found);
    }
    return found;
  }

  /**
   * Returns if the log, and witnesses enough, signed this checkpoint; throws Refused if not. The
   * same note has the same signatures, so each is verified once.
   * @param {import('../core/checkpoint.js').SignedCheckpoint} checkpoint
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
    const code = await view.codeHash(trust.contracts[name], block.number);
    if (!equal(code, trust.codeHashes[name])) {
      await this.#requireBegun(name, code);
      return `the code at 0x${hex(trust.contracts[name])} is not the code that the trust file pins`;
    }
    if (name === 'organization' && !equal(await contracts.registrar(), trust.registrar)) {
      return "the organisation registry's registrar is not the trust file's";
    }
    return name === 'status' ? this.#statusFault() : null;
  }

  /**
   * Throws Unavailable where the trusted contract stands by now and did not at the block asked:
   * nothing can be said of a time before it, and that is no fault of anything that came later.
   */
  async #requireBegun(name, code) {
    const { trust, view, block } = this;
    if (!NO_CODE.some((none) => equal(code, none))) return;
    const head = await view.block();
    const contract = trust.contracts[name];
    if (!equal(await view.codeHash(contract, head.number), trust.codeHashes[name])) return;
    throw new Unavailable(
      `the contract at 0x${hex(contract)} did not stand yet at block ${block.number} of ` +
        `${written(block.time)}, which was asked — ask about a later time`,
    );
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
