/**
 * The page: two files in, a verdict out. The trust file comes from whoever sits here, never from
 * the page or the evidence; nothing is sent, stored or remembered.
 */
import { sharedBytes } from './data.js';
import { resultOf } from './result.js';
import { noVerdict } from './verdict.js';
import * as words from './words.js';
import { begin } from './working.js';

// Beyond these the verifier refuses by itself; one byte more is enough for it to see that.
const MOST = { evidence: 256 * 1024 * 1024, trust: 256 * 1024, policy: 64 * 1024 };
const LABELS = { evidence: 'Evidence file', trust: 'Trust file', policy: 'Policy' };
const SECONDS = 300;
const USAGE = 2;

const [form, button, progress, result] = ['form', 'check', 'progress', 'result'].map((id) =>
  document.getElementById(id),
);
const inputs = ['evidence', 'trust', 'policy'].map((id) => document.getElementById(id));
let current = null; // the check under way

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

// An answer on what is no longer chosen is not waited for.
function clear() {
  current?.stop();
  current = null;
  button.disabled = false;
  result.removeAttribute('aria-busy');
  result.hidden = true;
  result.replaceChildren();
  progress.textContent = '';
}

async function check() {
  clear();
  const own = { stop() {} };
  current = own;
  button.disabled = true;
  result.setAttribute('aria-busy', 'true');
  progress.textContent = 'Checking … large files take a while.';
  await afterPainting();
  const shown = await answer(own).catch((error) => {
    // A fault of the page's own: nothing was decided.
    console.error(error);
    return [noVerdict(`The page could not finish: ${error.message}`, 'Whoever runs this page.')];
  });
  if (current !== own) return; // other files were chosen since
  clear();
  show(...shown);
}

// `own` gets what stops it.
async function answer(own) {
  // The policy is the one file that may be left out: every default holds then.
  const chosenFiles = inputs.filter(({ id, files }) => id !== 'policy' || files.length > 0);
  const files = await Promise.all(chosenFiles.map(read));
  const [evidence, trust, policy] = files;
  const gone = files.find(({ bytes }) => bytes === null);
  if (gone !== undefined) {
    const which = gone.label.toLowerCase();
    return [noVerdict(`The ${which} is empty or can't be read any more.`, 'You: choose it again.')];
  }
  if (evidence.digest === trust.digest) {
    return [noVerdict('Both files are the same one.', 'You: choose the trust file that is yours.')];
  }
  const asked = {
    evidence: evidence.bytes,
    trust: trust.bytes,
    shared: await sharedBytes(),
    ...(policy === undefined ? {} : { policy: policy.bytes }),
    require: { arithmetic: chosen('arithmetic'), assurance: chosen('assurance') },
    seconds: SECONDS,
  };
  if (current !== own) return [];
  const work = begin(asked, (count, size) => {
    if (current === own) progress.textContent = `${count} of ${size} statements read.`;
  });
  own.stop = work.stop;
  const { exitCode, report } = await work.answer;
  if (exitCode === USAGE) {
    const fixable = 'You, or whoever gave you trust file and policy: nothing else was looked at.';
    return [noVerdict(words.plain(report.error), fixable)];
  }
  return resultOf(report, files);
}

// Undefined leaves what the policy says.
const chosen = (id) => document.getElementById(id).value || undefined;

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
