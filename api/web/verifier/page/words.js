/**
 * A report in words. What is said of a report, `rootprint verify` says alike (api/cli/render.py and
 * words.py); the reasons in it are the words of whichever verifier made it. Pure: needs no page.
 */
import { Rational } from '../core/rational.js';
import { ASSURANCE, CLAIM, FOOTPRINT, POOL, PROCESS, RETIREMENT, STATUS } from '../schema/kinds.js';
import { counted } from '../walk/report.js';

/** What a state is called, and its sign: no state differs from another by colour alone. */
export const STATES = {
  passed: { word: 'passed', sign: '✓' },
  failed: { word: 'failed', sign: '✕' },
  not_checked: { word: 'not checked', sign: '?' },
  not_applicable: { word: 'not applicable', sign: '–' },
};

/** How what makes up the gross emissions was checked. */
export const HOW_CHECKED = {
  recomputed: 'recomputed here, from signed inputs and factors',
  assured: 'assured though hidden',
  signed: 'only signed',
  unsigned: 'published figure without a signature',
};

/** What data they rest on. */
export const WHAT_DATA = { primary: 'primary data', secondary: 'secondary data' };

const KINDS = [
  [FOOTPRINT, 'footprint'],
  [ASSURANCE, 'assurance'],
  [STATUS, 'status statement'],
  [PROCESS, 'process record'],
  [RETIREMENT, 'retirement record'],
  [CLAIM, 'claim'],
  [POOL, 'variant pool'],
  [null, 'unreadable statement'],
];
const OTHER = /[\p{C}\p{Z}]/gu;

/** A JSON value whose texts have no invisible characters: none may reorder or break a line. */
export function plain(value) {
  if (typeof value === 'string')
    return value.replace(OTHER, (one) => (one === ' ' ? one : code(one)));
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

function code(character) {
  return `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The last line: what was verified and what not, or what decided against it.
 * @param {object} report plain
 * @returns {{word: string, parts: string[]}} the line is the word, a space, and the parts with
 *   SEPARATOR between
 */
export function verdictLine(report) {
  if (report.verdict === 'failed') return { word: 'FAILED', parts: [decided(report.decidedBy)] };
  if (report.verdict === 'incomplete') {
    const { length, 0: first } = report.notChecked;
    const part = `${counted(length, 'required check')} could not be made: ${first}`;
    return { word: 'INCOMPLETE', parts: [part] };
  }
  if (report.verdict !== 'verified') throw new Error('a report without a verdict has no such line');
  return { word: 'VERIFIED', parts: verified(report) };
}

/** What stands between the parts of the last line. */
export const SEPARATOR = ' · ';

function verified({ statements, totals, assurance, coverage, statusAsOf, chain }) {
  const own = statements[0].checks.find(({ number }) => number === 8).state;
  const arithmetic = own === 'passed' ? 'arithmetic' : "not the subject's own arithmetic";
  const parts = [
    `signatures, log, anchor, ${arithmetic}`,
    ...takenOff(totals),
    `third-party assurance: ${assurance}`,
  ];
  if (coverage !== null) parts.push(`primary data ${percent(coverage.data.primary)}`);
  parts.push(`status as of ${statusAsOf}`);
  if (chain.test) parts.push(`TEST CHAIN ${chain.id}`);
  return parts;
}

// What of the total is taken off its gross: who reads one line only must see that.
function takenOff(totals) {
  if (totals === null) return [];
  const [gross, removals, credits, net] = [
    totals.gross,
    totals.removals,
    totals.credits,
    totals.pcfExcludingBiogenicUptake,
  ].map((text) => Rational.from(text));
  const isEmitting = gross.sign > 0;
  const parts = Object.entries({ removals, credits })
    .filter(([, value]) => !value.isZero)
    .map(([name, value]) => `${name} −${off(value.neg(), gross, totals.unit)}`);
  const of = isEmitting ? ' of the gross' : ', gross not above zero';
  return [
    ...(parts.length > 0 ? [parts.join(SEPARATOR) + of] : []),
    ...(net.sign < 0 ? ['net negative'] : []),
  ];
}

function off(taken, gross, unit) {
  if (gross.sign <= 0) return `${taken.fixed(2)} ${unit}`;
  const share = taken.mul(Rational.of(100)).div(gross).fixed(2);
  return share === '0.00' ? '<0.01 %' : percent(share);
}

const EXPECTED = [0, 5]; // where the first of the two values compared is no claim

/** What the first of the two values that a check compared is called. */
export const comparedWith = (number) => (EXPECTED.includes(number) ? 'expected' : 'claimed');

function decided({ number, name, path, reason, compared }) {
  const where = path.length > 0 ? ` of ${path.join(' > ')}` : ' of the file';
  const both =
    compared === undefined
      ? ''
      : ` (${comparedWith(number)}: ${compared.claimed.value}; found: ${compared.found.value})`;
  return `check ${number} ${name}${where}: ${reason}${both}`;
}

/** The day of a time. */
export const day = (time) => time.slice(0, 10);

/** A share as the report has it, without zeros that say nothing. */
export function percent(share) {
  return `${share.includes('.') ? share.replace(/\.?0+$/, '') : share} %`;
}

/** How many statements of each kind there are. */
export function kinds({ statements }) {
  return KINDS.map(([kind, noun]) => [statements.filter((one) => one.kind === kind).length, noun])
    .filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun))
    .join(', ');
}

/** What a statement is called: by its product, or by what it concerns. */
export function nameOf({ kind, product, path }) {
  const [about, own] = [path.at(-2), path.at(-1)];
  if (kind === ASSURANCE && about !== undefined) return `Assurance of ${about}`;
  if (kind === STATUS && about !== undefined) return `Status of ${about}`;
  return product ?? own ?? 'unreadable';
}

/** What a meter showed can't be computed. */
export function limitOfArithmetic({ assurance }) {
  const none = assurance === 'none' ? ', and none has' : '';
  return (
    'What was recomputed is arithmetic; what a meter showed, ' + `only an auditor can see${none}.`
  );
}

/**
 * A footprint by column: what a reader must see apart, in kg CO2e. The memo flows are what the
 * including total has beside the excluding one.
 * @param {object} totals of a report
 * @returns {[string, string][]}
 */
export function columns(totals) {
  const { gross, removals, credits } = totals;
  const [net, including] = [totals.pcfExcludingBiogenicUptake, totals.pcfIncludingBiogenicUptake];
  return [
    ['Gross emissions', gross],
    ['Removals', removals],
    ['Credits by substitution', credits],
    ['Net: gross, removals and credits', net],
    ['Biogenic CO2, in and out (memo)', difference(including, net)],
    ['Net with biogenic CO2', including],
  ];
}

function difference(one, other) {
  const places = Math.max(...[one, other].map((text) => text.split('.')[1]?.length ?? 0));
  return Rational.from(one).sub(Rational.from(other)).fixed(places);
}

/** What the accounting laws say, by number. */
export const LAWS = Object.freeze({
  1: 'one quantity, one number',
  2: 'nothing appears or vanishes in a process',
  3: 'debits and credits are apart',
  4: 'a claim serves once',
  5: 'one live number per question',
  6: 'what is cited is compared with what was made',
  7: 'a stage belongs to its boundary',
  8: 'a quantity has a kind',
});

/** A statement's laws in words, by what was found of them: those that hold last. */
export function laws({ laws: found = {} }) {
  const states = ['broken', 'not checkable', 'held', 'not applicable'];
  const of = (state) => Object.keys(found).filter((law) => found[law] === state);
  return states
    .map((state) => [state, of(state)])
    .filter(([, numbers]) => numbers.length > 0)
    .map(([state, numbers]) => `${state}: ${numbers.join(', ')}`)
    .join(' · ');
}
