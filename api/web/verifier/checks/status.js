/**
 * Check 5, status: nothing withdrawn or adverse as of the block asked; validity at the right time.
 *
 * A footprint's reference period has ended when it is anchored, unless it is prospective: then not.
 * The subject is judged as of the time asked, an input at t of each statement that cites it: what
 * expired or was superseded after being cited is a notice, what was withdrawn is a failure.
 */
import { hex } from '../core/bytes.js';
import { whyNoBody } from '../chain/standing.js';
import { organisationId, STATES } from '../chain/chain.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { seconds, written } from '../core/time.js';

const NUMBER = 5;
const [NO_WITHDRAWAL, NONE] = ['no withdrawal', 'none'];
const ENDS = [STATES.SUPERSEDED, STATES.WITHDRAWN, STATES.REVOKED];
const HALTING = [STATES.SUSPENDED, STATES.REVOKED];
const STATE_NAMES = Object.keys(STATES).map((name) => name.toLowerCase());

/**
 * @param {import('../walk/node.js').Node} node gets notices, and whether it ended
 * @param {import('../walk/context.js').Context} context
 * @returns {Promise<import('../walk/report.js').Check>}
 */
export async function status(node, context) {
  const fault = (await context.fault('organization')) ?? (await context.fault('status'));
  if (fault !== null) return failed(NUMBER, fault);
  if (node.statement === null) return notChecked(NUMBER, 'the envelope could not be read');
  if (node.isStatus) return statusStatement(node, context);
  const own = await ownRows(node, context);
  const adverse = await adverseRows(node, context);
  node.ended = hasEnded(own) || saidEnded(node, context);
  const compared = [NO_WITHDRAWAL, statesOf([...own, ...adverse])];
  const against = withdrawn(node, own) ?? halted(node, own) ?? concluded(adverse);
  if (against !== null) return failed(NUMBER, against, compared);
  const logged = loggedWithdrawal(node, context);
  if (logged !== null) return failed(NUMBER, logged.reason, [NO_WITHDRAWAL, logged.found]);
  const period = periodFault(node) ?? receiptFault(node);
  if (period !== null) return failed(NUMBER, period.reason, period.compared);
  const superseded = own
    .filter(({ state }) => state === STATES.SUPERSEDED)
    .reduce((first, row) => (first === null || row.time < first.time ? row : first), null);
  // Whether an assurance is in force is for check 9 of the statement that it concerns to say.
  if (node.isAssurance && node.about !== null) {
    return ofAssurance(node, superseded, context, compared);
  }
  return atItsTimes(node, superseded, context, compared);
}

// Only issuer and authority may withdraw or supersede.
async function ownRows(node, { contracts, trust }) {
  const rows = [];
  for (const who of new Set([node.statement.issuer, trust.authority])) {
    const said = await contracts.statusRows(organisationId(who), node.statement.digestBytes);
    rows.push(...said.map((row) => ({ who, ...row })));
  }
  return rows;
}

// Whoever concluded adversely stands in a list on the chain, so no file can leave one out. Who was
// expelled for a retroactive reason since concluded nothing.
async function adverseRows(node, context) {
  const { digestBytes } = node.statement;
  const rows = [];
  for (const auditor of await context.contracts.adverse(digestBytes)) {
    const who = `organisation 0x${hex(auditor)}`;
    const row = await context.contracts.status(auditor, digestBytes);
    const standing = await context.rowsOf(auditor);
    if (whyNoBody(standing, row.time, context.block.time) === null) rows.push({ who, ...row });
  }
  return rows;
}

function hasEnded(rows) {
  return rows.some(({ state }) => ENDS.includes(state));
}

// One with the right to says so in a logged statement, its row written or not.
function saidEnded(node, { trust }) {
  const rightful = [node.statement.issuer, trust.authority];
  return node.concernedBy.some(
    (other) =>
      other.isStatus &&
      rightful.includes(other.statement.issuer) &&
      [1, 2, 3, 4].every((number) => other.passed(number)),
  );
}

// What the chain holds, in words.
function statesOf(rows) {
  const held = rows
    .filter(({ state }) => state !== STATES.NONE)
    .map(({ state, who }) => `${STATE_NAMES[state]} by ${who}`);
  return held.join(', ') || NONE;
}

function withdrawn(node, own) {
  const row = own.find(({ state }) => state === STATES.WITHDRAWN);
  if (row === undefined) return null;
  return `withdrawn by ${row.who} at ${written(row.time)}${why(node, row)}`;
}

// Revoked, or suspended: *restored* lifts a suspension, and nothing else. So it is whatever else
// was said since, and whatever the contract lets follow what.
function halted(node, own) {
  const against = new Map();
  for (const row of own) {
    if (against.get(row.who)?.state === STATES.REVOKED) continue;
    if (HALTING.includes(row.state)) against.set(row.who, row);
    else if (row.state === STATES.RESTORED) against.delete(row.who);
  }
  const [row] = against.values();
  if (row === undefined) return null;
  return `${STATE_NAMES[row.state]} by ${row.who} at ${written(row.time)}${why(node, row)}`;
}

function concluded([first, ...more]) {
  if (first === undefined) return null;
  const others = more.length > 0 ? `, and ${more.length} more after it` : '';
  return `${first.who} concluded adversely at ${written(first.time)}${others}`;
}

// One that was signed, logged and anchored counts, whether its row was written or not.
function loggedWithdrawal(node, { trust }) {
  const rightful = [node.statement.issuer, trust.authority];
  const said = node.concernedBy.find(
    (other) =>
      other.isStatus &&
      other.statement.subject.state === 'withdrawn' &&
      rightful.includes(other.statement.issuer) &&
      [1, 2, 3, 4].every((number) => other.passed(number)),
  );
  if (said === undefined) return null;
  const { issuer, subject } = said.statement;
  return {
    reason: `withdrawn by ${issuer} in a logged statement: ${subject.reason}`,
    found: `withdrawn by ${issuer} in entry ${said.index}`,
  };
}

/** Whether a footprint says that it is of what is expected. */
export const isProspective = ({ outlook }) => outlook === 'prospective';

// What is measured ends before it is anchored, or then; what is prospective ends later.
function periodFault({ isFootprint, statement: { subject }, t }) {
  if (!isFootprint || t === null) return null;
  const end = seconds(subject.pcf.referencePeriodEnd);
  if (end > t === isProspective(subject)) return null;
  const [ends, when] = [end, t].map(written);
  const reason = isProspective(subject)
    ? `its reference period ended at ${ends}, not after ${when}, and it is prospective`
    : `its reference period ends at ${ends}, after ${when}, and it is not prospective`;
  return { reason, compared: [`ends at ${ends}`, `anchored at ${when}`] };
}

// What a partner sent was received before its receiver's statement was anchored.
function receiptFault({ isFootprint, statement: { subject }, t }) {
  if (!isFootprint || t === null || subject.partner === undefined) return null;
  const came = subject.partner.receivedAt;
  if (seconds(came) <= t) return null;
  const when = written(t);
  const reason = `its partner's footprint was received at ${came}, which is later than ${when}`;
  return { reason, compared: [`received at ${came}`, `anchored at ${when}`] };
}

function ofAssurance(node, superseded, { block }, compared) {
  if (superseded !== null) {
    node.superseded = true;
    node.notices.push(`superseded at ${written(superseded.time)}${why(node, superseded)}`);
  }
  return passed(NUMBER, `no withdrawal as of ${written(block.time)}`, compared);
}

function atItsTimes(node, superseded, { asOf, block }, compared) {
  const cited = citedAt(node, asOf);
  const used = node.isRecord ? usedAt(node, asOf) : cited;
  if (cited.includes(null) || used.includes(null)) {
    return notChecked(NUMBER, 'pending: a statement that cites it is not anchored yet');
  }
  for (const moment of rising(cited)) {
    const wrong = outsideAt(node, moment);
    if (wrong !== null) return failed(NUMBER, wrong.reason, wrong.compared);
  }
  for (const moment of rising(used)) {
    if (superseded === null || superseded.time > moment) continue;
    const [since, when] = [superseded.time, moment].map(written);
    const reason = `superseded since ${since}, used at ${when}${why(node, superseded)}`;
    return failed(NUMBER, reason, compared);
  }
  if (superseded !== null) {
    node.notices.push(
      `superseded at ${written(superseded.time)}, after it was cited${why(node, superseded)}`,
    );
  }
  const { validUntil } = node.statement;
  if (node.citedBy.size > 0 && validUntil < asOf) {
    node.notices.push(`expired at ${written(validUntil)}, after it was cited`);
  }
  return passed(NUMBER, `no withdrawal as of ${written(block.time)}`, compared);
}

function rising(moments) {
  return [...new Set(moments)].sort((a, b) => a - b);
}

// When a node was cited; the subject is judged now, and a claim that no one uses never. Null stands
// for a statement that has no time yet.
function citedAt(node, asOf) {
  if (node.citedBy.size > 0) return [...node.citedBy].map(({ t }) => t);
  if (node.isAccreditation && node.about !== null) return [node.about.t];
  return node.isRecord && node.about !== null ? [] : [asOf];
}

// When what rests on a record was used: two allocations of one process don't add up while both are
// in use, nor do a claim and the one that takes its place.
function usedAt(node, asOf) {
  if (!node.isRecord || node.citedBy.size === 0) return citedAt(node, asOf);
  return [...node.citedBy].flatMap((citing) => usedAt(citing, asOf));
}

function outsideAt(node, moment) {
  const { validFrom, validUntil } = node.statement;
  const [when, from, until] = [moment, validFrom, validUntil].map(written);
  const compared = [`used at ${when}`, `valid from ${from} to ${until}`];
  if (moment < validFrom) return { reason: `not valid before ${from}, used at ${when}`, compared };
  if (moment > validUntil) return { reason: `expired at ${until}, used at ${when}`, compared };
  return null;
}

function statusStatement(node, { trust }) {
  const about = node.about?.statement ?? null;
  if (about === null) return notChecked(NUMBER, 'the statement that it concerns could not be read');
  if (![about.issuer, trust.authority].includes(node.statement.issuer)) {
    return failed(NUMBER, "its issuer is neither the statement's issuer nor the authority");
  }
  return passed(NUMBER, 'said by one with the right to say it');
}

// A row may name any digest: only a status statement has a reason.
function why(node, row) {
  const named = `sha256:${hex(row.statement)}`;
  const said = node.concernedBy.find((other) => other.digest === named && other.passed(1));
  return said?.isStatus ? `: ${said.statement.subject.reason}` : '';
}
