/** What running one rule pack on one footprint came to: counts, and the rules that it breaks. */
import { FAILED, NOT_APPLICABLE, NOT_CHECKED, PASSED, SEVERITIES } from '../rules/finding.js';

const [ERROR] = SEVERITIES;
const MOST_SHOWN = 300; // characters of a message: what was found may quote a long text

/**
 * @typedef {object} Said what is kept of a finding; the finding itself holds on to all that it read
 * @property {string} id
 * @property {'error' | 'warning' | 'info'} severity
 * @property {string} message as much as is shown
 */
/** @returns {Said} */
const said = ({ id, severity, found }) => ({ id, severity, message: shortened(found) });
const isError = ({ severity }) => severity === ERROR;

/** One pack on one footprint. A rule that looks at what is hidden is not checkable, never held. */
export class Conformity {
  /**
   * @param {import('../rules/packs.js').Pack} pack
   * @param {import('../rules/finding.js').Finding[]} judged as `judge` gives them: the first is
   *   about the pack itself, the others of the rules that apply to the footprint's role
   */
  constructor(pack, [itself, ...findings]) {
    this.pack = pack;
    /** Whether the pack was in force when the statement's validity begins. */
    this.standing = itself.found;
    /** The broken rules of every severity. @type {Said[]} */
    this.broken = findings.filter(({ state }) => state === FAILED).map(said);
    /** The broken rules of severity error: they fail the check. */
    this.errors = this.broken.filter(isError);
    /** The rules of severity error that look at what is hidden or not available. */
    this.unseen = findings.filter((one) => one.state === NOT_CHECKED && isError(one)).map(said);
    // What holds is counted and not kept: there are many rules, and as many statements.
    [this.held, this.notCheckable, this.notApplicable] = [0, 0, 0];
    for (const one of findings) {
      if (one.state === PASSED) this.held += 1;
      else if (one.state === NOT_APPLICABLE) this.notApplicable += 1;
      else if (one.state === NOT_CHECKED) this.notCheckable += 1;
    }
    /** How many rules have something to say of this footprint. */
    this.asked = findings.length - this.notApplicable;
  }

  /** What another thread found. @returns {Conformity} */
  static told(pack, counts) {
    return Object.assign(Object.create(Conformity.prototype), { pack, ...counts });
  }

  /** Id and version, for people. */
  get name() {
    return `${this.pack.document.id} ${this.pack.document.version}`;
  }

  /** As the report has it. */
  json() {
    const { broken } = this;
    const { document, digest, publisher } = this.pack;
    return {
      id: document.id,
      version: document.version,
      publisher,
      digest,
      standing: this.standing,
      held: this.held,
      broken: Object.fromEntries(
        SEVERITIES.map((one) => [one, broken.filter(({ severity }) => severity === one).length]),
      ),
      notCheckable: this.notCheckable,
      notApplicable: this.notApplicable,
      findings: broken,
    };
  }
}

// As much of a message as is shown.
function shortened(text) {
  if (text.length <= MOST_SHOWN) return text; // a character is one unit or two
  const characters = [...text];
  if (characters.length <= MOST_SHOWN) return text;
  return `${characters.slice(0, MOST_SHOWN).join('')} …`;
}
