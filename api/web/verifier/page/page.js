/**
 * The page: two files in, a verdict out. The trust file comes from whoever sits here, never from
 * the page or the evidence; nothing is sent, stored or remembered.
 */
import { basis, coverage, footprint, noVerdict, verdictOf } from './verdict.js';
import { checkList } from './checks.js';
import { sharedData } from './data.js';
import { el, section, theirs } from './dom.js';
import { statementsOf } from './statements.js';
import * as words from './words.js';
import { verify } from '../verify.js';

// Beyond these the verifier refuses by itself; one byte more is enough for it to see that.
const MOST = { evidence: 256 * 1024 * 1024, trust: 256 * 1024 };
const LABELS = { evidence: 'Evidence file', trust: 'Trust file' };
const NOTHING_OPEN = {
  verified: 'All that is required was checked.',
  failed: 'Nothing more is listed: a failed check has decided.',
};
const MOST_LISTED = 100;
const SECONDS = 300;
const USAGE = 2;

const [form, button, progress, result] = ['form', 'check', 'progress', 'result'].map((id) =>
  document.getElementById(id),
);
const inputs = ['evidence', 'trust'].map((id) => document.getElementById(id));

function start() {
  document.getElementById('not-running').remove();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check();
  });
  // What is shown always belongs to what is chosen.
  form.addEventListener('change', clear);
  for (const place of document.querySelectorAll('[data-input]')) takeDrops(place);
  // A file dropped beside the form would replace the page.
  for (const name of ['dragover', 'drop'])
    document.addEventListener(name, (event) => event.preventDefault());
}

function takeDrops(place) {
  const input = document.getElementById(place.dataset.input);
  place.addEventListener('dragover', () => place.classList.add('over'));
  place.addEventListener('dragleave', () => place.classList.remove('over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('over');
    const { files } = event.dataTransfer;
    clear();
    if (files.length !== 1) {
      progress.textContent = 'One file at a time, please: each has a place of its own.';
      return;
    }
    input.files = files;
  });
}

function clear() {
  result.hidden = true;
  result.replaceChildren();
  progress.textContent = '';
}

async function check() {
  clear();
  button.disabled = true;
  result.setAttribute('aria-busy', 'true');
  progress.textContent = 'Checking … large files take a while.';
  try {
    await afterPainting();
    show(...(await answer()));
    progress.textContent = '';
  } catch (error) {
    // A fault of the page's own: whatever was shown is gone, and nothing was decided.
    console.error(error);
    show(noVerdict(`The page could not finish: ${error.message}`, 'Whoever runs this page.'));
    progress.textContent = '';
  } finally {
    button.disabled = false;
    result.removeAttribute('aria-busy');
  }
}

async function answer() {
  const files = await Promise.all(inputs.map(read));
  const [evidence, trust] = files;
  if (evidence.bytes === null || trust.bytes === null) {
    const which = (evidence.bytes === null ? evidence : trust).label.toLowerCase();
    return [noVerdict(`The ${which} is empty or can't be read any more.`, 'You: choose it again.')];
  }
  if (evidence.digest === trust.digest) {
    return [noVerdict('Both files are the same one.', 'You: choose the trust file that is yours.')];
  }
  const { exitCode, report } = await verify({
    evidence: evidence.bytes,
    trust: trust.bytes,
    ...(await sharedData()),
    chain: null,
    require: { arithmetic: chosen('arithmetic'), assurance: chosen('assurance') },
    seconds: SECONDS,
  });
  if (exitCode === USAGE) {
    const mendable = 'You, or whoever gave you the trust file: nothing else was looked at.';
    return [noVerdict(words.plain(report.error), mendable)];
  }
  return parts(report, files);
}

const chosen = (id) => document.getElementById(id).value;

async function read(input) {
  const [file] = input.files;
  const about = { label: LABELS[input.id], name: words.plain(file.name), size: file.size };
  try {
    const most = Math.min(file.size, MOST[input.id] + 1);
    const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
    if (bytes.length !== most || most === 0) return { ...about, bytes: null };
    return { ...about, bytes, digest: await sha256(bytes) };
  } catch {
    return { ...about, bytes: null };
  }
}

async function sha256(bytes) {
  if (globalThis.crypto?.subtle === undefined)
    throw new Error('browsers check signatures on pages from https or this computer only');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function parts(report, files) {
  const said = words.plain(report);
  const own = said.statements[0]?.checks ?? [];
  return [
    verdictOf(said),
    footprint(said),
    section(
      'checks',
      own.length > 0 ? 'The ten checks of this statement' : 'The check that was made',
      checkList([...said.checks, ...own]),
      own.length > 0 ? null : el('p', {}, 'Checks 1 to 9 were not made.'),
    ),
    coverage(said),
    section('notices', 'Notices', listed(words.notices(said), 'There are none.')),
    section(
      'not-checked',
      'What was not checked',
      listed(said.notChecked, NOTHING_OPEN[said.verdict]),
      ...(said.verdict === 'verified' ? notRequired(words.leftOpen(said)) : []),
    ),
    statementsOf(said),
    basis(said, files),
    download(report),
  ];
}

function listed(texts, otherwise) {
  if (texts.length === 0) return el('p', {}, otherwise);
  const left = texts.length - MOST_LISTED;
  return el(
    'ul',
    {},
    ...texts.slice(0, MOST_LISTED).map((text) => el('li', {}, theirs(text))),
    left > 0 ? el('li', {}, `and ${left} more, in the report`) : null,
  );
}

function notRequired(texts) {
  if (texts.length === 0) return [];
  return [
    el('p', {}, 'Not required, and not made, were these checks of single statements:'),
    listed(texts, ''),
  ];
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
    el('p', {}, 'The same JSON as rootprint verify --format json gives (docs/report.schema.json).'),
    el('p', {}, el('button', { type: 'button', id: 'save', onclick: save }, 'Save the report')),
  );
}

function show(...shown) {
  result.replaceChildren(...shown.filter((one) => one !== null));
  result.hidden = false;
  document.getElementById('verdict').focus();
}

// The browser paints what is said about progress before the work begins.
function afterPainting() {
  return new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
}

start();
