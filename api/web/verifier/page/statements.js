/** All statements: how many passed which check, then each of them with a drawer of its checks. */
import { checkList } from './checks.js';
import { el, section, terms, theirs } from './dom.js';
import { STATES } from './words.js';

const AT_ONCE = 100;
const STATE_NAMES = Object.keys(STATES);

/** @param {object} report plain */
export function statementsOf({ statements }) {
  if (statements.length === 0) return null;
  const issuers = new Set(statements.map(({ issuer }) => issuer)).size;
  const tiers = 1 + statements.reduce((most, { depth }) => Math.max(most, depth), 0);
  return section(
    'statements',
    `All ${statements.length} statements`,
    el('p', {}, `${kinds(statements)}; of ${issuers} organisations, in ${tiers} tiers.`),
    scrolling('How many statements passed which check', countTable(statements)),
    listing(statements),
  );
}

function kinds(statements) {
  const counts = new Map();
  for (const { kind } of statements)
    counts.set(kind ?? 'unreadable', (counts.get(kind ?? 'unreadable') ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
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
    { class: 'counts' },
    el('caption', {}, 'By check'),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, 'Check'),
        ...STATE_NAMES.map((state) => el('th', { scope: 'col' }, label(state))),
      ),
    ),
    el('tbody', {}, ...rows),
  );
}

const label = (state) => `${STATES[state].sign} ${STATES[state].word}`;

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
    shown.textContent = `${next} of ${ordered.length} statements shown, what did not pass first.`;
    more.textContent = `Show ${Math.min(AT_ONCE, ordered.length - next)} more`;
    more.hidden = next === ordered.length;
  };
  add();
  const head = ['Statement', 'Organisation', 'Tier', 'Entry', ...numbers(statements)];
  const table = el(
    'table',
    { class: 'listing' },
    el('caption', {}, 'Each statement. The columns 1 to 9 are its checks: ', legend()),
    el('thead', {}, el('tr', {}, ...head.map((text) => el('th', { scope: 'col' }, text)))),
    body,
  );
  return el('div', {}, scrolling('Each statement', table), shown, more);
}

const numbers = ([{ checks }]) => checks.map(({ number }) => String(number));

const legend = () => STATE_NAMES.map(label).join(', ');

function rows(statement, place) {
  const id = `statement-${place}`;
  const drawer = el('tr', { id, hidden: '' });
  const toggle = () => {
    if (drawer.childElementCount === 0) drawer.append(inside(statement));
    drawer.hidden = !drawer.hidden;
    button.setAttribute('aria-expanded', String(!drawer.hidden));
  };
  const name = statement.product ?? statement.path.at(-1) ?? statement.kind ?? 'unreadable';
  const button = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-expanded': 'false',
      'aria-controls': id,
      onclick: toggle,
    },
    theirs(name),
  );
  const row = el(
    'tr',
    {},
    el('th', { scope: 'row' }, button),
    el('td', {}, theirs(statement.legalName ?? statement.issuer ?? 'not known')),
    el('td', {}, String(statement.depth + 1)),
    el('td', {}, statement.entry === null ? 'none' : String(statement.entry)),
    ...statement.checks.map(({ state }) => cell(state)),
  );
  return [row, drawer];
}

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
      ['Issuer', statement.issuer === null ? null : theirs(statement.issuer)],
      ['Signed before', statement.signedBefore],
      ['Digest', el('code', {}, statement.digest)],
      ['Notices', statement.notices.length > 0 ? theirs(statement.notices.join('; ')) : null],
    ]),
    checkList(statement.checks),
  );
}
