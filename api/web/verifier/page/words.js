/**
 * A report in words, the same as `rootprint verify` prints (api/cli/render.py). Pure: no page is
 * needed.
 */

/** What a state is called, and the sign that goes with it: never told apart by colour alone. */
export const STATES = {
  passed: { word: 'passed', sign: '✓' },
  failed: { word: 'failed', sign: '✕' },
  not_checked: { word: 'not checked', sign: '?' },
  not_applicable: { word: 'not applicable', sign: '–' },
};

/** How the contributions to the total were checked. */
export const HOW_CHECKED = {
  recomputed: 'recomputed here',
  assured: 'assured though hidden',
  signed: 'only signed',
  unsigned: 'unsigned or published figure',
};

/** What kind of data they are. */
export const WHAT_DATA = { primary: 'primary data', secondary: 'secondary data' };

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
 * @returns {{word: string, rest: string}} the line is both with a space between
 */
export function verdictLine(report) {
  if (report.verdict === 'failed') return { word: 'FAILED', rest: decided(report.decidedBy) };
  if (report.verdict === 'incomplete') {
    const { length, 0: first } = report.notChecked;
    const checks = length === 1 ? 'check' : 'checks';
    const rest = `${length} required ${checks} could not be made: ${first}`;
    return { word: 'INCOMPLETE', rest };
  }
  if (report.verdict !== 'verified') throw new Error('a report without a verdict has no such line');
  return { word: 'VERIFIED', rest: verified(report) };
}

function verified({ statements, assurance, coverage, statusAsOf, chain }) {
  const own = statements[0].checks.find(({ number }) => number === 8).state;
  const arithmetic = own === 'passed' ? 'arithmetic' : "not the subject's own arithmetic";
  const parts = [`signatures, log, anchor, ${arithmetic}`, `third-party assurance: ${assurance}`];
  if (coverage !== null) parts.push(`primary data ${percent(coverage.data.primary)}`);
  parts.push(`status as of ${statusAsOf}`);
  if (chain.test) parts.push(`TEST CHAIN ${chain.id}`);
  return parts.join(' · ');
}

function decided({ number, name, path, reason, compared }) {
  const where = path.length > 0 ? ` of ${path.join(' > ')}` : ' of the file';
  const both =
    compared === undefined
      ? ''
      : ` (claimed: ${compared.claimed.value}; found: ${compared.found.value})`;
  return `check ${number} ${name}${where}: ${reason}${both}`;
}

/** The number as it may stand: with unit, declared unit, boundary, period, method. */
export function footprintLine(totals) {
  return (
    `${totals.pcfExcludingBiogenicUptake} ${totals.unit} per ` +
    `${totals.declaredUnitAmount} ${totals.declaredUnitOfMeasurement}, ${totals.boundary}, ` +
    `${day(totals.referencePeriodStart)} to ${day(totals.referencePeriodEnd)}, ` +
    'excluding biogenic uptake'
  );
}

/** The day of a time. */
export const day = (time) => time.slice(0, 10);

/** A share as the report has it, without zeros that say nothing. */
export function percent(share) {
  return `${share.includes('.') ? share.replace(/\.?0+$/, '') : share} %`;
}

/** All notices, each once, by text. */
export function notices({ statements }) {
  return counted(statements.flatMap((statement) => statement.notices)).sort();
}

/** Checks of statements that were not made, required or not, each reason once. */
export function leftOpen({ statements }) {
  const open = statements
    .flatMap(({ checks }) => checks)
    .filter(({ state }) => state === 'not_checked');
  return counted(open.map(({ number, name, reason }) => `check ${number} ${name}: ${reason}`));
}

function counted(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count > 1 ? `${text} (${count} statements)` : text));
}
