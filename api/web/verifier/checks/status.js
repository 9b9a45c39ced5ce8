/**
 * Check 5, status: nothing withdrawn or adverse as of the block asked; validity at the right time.
 *
 * The subject is judged as of the time asked, an input at t of each statement that cites it: what
 * expired or was superseded after being cited is a notice, what was withdrawn is a failure.
 */
import { hex } from '../core/bytes.js';
import { organisationId, STATES } from '../chain/chain.js';
import { failed, notChecked, passed } from '../walk/report.js';
import { written } from '../core/time.js';

const NUMBER = 5;
const [NO_WITHDRAWAL, NONE] = ['no withdrawal', 'none'];
const STATE_NAMES = Object.keys(STATES).map((name) => name.toLowerCase());

/**
 * @param {import('../walk/walknode.js').Node} node gets notices, and whether it was superseded
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
  const compared = [NO_WITHDRAWAL, statesOf([...own, ...adverse])];
  const against = withdrawn(node, own) ?? concluded(adverse);
  if (against !== null) return failed(NUMBER, against, compared);
  const logged = loggedWithdrawal(node, context);
  if (logged !== null) return failed(NUMBER, logged.reason, [NO_WITHDRAWAL, logged.found]);
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
    rows.push({
      who,
      ...(await contracts.status(organisationId(who), node.statement.digestBytes)),
    });
  }
  return rows;
}

// Whoever concluded adversely stands in a list on the chain, so no file can leave one out.
async function adverseRows(node, { contracts }) {
  const { digestBytes } = node.statement;
  const rows = [];
  for (const auditor of await contracts.adverse(digestBytes)) {
    const who = `organisation 0x${hex(auditor)}`;
    rows.push({ who, ...(await contracts.status(auditor, digestBytes)) });
  }
  return rows;
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

function ofAssurance(node, superseded, { block }, compared) {
  if (superseded !== null) {
    node.superseded = true;
    node.notices.push(`superseded at ${written(superseded.time)}${why(node, superseded)}`);
  }
  return passed(NUMBER, `no withdrawal as of ${written(block.time)}`, compared);
}

function atItsTimes(node, superseded, { asOf, block }, compared) {
  const citing = [...node.citedBy];
  if (citing.some(({ t }) => t === null)) {
    return notChecked(NUMBER, 'pending: a statement that cites it is not anchored yet');
  }
  const moments =
    citing.length > 0 ? [...new Set(citing.map(({ t }) => t))].sort((a, b) => a - b) : [asOf];
  for (const moment of moments) {
    const wrong = wrongAt(node, moment, superseded);
    if (wrong !== null) return failed(NUMBER, wrong.reason, wrong.compared ?? compared);
  }
  if (superseded !== null) {
    node.notices.push(
      `superseded at ${written(superseded.time)}, after it was cited${why(node, superseded)}`,
    );
  }
  const { validUntil } = node.statement;
  if (citing.length > 0 && validUntil < asOf) {
    node.notices.push(`expired at ${written(validUntil)}, after it was cited`);
  }
  return passed(NUMBER, `no withdrawal as of ${written(block.time)}`, compared);
}

function wrongAt(node, moment, superseded) {
  const { validFrom, validUntil } = node.statement;
  const [when, from, until] = [moment, validFrom, validUntil].map(written);
  const compared = [`used at ${when}`, `valid from ${from} to ${until}`];
  if (moment < validFrom) return { reason: `not valid before ${from}, used at ${when}`, compared };
  if (moment > validUntil) return { reason: `expired at ${until}, used at ${when}`, compared };
  if (superseded === null || superseded.time > moment) return null;
  const since = written(superseded.time);
  return { reason: `superseded since ${since}, used at ${when}${why(node, superseded)}` };
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
