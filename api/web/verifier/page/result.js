/** The answer to two files: verdict, footprint, checks, coverage, statements, and the report. */
import { checkList } from './checks.js';
import { el, section, terms, theirs } from './dom.js';
import * as lists from './lists.js';
import { statementsOf } from './statements.js';
import { basis, coverage, footprint, verdictOf } from './verdict.js';
import { LAWS, plain } from './words.js';
import { counted } from '../walk/report.js';

const ONLY_THAT = 'Only what the verdict names.';
const DECIDED = 'A failed check has decided.';
const NO_NOTICES = 'There are none.';
const NOT_REQUIRED = 'Not required, and not made:';
const ALL_CHECKED = 'All that is required was checked.';
const ELSE_CHECKED = 'All else that is required was checked.';
const MOST_LISTED = 100;
const AT_ONCE = 8;
const ITS_FORM = ' has (docs/report.schema.json). Verdict, states and numbers are the same there; ';

/**
 * All that is shown of a report with a verdict, the verdict first.
 * @param {object} report
 * @param {{label: string, name: string, size: number, digest: string}[]} files
 * @returns {(HTMLElement | null)[]}
 */
export function resultOf(report, files) {
  const said = plain(report);
  if (said.verdict === 'not_readable')
    return [verdictOf(said), basis(said, files), download(report)];
  const own = said.statements[0]?.checks ?? [];
  const noted = lists.notices(said);
  return [
    verdictOf(said),
    footprint(said),
    section(
      'checks',
      own.length > 0 ? 'The checks of this statement' : 'The check that was made',
      checkList([...said.checks, ...own]),
      own.length > 0 ? null : el('p', {}, 'Checks 1 to 10 were not made.'),
    ),
    lawsOf(said),
    coverage(said),
    section(
      'notices',
      'Notices',
      ...(noted.length > 0 ? listed(noted) : [el('p', {}, NO_NOTICES)]),
    ),
    section('not-checked', 'What was not checked', ...open(said)),
    statementsOf(said),
    basis(said, files),
    download(report),
  ];
}

// Of the subject by name; of all statements only in the list of them.
function lawsOf({ statements }) {
  const found = statements[0]?.laws ?? {};
  if (Object.keys(found).length === 0) return null;
  return section(
    'laws',
    'Accounting laws, of this statement',
    terms(Object.entries(found).map(([law, state]) => [`${law} ${LAWS[law]}`, state])),
  );
}

function open(said) {
  const { verdict, notChecked } = said;
  if (verdict === 'failed') {
    const count = counted(notChecked.length, 'required check');
    return notChecked.length === 0
      ? [el('p', {}, DECIDED)]
      : [el('p', {}, DECIDED), drawer(`${count} could not be made`, notChecked)];
  }
  if (verdict === 'incomplete')
    return notChecked.length === 1 ? [el('p', {}, ONLY_THAT)] : listed(notChecked);
  const [hidden, left] = [lists.hidden(said), lists.leftOpen(said)];
  return [
    ...(hidden.length > 0 ? listed(hidden, 'Hidden') : []),
    ...(left.length > 0 ? [el('p', {}, NOT_REQUIRED), ...listed(left)] : []),
    el('p', {}, hidden.length > 0 ? ELSE_CHECKED : ALL_CHECKED),
  ];
}

// Few at once: more of them are in a drawer, and the whole of them in the report.
function listed(texts, label = null) {
  const more = texts.slice(AT_ONCE);
  return [
    list(texts.slice(0, AT_ONCE), label),
    more.length > 0 ? drawer(`and ${more.length} more`, more, label) : null,
  ];
}

function drawer(summary, texts, label = null) {
  return el('details', { class: 'rest' }, el('summary', {}, summary), list(texts, label));
}

function list(texts, label) {
  const before = () => (label === null ? [] : [el('strong', {}, label), '  ']);
  const left = texts.length - MOST_LISTED;
  return el(
    'ul',
    {},
    ...texts.slice(0, MOST_LISTED).map((text) => el('li', {}, ...before(), theirs(text))),
    left > 0 ? el('li', {}, `and ${left} more, in the report`) : null,
  );
}

function download(report) {
  const save = () => {
    const blob = new Blob([`${JSON.stringify(report, null, 1)}\n`], { type: 'application/json' });
    const href = URL.createObjectURL(blob);
    el('a', { href, download: 'rootprint-report.json' }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  return section(
    'report',
    'The whole report',
    el(
      'p',
      {},
      'JSON of the form that ',
      el('code', { class: 'whole' }, 'rootprint verify --format json'),
      ITS_FORM,
      "the reasons are this verifier's own words.",
    ),
    el('p', {}, el('button', { type: 'button', id: 'save', onclick: save }, 'Save the report')),
  );
}
