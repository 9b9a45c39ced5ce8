/**
 * The verdict in one line, made from a report's JSON: the one place that says it. It names the
 * number, how its gross was checked, by which data, what is taken off, how much rests on issuers
 * who are no longer admitted or not seen, what is left out and was replaced, of what kind it is,
 * how many notices there are, and as of when, in this order; what does not apply is left out.
 * Shares are those of the report, never rounded again.
 */
import { Rational, ZERO } from '../core/rational.js';
import { counted } from './report.js';
import { percent } from './required.js';

/** What stands between the parts of the line. */
export const SEPARATOR = ' · ';
const EXPECTED = [0, 5]; // where the first of the two values compared is no claim
const LEVELS = ['limited', 'reasonable'];
const CHECKED = [
  ['recomputed', 'recomputed'],
  ['assured', 'assured'],
  ['signed', 'only signed'],
  ['unsigned', 'unsigned'],
];
// Declared units by the symbols of ISO 80000; any other stands as the statement names it.
const SYMBOLS = new Map([
  ['cubic meter', 'm³'],
  ['hour', 'h'],
  ['kilogram', 'kg'],
  ['kilowatt hour', 'kWh'],
  ['liter', 'L'],
  ['megajoule', 'MJ'],
  ['square meter', 'm²'],
  ['ton kilometer', 't km'],
]);
/** What a total has less than its gross, in the order of a report: by member of `totals`. */
export const TAKEN_OFF = Object.freeze({
  removals: 'removals',
  captured: 'captured and stored',
  credits: 'credits',
});

/**
 * What was verified and as of when, or what decided against it, or what is missing.
 * @param {object} report with a verdict
 * @returns {{word: string, parts: string[]}} the line is the word, a space, and the parts with
 *   SEPARATOR between
 */
export function verdictLine(report) {
  if (report.verdict === 'not_readable')
    return { word: 'NOT READABLE', parts: [report.checks[0].reason] };
  if (report.verdict === 'failed') return { word: 'FAILED', parts: [decided(report.decidedBy)] };
  if (report.verdict === 'incomplete') {
    const { length, 0: first } = report.notChecked;
    return { word: 'INCOMPLETE', parts: [`${counted(length, 'requirement')} not met: ${first}`] };
  }
  if (report.verdict !== 'verified') throw new Error('a report without a verdict has no such line');
  return { word: 'VERIFIED', parts: verified(report) };
}

/** What the first of the two values that a check compared is called. */
export const comparedWith = (number) => (EXPECTED.includes(number) ? 'expected' : 'claimed');

function verified(report) {
  const { totals, coverage, chain, statusAsOf, witnesses } = report;
  const parts = [];
  if (totals === null) parts.push('signature, log and anchor; it is no footprint');
  else {
    parts.push(`${totals.pcfExcludingBiogenicUptake} ${totals.unit} per ${per(totals)}`);
    parts.push(...shares(report));
    parts.push(...rules(report.statements[0]));
    if (coverage !== null) parts.push(`primary data ${percent(coverage.data.primary)}`);
    parts.push(...takenOff(totals, coverage));
  }
  parts.push(...lapsed(report), ...unsaid(report.caveats), ...(totals?.qualifiers ?? []));
  const notices = report.statements.reduce((sum, one) => sum + one.notices.length, 0);
  if (notices > 0) parts.push(counted(notices, 'notice'));
  parts.push(`status ${statusAsOf.slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`);
  parts.push(`witnesses ${witnesses}`);
  if (chain.test) parts.push('TEST CHAIN');
  return parts;
}

function per({ declaredUnitAmount: amount, declaredUnitOfMeasurement: unit }) {
  const symbol = SYMBOLS.get(unit) ?? unit;
  return Rational.from(amount).compare(Rational.of(1)) === 0 ? symbol : `${amount} ${symbol}`;
}

// How the gross was checked, and how much of it somebody assured.
function shares(report) {
  const { coverage, assurance } = report;
  if (coverage === null) {
    const assured = assurance.bodies.length > 0 ? [`third-party assurance${who(report)}`] : [];
    return ['no gross to take shares of', ...assured];
  }
  const { recomputed, assured, signed, unsigned } = coverage.checked;
  const hidden = Rational.from(assured);
  const seen = levelsSeen(report)
    .map((level) => Rational.from(coverage.assurance[level]))
    .reduce((sum, share) => sum.add(share), ZERO);
  const how = [
    `recomputed ${percent(recomputed)}`,
    ...(hidden.isZero ? [] : [`assured ${percent(assured)}${who(report)}`]),
    ...(Rational.from(signed).isZero ? [] : [`only signed ${percent(signed)}`]),
    `unsigned ${percent(unsigned)}`,
  ].join(', ');
  if (seen.isZero || seen.compare(hidden) === 0) return [how];
  const by = hidden.isZero ? who(report) : ''; // else it stands beside what is assured
  return [how, `third-party assurance ${percent(seen.fixed(2))}${by}`];
}

// How many rules of each pack hold, of those that have something to say of the subject. A rule that
// looks at what is hidden did not hold, so it counts among those asked.
function rules({ conformity }) {
  const packs = conformity.map(({ id, version, held, broken, notCheckable }) => {
    const asked = Object.values(broken).reduce((sum, count) => sum + count, held + notCheckable);
    return `${id} ${version}: ${held} of ${asked}`;
  });
  return packs.length > 0 ? [`rules ${packs.join(', ')}`] : [];
}

// The levels of assurance that anything has.
function levelsSeen({ coverage }) {
  return coverage === null
    ? []
    : LEVELS.filter((level) => !Rational.from(coverage.assurance[level]).isZero);
}

function who(report) {
  const { bodies } = report.assurance;
  const { materiality } = report.caveats;
  const unchecked = bodies.filter(({ accreditation }) => accreditation === 'not checked').length;
  const levels = levelsSeen(report).join(' and ');
  const of = unchecked === bodies.length ? '' : ` of ${unchecked}`;
  const words = [
    ...(levels === '' ? [] : [levels]),
    bodies.length === 1 ? '1 body' : `${bodies.length} bodies`,
    ...(materiality === null ? [] : [`materiality ${percent(materiality)}`]),
    ...(unchecked === 0 ? [] : [`accreditation${of} not checked`]),
    ...lapsedBodies(report),
  ];
  return ` (${words.join(', ')})`;
}

// How many issuers are no longer admitted, and how much of the gross rests on them. What rests on
// makers that are not seen is named beside it, since it may rest on them too; and without any,
// since nothing says that those are admitted.
function lapsed({ noLongerAdmitted: { issuers }, coverage }) {
  const off = coverage?.takenOffStanding ?? null;
  if (issuers.length === 0) {
    const shares = [
      ['', coverage?.standing ?? null],
      ['of what is taken off ', off],
    ]
      .filter(([, standing]) => standing !== null && !Rational.from(standing.notSeen).isZero)
      .map(([before, { notSeen }]) => before + percent(notSeen));
    return shares.length > 0 ? [`makers not seen ${shares.join('; ')}`] : [];
  }
  const more = off === null ? '' : `; of what is taken off ${ofStanding(off)}`;
  const of = coverage === null ? '' : ` (${ofStanding(coverage.standing)}${more})`;
  return [`${counted(issuers.length, 'issuer')} no longer admitted${of}`];
}

// What is left out, and what was replaced since: a number is of neither.
function unsaid({ exempted, superseded }) {
  return [
    ...(exempted === null ? [] : [`leaves out up to ${percent(exempted)}`]),
    ...(superseded === 0 ? [] : [`${counted(superseded, 'statement')} superseded since`]),
  ];
}

function ofStanding({ noLongerAdmitted, notSeen }) {
  const unseen = Rational.from(notSeen).isZero ? '' : `, ${percent(notSeen)} not seen`;
  return percent(noLongerAdmitted) + unseen;
}

function lapsedBodies({ noLongerAdmitted: { bodies }, coverage }) {
  if (bodies.length === 0) return [];
  const who = bodies.length === 1 ? '1 body' : `${bodies.length} bodies`;
  const of =
    coverage === null ? '' : `${percent(coverage.bodies.noLongerAdmitted)} of the gross by `;
  return [`${of}${who} no longer admitted`];
}

// What of the total is taken off its gross, and how that was checked: who reads one line only must
// see that the shares of the gross say nothing of it.
function takenOff(totals, coverage) {
  const gross = Rational.from(totals.gross);
  const parts = Object.entries(TAKEN_OFF)
    .map(([name, word]) => [word, Rational.from(totals[name])])
    .filter(([, value]) => !value.isZero)
    .map(([word, value]) => `${word} −${share(value.neg(), gross, totals.unit)}`);
  const of = gross.sign > 0 ? ' of the gross' : ', gross not above zero';
  const how = offChecked(coverage?.takenOff ?? null);
  return [
    ...(parts.length > 0 ? [parts.join(SEPARATOR) + of + how] : []),
    ...(Rational.from(totals.pcfExcludingBiogenicUptake).sign < 0 ? ['net negative'] : []),
  ];
}

// How removals and credits were checked, unless all of them were recomputed.
function offChecked(checked) {
  if (checked === null || percent(checked.recomputed) === '100 %') return '';
  const parts = CHECKED.filter(([name]) => !Rational.from(checked[name]).isZero).map(
    ([name, word]) => `${word} ${percent(checked[name])}`,
  );
  return ` (${parts.join(', ')})`;
}

function share(taken, gross, unit) {
  if (gross.sign <= 0) return `${taken.fixed(2)} ${unit}`;
  const of = taken.mul(Rational.of(100)).div(gross).fixed(2);
  return of === '0.00' ? '<0.01 %' : percent(of);
}

function decided({ number, name, path, reason, compared }) {
  const where = path.length > 0 ? ` of ${path.join(' > ')}` : ' of the file';
  const both =
    compared === undefined
      ? ''
      : ` (${comparedWith(number)}: ${compared.claimed.value}; found: ${compared.found.value})`;
  return `check ${number} ${name}${where}: ${reason}${both}`;
}
