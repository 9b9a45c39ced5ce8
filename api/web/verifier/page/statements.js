/** All statements: how many passed which check, then each of them with a drawer of its checks. */
import { checkList } from './checks.js';
import { el, section, terms, theirs } from './dom.js';
import { STATES, kinds, laws, nameOf } from './words.js';
import { counted } from '../walk/report.js';

const AT_ONCE = 100;
const NARROW = '(max-width: 40rem)'; // as in the style sheets
const WIDE_ONLY = 'wide-only';
const STATE_NAMES = Object.keys(STATES);

/** @param {object} report plain */
export function statementsOf(report) {
  const { statements } = report;
  if (statements.length === 0) return null;
  const issuers = new Set(statements.map(({ issuer }) => issuer)).size;
  const tiers = 1 + statements.reduce((most, { depth }) => Math.max(most, depth), 0);
  return section(
    'statements',
    statements.length === 1 ? 'The one statement' : `All ${statements.length} statements`,
    el(
      'p',
      {},
      `${kinds(report)}; of ${counted(issuers, 'organisation')}, ` +
        `in ${counted(tiers, 'tier')}.`,
    ),
    el('p', { class: 'caption', id: 'counts-caption' }, 'How many passed which check'),
    scrolling('How many statements passed which check', countTable(statements)),
    listing(statements),
  );
}

// A table wider than the screen scrolls by itself, with the keyboard too.
function scrolling(label, table) {
  return el(
    'div',
    { class: 'scrolling', role: 'region', tabindex: '0', 'aria-label': label },
    table,
  );
}

function countTable(statements) {
  const rows = statements[0].checks.map(({ number, name }, place) => {
    const counts = Object.fromEntries(STATE_NAMES.map((state) => [state, 0]));
    for (const { checks } of statements) counts[checks[place].state] += 1;
    return el(
      'tr',
      {},
      el('th', { scope: 'row' }, `${number} ${name}`),
      ...STATE_NAMES.map((state) => el('td', {}, String(counts[state]))),
    );
  });
  return el(
    'table',
    { class: 'counts', 'aria-labelledby': 'counts-caption' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, 'Check'),
        ...STATE_NAMES.map((state) => el('th', { scope: 'col' }, ...label(state))),
      ),
    ),
    el('tbody', {}, ...rows),
  );
}

function label(state) {
  const { sign, word } = STATES[state];
  return [el('span', { class: 'mark' }, sign), ` ${word}`];
}

const isOpen = ({ checks }) =>
  checks.some(({ state }) => state === 'failed' || state === 'not_checked');

// What did not pass is never behind what did: it is shown first.
function listing(statements) {
  const ordered = [...statements.filter(isOpen), ...statements.filter((one) => !isOpen(one))];
  const body = el('tbody');
  const shown = el('p', { role: 'status' });
  const more = el('button', { type: 'button', class: 'quiet', onclick: () => add() });
  let next = 0;
  const add = () => {
    const end = Math.min(next + AT_ONCE, ordered.length);
    for (; next < end; next += 1) body.append(...rows(ordered[next], next));
    const all = counted(ordered.length, 'statement');
    shown.textContent = `${next} of ${all} shown, what did not pass first.`;
    more.textContent = `Show ${Math.min(AT_ONCE, ordered.length - next)} more`;
    more.hidden = next === ordered.length;
  };
  add();
  const table = el(
    'table',
    { class: 'listing', 'aria-labelledby': 'listing-caption' },
    el('thead', {}, head(statements)),
    body,
  );
  return el(
    'details',
    { class: 'each', open: matchMedia(NARROW).matches ? false : '' },
    el('summary', { id: 'listing-caption' }, 'Each statement'),
    el('p', {}, `The columns 1 to 9 are its checks: ${LEGEND}. A name opens to what was found.`),
    scrolling('Each statement', table),
    shown,
    more,
  );
}

function head([{ checks }]) {
  const numbers = checks.map(({ number }) => el('th', { scope: 'col' }, String(number)));
  const rest = ['Organisation', 'Tier', 'Entry'].map((text) =>
    el('th', { scope: 'col', class: WIDE_ONLY }, text),
  );
  return el('tr', {}, el('th', { scope: 'col' }, 'Statement'), ...rest, ...numbers);
}

const LEGEND = Object.values(STATES)
  .map(({ sign, word }) => `${sign} ${word}`)
  .join(', ');

function rows(statement, place) {
  const id = `statement-${place}`;
  const drawer = el('tr', { id, hidden: '' });
  const toggle = () => {
    if (drawer.childElementCount === 0) drawer.append(inside(statement));
    drawer.hidden = !drawer.hidden;
    button.setAttribute('aria-expanded', String(!drawer.hidden));
  };
  const button = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-expanded': 'false',
      'aria-controls': id,
      onclick: toggle,
    },
    theirs(nameOf(statement)),
  );
  const row = el(
    'tr',
    {},
    el('th', { scope: 'row' }, button),
    el('td', { class: WIDE_ONLY }, theirs(organisation(statement))),
    el('td', { class: WIDE_ONLY }, tier(statement)),
    el('td', { class: WIDE_ONLY }, entry(statement)),
    ...statement.checks.map(({ state }) => cell(state)),
  );
  return [row, drawer];
}

const organisation = ({ legalName, issuer }) => legalName ?? issuer ?? 'not known';
const tier = ({ depth }) => String(depth + 1);
const entry = ({ entry: at }) => (at === null ? 'none' : String(at));

function cell(state) {
  const { word, sign } = STATES[state];
  return el(
    'td',
    { class: `state ${state}`, title: word },
    el('span', { 'aria-hidden': 'true' }, sign),
    el('span', { class: 'unseen' }, word),
  );
}

function inside(statement) {
  return el(
    'td',
    { colspan: String(4 + statement.checks.length), class: 'inside' },
    terms([
      ['Path', statement.path.length > 0 ? theirs(statement.path.join(' > ')) : null],
      ['Kind', statement.kind],
      ['Organisation', theirs(organisation(statement))],
      ['Issuer', statement.issuer === null ? null : theirs(statement.issuer)],
      ['Tier', tier(statement)],
      ['Entry in the log', entry(statement)],
      ['Signed before', statement.signedBefore],
      ['Digest', el('code', {}, statement.digest)],
      ['Accounting laws', laws(statement) || null],
      ['Notices', statement.notices.length > 0 ? theirs(statement.notices.join('; ')) : null],
    ]),
    checkList(statement.checks),
  );
}
