/**
 * A report in words. What is said of a report, `rootprint verify` says alike (api/cli/render.py and
 * words.py); the reasons in it are the words of whichever verifier made it. Pure: needs no page.
 */
import { Rational } from '../core/rational.js';
import { ASSURANCE, CLAIM, FOOTPRINT, POOL, PROCESS, RETIREMENT, STATUS } from '../schema/kinds.js';
import { counted } from '../walk/report.js';

export { comparedWith, SEPARATOR, TAKEN_OFF, verdictLine } from '../walk/line.js';
export { percent } from '../walk/required.js';

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

/** By the highest level of assurance that a statement on the path has. */
export const WHO_ASSURED = {
  none: 'nobody independent',
  limited: 'limited assurance',
  reasonable: 'reasonable assurance',
};

/** Whose assurance that is, as of the block asked. */
export const WHICH_BODY = {
  none: 'nobody independent',
  admitted: 'a body that is admitted',
  noLongerAdmitted: 'a body no longer admitted',
};

/** On whom it rests: every issuer down to where it ends, one at least, or those of hidden lines. */
export const WHOSE_STANDING = {
  admitted: 'issuers that are admitted',
  noLongerAdmitted: 'an issuer no longer admitted',
  notSeen: 'makers who are not seen, since it is hidden or unsigned',
};

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

/** The day of a time. */
export const day = (time) => time.slice(0, 10);

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
  const none = assurance.bodies.length === 0 ? ', and none has' : '';
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
  const { gross, removals, captured, credits } = totals;
  const [net, including] = [totals.pcfExcludingBiogenicUptake, totals.pcfIncludingBiogenicUptake];
  return [
    ['Gross emissions', gross],
    ['Removals', removals],
    ['Captured and stored', captured],
    ['Credits by substitution', credits],
    ['Net: gross, removals, capture and credits', net],
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
