/** Records that later steps fill (ADR 0015): they are read, and decide nothing yet. */
import * as rules from './rules.js';
import { array, has, integer, members, oneOf, refuse, text } from './rules.js';
import { plainAmount } from './quantity.js';

const code = rules.matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const ENDS = ['from', 'until'];
const limits = { from: rules.time, until: rules.time };
const texts = array(text, 1, 64, { unique: true });
const about = { concerns: rules.digest };

const decisionMembers = members(
  {
    ...about,
    action: oneOf('suspend', 'restore', 'revoke', 'withdraw', 'dismiss'),
    reasonCode: code,
    reach: oneOf('future', 'window', 'all'),
    reasoning: rules.digest,
  },
  limits,
);

/** A decision on a record; a window, and only that, has both its ends. @type {rules.Rule} */
function decision(value, path) {
  decisionMembers(value, path);
  const ends = ENDS.filter((name) => has(value, name));
  if ((value.reach === 'window') !== (ends.length === ENDS.length))
    refuse(path, 'complete: a window, and only that, has from and until');
  if (ends.length === ENDS.length) rules.period(value, path, ...ENDS);
  else if (ends.length > 0) refuse(path, 'with from and until, or with none of them');
}

// A rule, and a period that does not end before it starts.
function within(rule, start, end) {
  return (value, path) => {
    rule(value, path);
    rules.period(value, path, start, end);
  };
}

const accreditation = members({
  body: rules.did,
  standard: text,
  scope: texts,
  levels: array(oneOf('limited', 'reasonable'), 1, 2, { unique: true }),
  ...limits,
});
const qualification = members({ person: text, body: rules.did, scope: texts, ...limits });
const certificate = members({ ...about, number: text, scheme: text, ...limits });
const reading = members({
  instrument: text,
  calibration: rules.digest,
  periodStart: rules.time,
  periodEnd: rules.time,
  amount: plainAmount,
});
const review = members(
  { ...about, round: integer(1, 100), outcome: oneOf('accepted', 'revise', 'rejected') },
  { remarks: array(text, 1, 256) },
);

/** Each kind: the first byte of its log entry, its rule, and the member that names a record. */
export const RESERVED = Object.freeze({
  DecisionRecord: [8, decision, 'concerns'],
  AccreditationRecord: [9, within(accreditation, ...ENDS), null],
  QualificationRecord: [10, within(qualification, ...ENDS), null],
  CertificateRecord: [11, within(certificate, ...ENDS), 'concerns'],
  ReviewRecord: [12, review, 'concerns'],
  ReadingRecord: [13, within(reading, 'periodStart', 'periodEnd'), null],
  WorkflowRecord: [14, members({ id: text, version: text, definition: rules.digest }), null],
  RefusalRecord: [15, members({ ...about, reason: text }, { conflict: rules.digest }), 'concerns'],
});
