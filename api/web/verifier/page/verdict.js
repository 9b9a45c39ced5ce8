/** The verdict, and the footprint with all that a number may not stand without. */
import { fixedBy } from './checks.js';
import { el, section, terms, theirs } from './dom.js';
import * as words from './words.js';
import { day } from './words.js';

const SIGNS = {
  VERIFIED: '✓',
  FAILED: '✕',
  INCOMPLETE: '?',
  'NOT READABLE': '–',
  'NOT JUDGED': '–',
};
const MEANINGS = {
  VERIFIED: 'You can rely on it as far as the line says, and no further.',
  FAILED: 'Do not rely on it.',
  INCOMPLETE: 'It is neither verified nor refuted: something that is needed is missing.',
  'NOT READABLE': 'It is no evidence file as one is written: nothing was said for or against it.',
  'NOT JUDGED': 'Nothing was decided about the evidence.',
};
const TEST_CHAIN =
  'The chain is a test chain: whoever runs it can write its past again. ' +
  'It shows how checking goes, and vouches for no time.';
const NO_SHARES = 'None once a check failed: what contradicts itself has no shares.';
const NO_CHAIN =
  'This page asks no chain. Whoever sent the evidence can make a file that proves its chain ' +
  '(rootprint evidence export); the hash of its block, which reaches you another way, belongs ' +
  'into trustedBlocks of your trust file.';

/** @param {object} report plain, with a verdict */
export function verdictOf(report) {
  const { word, parts } = words.verdictLine(report);
  const isTest = report.chain?.test === true;
  // What stands on a test chain only can't be relied on, however well it was checked.
  const meaning = isTest && word === 'VERIFIED' ? null : MEANINGS[word];
  return panel({ word, parts, meaning, fixable: fix(report), note: isTest ? TEST_CHAIN : null });
}

/** @param {string} why no verdict could be computed @param {string} fixable who can fix it */
export function noVerdict(why, fixable) {
  const word = 'NOT JUDGED';
  return panel({ word, parts: [why], meaning: MEANINGS[word], fixable, note: null });
}

function panel({ word, parts, meaning, fixable, note }) {
  const name = word.toLowerCase().replace(' ', '-');
  return el(
    'section',
    { id: 'verdict', class: `verdict ${name}`, tabindex: '-1', 'aria-labelledby': 'verdict-line' },
    el('span', { class: 'shape', 'aria-hidden': 'true' }, SIGNS[word]),
    el(
      'div',
      {},
      el('h2', { id: 'verdict-line' }, el('strong', {}, word), ' ', ...apart(parts)),
      meaning === null ? null : el('p', {}, meaning),
      note === null ? null : el('p', { class: 'note' }, note),
      fixable === null ? null : el('p', { class: 'fix' }, `Who can fix it: ${fixable}`),
    ),
  );
}

// A narrow screen has each part on a line of its own.
function apart(parts) {
  return parts.flatMap((part, place) => [
    place === 0 ? null : el('span', { class: 'separator' }, words.SEPARATOR),
    el('span', { class: 'part' }, theirs(part)),
  ]);
}

function fix({ verdict, decidedBy, chain }) {
  if (verdict === 'failed') return fixedBy(decidedBy.number);
  if (verdict === 'not_readable') return fixedBy(0);
  return verdict === 'incomplete' && chain === null ? NO_CHAIN : null;
}

// What it may not be read without: that it is prospective, of a variant, dry, by mass balance.
function kind({ qualifiers }) {
  return qualifiers.length > 0 ? [['Kind of number', theirs(qualifiers.join(', '))]] : [];
}

// The level that the product itself has, and by which bodies anything on the walk was assured.
function assuranceOf({ assurance }) {
  if (assurance === null) return 'not applicable';
  const { level, bodies } = assurance;
  const by = bodies.map(({ did, accreditation }) => `${did}, accreditation ${accreditation}`);
  return by.length === 0 ? level : theirs(`${level}; on the walk by ${by.join('; ')}`);
}

/** The footprint by column; one that is not verified is called a claim. Null if none was read. */
export function footprint(report) {
  const { totals, verdict, statements } = report;
  if (totals === null) return null;
  const isVerified = verdict === 'verified';
  return section(
    'footprint',
    isVerified ? 'Footprint' : 'Footprint as claimed, not verified',
    el(
      'p',
      { class: 'number' },
      el('strong', {}, `${totals.pcfExcludingBiogenicUptake} ${totals.unit}`),
      ` per ${totals.declaredUnitAmount} ${totals.declaredUnitOfMeasurement}`,
      isVerified ? null : el('em', {}, ' (not verified)'),
    ),
    terms([
      ...words.columns(totals).map(([column, value]) => [column, `${value} ${totals.unit}`]),
      ...kind(totals),
      ['Boundary', totals.boundary],
      ['Period', `${day(totals.referencePeriodStart)} to ${day(totals.referencePeriodEnd)}`],
      ['Product', theirs(`${totals.product} (${totals.productIds.join(', ')})`)],
      ['Issuer', [theirs(statements[0].legalName ?? 'name not checked'), `, ${totals.issuer}`]],
      ['Third-party assurance of it', assuranceOf(report)],
      ['Statement', el('code', {}, report.subject)],
    ]),
  );
}

/** What the answer rests on: times, chain, what was required, which files. */
export function basis(report, files) {
  const { chain, required } = report;
  return section(
    'basis',
    'What this rests on',
    terms([
      ...files.map(({ label, name, size, digest }) => [
        label,
        [theirs(name), `, ${grouped(size)} bytes, SHA-256 `, el('code', {}, digest)],
      ]),
      ['Judged as of', report.asOf],
      ['Status as of', report.statusAsOf],
      ['Chain', chain === null ? 'none was seen' : chainWords(chain)],
      ['Block', chain === null ? null : el('code', {}, `${chain.block} ${chain.blockHash}`)],
      ['Witnesses', report.witnesses],
      ...Object.entries(required).map(([member, value]) => [`Required: ${member}`, asked(value)]),
    ]),
  );
}

// What is not asked for is said so, and not left out.
function asked(value) {
  if (Array.isArray(value)) return value.length === 0 ? 'any' : theirs(value.join(', '));
  return value === null ? 'not asked' : theirs(String(value));
}

const grouped = (number) => number.toLocaleString('en');

function chainWords({ id, test, proven }) {
  const how = proven ? 'proven by the evidence at a block that your trust file names' : 'read';
  return `${test ? 'TEST CHAIN ' : ''}${id}, ${how}`;
}

/** How much of the gross was checked in which way, and what kind of data it is. */
export function coverage(report) {
  const { coverage: found, verdict, noLongerAdmitted: gone } = report;
  const body =
    found === null
      ? [el('p', {}, verdict === 'failed' ? NO_SHARES : 'Not applicable.')]
      : [
          shares('How it was checked', found.checked, words.HOW_CHECKED),
          shares('What data it is', found.data, words.WHAT_DATA),
          shares('Who assured it', found.assurance, words.WHO_ASSURED),
          gone.bodies.length === 0
            ? null
            : shares('Whose assurance it is', found.bodies, words.WHICH_BODY),
          shares('Whose standing it rests on', found.standing, words.WHOSE_STANDING),
          noLonger(gone),
          found.takenOff === null
            ? null
            : shares('How what is taken off was checked', found.takenOff, words.HOW_CHECKED),
          found.takenOffStanding === null
            ? null
            : shares('Whose standing that rests on', found.takenOffStanding, words.WHOSE_STANDING),
          el('p', {}, words.limitOfArithmetic(report)),
        ];
  return section('coverage', 'Coverage of the gross emissions', ...body);
}

// Each issuer and body once, with what the registry says of it now.
function noLonger({ issuers, bodies }) {
  const said = new Map(
    [...issuers, ...bodies].map(({ did, status, since, reason }) => [
      did,
      `${status} since ${since}${reason === null ? '' : `, ${reason}`}`,
    ]),
  );
  return said.size === 0 ? null : terms([...said].map(([did, how]) => [theirs(did), how]));
}

function shares(caption, parts, names) {
  return el(
    'table',
    { class: 'shares' },
    el('caption', {}, caption),
    el(
      'tbody',
      {},
      ...Object.entries(parts).map(([name, share]) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, names[name] ?? name),
          el('td', {}, words.percent(share)),
          el('td', {}, el('progress', { max: '100', value: share, 'aria-hidden': 'true' })),
        ),
      ),
    ),
  );
}
