/**
 * One statement on the walk, with what reading it has shown so far.
 *
 * @typedef {object} Citation what one disclosed line says of the statement that it takes
 * @property {number} line
 * @property {string} digest
 * @property {string} issuer
 * @property {string} product
 * @property {boolean} emission whether the line is an own emission
 */
import { termsOf } from '../calc/compatibility.js';
import { citedOf } from '../calc/lines.js';
import {
  ACCREDITATION,
  ASSURANCE,
  CLAIM,
  FOOTPRINT,
  POOL,
  PROCESS,
  RETIREMENT,
  STATUS,
} from '../schema/kinds.js';
import { citedBy } from '../schema/sources.js';

const [MAX_PATH, LEFT_OUT] = [16, '…'];
const NAME_SHOWN = 64;
const RECORDS = [PROCESS, RETIREMENT, CLAIM, POOL];

export class Node {
  /**
   * Null until its envelope was well-formed.
   * @type {import('../evidence/statement.js').Statement | null}
   */
  statement = null;
  /** @type {import('../core/keys.js').PublicKey | null} */
  key = null;
  /** Its log proof, once proven. */
  proof = null;
  /** Its proven place in the log. @type {bigint | null} */
  index = null;
  /** Block time (Unix seconds) of the first anchored row over it. @type {number | null} */
  t = null;
  /** @type {import('../evidence/opened.js').Opened | null} null if its disclosures don't fit */
  opened = null;
  /** @type {string | null} */
  legalName = null;
  /**
   * The issuer's numbers as its record declares them.
   * @type {{register: string, number: string}[]}
   */
  registered = [];
  /** The DID of the head of its group, likewise. @type {string | null} */
  group = null;
  /**
   * Since when its issuer is no longer admitted in the role that it needs, as of the block asked.
   * @type {import('../chain/standing.js').Lapse | null}
   */
  lapse = null;
  /** Why its body stands in for nothing, for or against (an assurance). @type {string | null} */
  noBody = null;
  /** Whether its own issuer replaced it (an assurance). */
  superseded = false;
  /** Whether it was superseded or withdrawn as of the block asked, whenever it was used. */
  ended = false;
  /** Digests of the live retirement records of others that retire what this one does. */
  retiredToo = [];
  /** @type {Node | null} the earliest process record in use that allocates what it does */
  allocatedBy = null;
  /** The open lines whose results check 8 has recomputed. @type {Set<number>} */
  recomputed = new Set();
  /** Who assured it, its inventory included, by assurances in force. @type {string[]} */
  auditors = [];
  /** What each rule pack came to. @type {import('./conformed.js').Conformity[]} */
  conformity = [];
  /** The assurances of it that count. @type {import('../evidence/statement.js').Statement[]} */
  assured = [];
  /** Checks by number, with nothing at those that were not made. */
  #checks = [];
  /** @type {string[]} */
  notices = [];
  /** Nodes with a line that takes it. @type {Set<Node>} */
  citedBy = new Set();
  /** Assurance and status statements about it, and claims on it. @type {Node[]} */
  concernedBy = [];
  /**
   * The accreditations of an assurance's body that were in force at its t.
   * @type {{row: object, record: Node}[]}
   */
  accreditedBy = [];
  #citations = null;
  #cited = null;
  #terms = null;
  #claimed = null;
  #records = null;

  /** @param {{digest: string, depth?: number, path?: string[], about?: Node | null}} place */
  constructor({ digest, depth = 0, path = [], about = null }) {
    this.digest = digest;
    this.depth = depth;
    this.path = path;
    /** The node that an assurance, a status statement or a claim concerns. */
    this.about = about;
  }

  /** Records a check; each number is decided once. */
  set(check) {
    const { number } = check;
    if (this.#checks[number] !== undefined) throw new Error(`check ${number} was decided twice`);
    this.#checks[number] = check;
  }

  get checksByNumber() {
    return this.#checks.filter((check) => check !== undefined);
  }

  /** @returns {import('./report.js').Check | undefined} */
  check(number) {
    return this.#checks[number];
  }

  state(number) {
    return this.#checks[number]?.state;
  }

  /** Whether a check of it failed. */
  get failed() {
    return this.#checks.some((check) => check?.state === 'failed');
  }

  /**
   * Whether what fails here fails the walk. A statement about another one is somebody else's: with
   * a failed check it does not count, for or against.
   */
  get counts() {
    return this.about === null || !this.failed;
  }

  passed(number) {
    return this.state(number) === 'passed';
  }

  get isFootprint() {
    return this.statement?.kind === FOOTPRINT;
  }

  get isAssurance() {
    return this.statement?.kind === ASSURANCE;
  }

  get isStatus() {
    return this.statement?.kind === STATUS;
  }

  /** Whether it says what a body is accredited for. */
  get isAccreditation() {
    return this.statement?.kind === ACCREDITATION;
  }

  /** Whether footprints rest on it: a process, a retirement, a claim or a pool. */
  get isRecord() {
    return RECORDS.includes(this.statement?.kind);
  }

  /** Whether its signature is true and its disclosures fit. */
  get readable() {
    return this.passed(1) && this.opened !== null;
  }

  /** Whether it signs an inventory, open or hidden. */
  get hasInventory() {
    return this.statement.subject.inventory !== undefined;
  }

  /** The product's or the process's name, else the digest's beginning. */
  get name() {
    if (this.isFootprint) return this.statement.subject.productNameCompany;
    if (this.statement?.kind === PROCESS) return this.statement.subject.process;
    return this.digest.slice('sha256:'.length, 'sha256:'.length + 12);
  }

  /** Closes the path with its own name, once that was read. */
  named() {
    const { name } = this; // a character is one unit or two
    const shown = name.length <= NAME_SHOWN ? name : [...name].slice(0, NAME_SHOWN).join('');
    this.path = bounded([...this.path, shown]);
  }

  /**
   * What a line that cites this footprint sees of it.
   * @returns {import('../calc/lines.js').Cited}
   */
  get cited() {
    this.#cited ??= citedOf(this.statement.subject);
    return this.#cited;
  }

  /** What decides which footprints this one may be added to. */
  get terms() {
    this.#terms ??= termsOf(this.statement.subject);
    return this.#terms;
  }

  /**
   * Digests of the records that it rests on beside its inputs, each once: of a footprint its
   * variant pool, its process record and the claims of its open lines, of a pool its base number,
   * of a claim its retirement.
   */
  get records() {
    if (!this.readable) return [];
    this.#records ??= this.#findRecords();
    return this.#records;
  }

  #findRecords() {
    const { kind, subject } = this.statement;
    if (kind === POOL) return [subject.base];
    if (kind === CLAIM) return [subject.retirement].filter(Boolean);
    if (kind !== FOOTPRINT) return [];
    const claims = [...this.opened.lines.values()].map(({ certificate }) => certificate?.claim);
    const own = [subject.variant?.pool, subject.process?.record];
    return [...new Set([...own, ...claims])].filter(Boolean);
  }

  /**
   * The open lines of a footprint by the claim that their certificate rests on.
   * @type {Map<string, {number: number, value: object}[]>}
   */
  get claimed() {
    if (this.#claimed !== null) return this.#claimed;
    this.#claimed = new Map();
    for (const [number, value] of this.readable && this.isFootprint ? this.opened.lines : []) {
      const claim = value.certificate?.claim;
      if (claim === undefined) continue;
      if (!this.#claimed.has(claim)) this.#claimed.set(claim, []);
      this.#claimed.get(claim).push({ number, value });
    }
    return this.#claimed;
  }

  /** What its disclosed lines cite, in line order; of one that can't be read nothing. */
  get citations() {
    if (!this.readable || !this.isFootprint) return [];
    this.#citations ??= [...this.opened.lines.values()]
      .map(citationOf)
      .filter((found) => found !== null);
    return this.#citations;
  }
}

function citationOf({ line, source }) {
  const digest = citedBy(source);
  if (digest === undefined) return null;
  return {
    line,
    digest,
    issuer: source.issuer,
    product: source.productId,
    emission: source.emission !== undefined,
  };
}

// Each statement has a path in the report, however deep it is.
function bounded(path) {
  if (path.length <= MAX_PATH) return path;
  return [...path.slice(0, MAX_PATH / 2), LEFT_OUT, ...path.slice(1 - MAX_PATH / 2)];
}
