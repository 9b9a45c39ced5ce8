/** Checks as drawers: the state in word and sign, both compared values, who can fix it. */
import { el, terms, theirs } from './dom.js';
import { STATES, comparedWith } from './words.js';

const MEANINGS = [
  'The file is within limits, about the statement expected, and holds nothing unneeded.',
  'The statement is well-formed, and its signature is true.',
  'The key was registered, and the issuer admitted, when the log was first anchored with it.',
  "The statement is proven to stand in the log, under the log's signature.",
  'The log was anchored with the statement in it; that gives the latest time of signing.',
  'Nothing was withdrawn, replaced, stated twice or concluded against by an auditor.',
  'Every value shown to you is one that the issuer signed.',
  'Each input that is shown is the earlier, compatible statement that its line names; no law of ' +
    'accounting is broken.',
  'Lines, cells and totals come to what is signed, to the last digit.',
  'An admitted, independent auditor concluded positively, and that is in force.',
];

const FIXED_BY = [
  'Whoever sent the file can make it again; what is expected, your trust file says.',
  'The issuer can sign it again; if only this copy is damaged, whoever sent it can send it again.',
  'The issuer and the registrar: the chain shows what they did when.',
  "The log's operator can prove it again, and whoever sent the file can put that in.",
  "The log's operator anchors; then whoever sent the file can renew it.",
  "The issuer can name the statement that replaces it; why is theirs or the auditor's to say.",
  'Whoever sent the file can send it again with disclosures of this statement only.',
  'The issuer can cite another statement; whoever sent the file can add a missing one.',
  'The issuer can compute and sign it again, or disclose what is hidden.',
  'The issuer can ask an admitted auditor for a conclusion.',
];

/** A state, never by colour alone. */
function badge(state) {
  const { word, sign } = STATES[state];
  return el(
    'span',
    { class: `state ${state}` },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    ` ${word}`,
  );
}

/** @param {object[]} checks of one statement or of the file; what failed is open */
export function checkList(checks) {
  return el('ul', { class: 'checks' }, ...checks.map((check) => el('li', {}, drawer(check))));
}

function drawer(check) {
  return el(
    'details',
    { open: check.state === 'failed' ? '' : false, 'data-check': String(check.number) },
    el(
      'summary',
      {},
      badge(check.state),
      el('span', { class: 'name' }, `${check.number} ${check.name}`),
      el('span', { class: 'reason' }, check.reason === undefined ? '' : theirs(check.reason)),
    ),
    el('p', {}, `Passes when: ${MEANINGS[check.number]}`),
    check.compared === undefined ? null : compared(check),
    ['failed', 'not_checked'].includes(check.state)
      ? el('p', { class: 'fix' }, `Who can fix it: ${fixedBy(check.number)}`)
      : null,
  );
}

function compared({ number, compared: { claimed, found, repeat } }) {
  const value = (one) => [
    el('code', {}, theirs(one.value)),
    el('span', { class: 'from' }, one.from),
  ];
  return terms([
    [comparedWith(number) === 'expected' ? 'Expected' : 'Claimed', value(claimed)],
    ['Found', value(found)],
    ['To repeat it', repeat],
  ]);
}

/** Who can fix what that check found. */
export const fixedBy = (number) => FIXED_BY[number];
