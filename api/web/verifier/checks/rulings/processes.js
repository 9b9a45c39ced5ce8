/**
 * Law 2 in check 7: nothing appears or vanishes in a process. A co-product's statement names its
 * row of a process record, and each of its lines is that row's share of one activity. Only the
 * whole table shows that the shares add up, and only all activities that none was left out.
 */
import { isSharing, WASTE } from '../../calc/sharing.js';
import { Refused } from '../../core/errors.js';
import { Rational } from '../../core/rational.js';
import { fold, sameSite } from '../../core/spelling.js';
import { only } from '../../evidence/opened.js';
import { PROCESS } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { SUBDIVISION, SUBSTITUTION, WEIGHED } from '../../schema/words.js';
import { broken, held, notApplicable, notCheckable, UNSEEN } from '../../walk/laws.js';
import { named } from '../lines.js';
import { baseOf, differs, ProcessTable } from './process.js';
import { requireRecord, Unknown } from './records.js';

const LAW = 2;
const UNBOUNDED = 'a credit for what no process record shows to be made, so nothing bounds it';
const AFTER_THE_GATE = ['use', 'end-of-life', 'recycling'];
const SHARED = [SUBDIVISION, ...WEIGHED];

/**
 * @param {import('./inputsof.js').Inputs} inputs
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function processes({ node, lines, hidden }, nodes, tables) {
  const { subject } = node.statement;
  if (!has(subject, 'process')) return withoutRecord(node, lines, hidden);
  try {
    const unseen = judge(node, lines, nodes, tables);
    if (hidden !== null) return notCheckable(LAW, hidden, UNSEEN.HIDDEN);
    return unseen === null ? held(LAW) : unseen.ruling(LAW);
  } catch (error) {
    if (error instanceof Unknown) return error.ruling(LAW);
    if (error instanceof Refused) return broken(LAW, error.message);
    throw error;
  }
}

function withoutRecord(node, lines, hidden) {
  const share = lines.find(({ value }) => SHARED.includes(value.allocation?.method));
  if (share !== undefined) {
    const what = `line ${share.number} is a share of a process with several outputs`;
    return broken(LAW, `${what}, and no process record is cited`);
  }
  const credits = lines.filter(isUnbounded).map(({ number }) => number);
  if (credits.length > 0) node.notices.push(`law ${LAW}: ${named(credits)}: ${UNBOUNDED}`);
  const isGrave = node.statement.subject.boundary.endsWith('-to-grave');
  const making = lines.filter((line) => isUnbounded(line) && !(isGrave && isAfterTheGate(line)));
  if (making.length > 0) {
    const where = named(making.map(({ number }) => number));
    return notCheckable(LAW, `${where}: ${UNBOUNDED}`, UNSEEN.UNSAID);
  }
  return hidden === null ? notApplicable(LAW) : notCheckable(LAW, hidden, UNSEEN.HIDDEN);
}

// What the formula of circular materials credits is bounded by their mass (law 1).
function isUnbounded({ value }) {
  return value.allocation?.method === SUBSTITUTION && value.circular === undefined;
}

// What is recovered after the use comes from the product itself: no process has a record of it.
const isAfterTheGate = ({ value }) => AFTER_THE_GATE.includes(value.stage);

// What could not be said of the record or its lines, or null.
function judge(node, lines, nodes, tables) {
  const { subject } = node.statement;
  if (!node.hasInventory) throw new Refused('it cites a process record, and has no inventory');
  const { record: digest, row: own } = subject.process;
  const wanted = { kind: PROCESS, what: 'its process record' };
  const { record, pending } = requireRecord(node, digest, nodes, wanted);
  requireSame(subject, record.statement.subject);
  requireAlone(record);
  const table = new ProcessTable(record, tables);
  table.requireSound();
  requireRow(table, own, subject.productIds);
  const made = only(node.opened, 'producedAmount');
  if (made !== null) table.requireProduced(own, made);
  const unseen = judgeLines(table, own, lines, subject.pcf);
  if (node.opened.complete) requireAllTaken(table, own, lines);
  const hidden = table.whyNotWhole() ?? unseen;
  if (hidden !== null) return new Unknown(hidden, UNSEEN.HIDDEN);
  const uncounted = table.uncountedCredit();
  return uncounted === null ? pending : new Unknown(uncounted, UNSEEN.UNSAID);
}

// The record is of the statement's period, rule pack and sites.
function requireSame({ pcf, computedWith, sites }, record) {
  const { periodStart, periodEnd, rule, site } = record;
  if (periodStart !== pcf.referencePeriodStart || periodEnd !== pcf.referencePeriodEnd)
    throw new Refused(`its process record is of another period: ${periodStart} to ${periodEnd}`);
  if (rule.id !== computedWith.rule.id || rule.digest !== computedWith.rule.digest)
    throw new Refused(`its process record is by another rule pack: ${rule.id}`);
  if (sites !== undefined && !sites.map(sameSite).includes(sameSite(site)))
    throw new Refused(`its process record is of a site that it does not name: ${site}`);
}

// No earlier record on the walk, in force or in use, allocates the same process and time.
function requireAlone({ allocatedBy }) {
  if (allocatedBy !== null)
    throw new Refused(`its process record and ${allocatedBy.digest} allocate one process`);
}

function requireRow(table, own, products) {
  table.requireRow(own, `row ${own}`);
  const row = table.output(own);
  if (row === undefined) return;
  if (row.method === WASTE) throw new Refused(`row ${own} is waste, which has no footprint`);
  if (!products.includes(row.productId))
    throw new Refused(`row ${own} of its process record is of another product`);
}

function judgeLines(table, own, lines, pcf) {
  const taken = new Set();
  let unseen = null;
  for (const { number, value } of lines) {
    const { method, activity } = value.allocation ?? {};
    if (activity === undefined) {
      if (SHARED.includes(method))
        throw new Refused(`line ${number} is a share and names no activity of its process record`);
      if (method === SUBSTITUTION && value.circular === undefined)
        throw new Refused(`line ${number} is a credit for no output of its process record`);
      continue;
    }
    if (!SHARED.includes(method) && method !== SUBSTITUTION)
      throw new Refused(`line ${number} names an activity, and is ${method}`);
    if (taken.has(activity))
      throw new Refused(`line ${number} takes activity ${activity} for the second time`);
    taken.add(activity);
    table.requireActivity(activity, `activity ${activity} of line ${number}`);
    const isSeen = table.output(own) !== undefined && table.activities.has(activity);
    if (!isSeen) unseen ??= `what line ${number} is a share of is hidden`;
    else if (!isShare(table, own, number, value, pcf))
      unseen ??= `which output line ${number} credits is hidden`;
  }
  return unseen;
}

// Whether a line could be judged. Amounts are compared as numbers.
function isShare(table, own, number, value, pcf) {
  const { activity, method, share: said, group } = value.allocation;
  const other = differs(value, table.activities.get(activity));
  if (other !== null)
    throw new Refused(`line ${number} is not activity ${activity} of its record: its ${other}`);
  const share = table.share(activity, own, method);
  if (share === null) return false;
  const expected = table.amount(activity, own, share, pcf);
  if (!Rational.from(baseOf(value.amount)).equals(Rational.from(expected)))
    throw new Refused(`line ${number} is not the share of activity ${activity}: ${expected} is`);
  if (said !== undefined && !Rational.from(said).equals(share))
    throw new Refused(`line ${number} says another share than its process record`);
  if (group !== undefined && fold(group) !== fold(table.process))
    throw new Refused(`line ${number} names another process than its process record`);
  return true;
}

// Activities that the own row must take, credits apart.
function requireAllTaken(table, own, lines) {
  const row = table.rows.get(own);
  if (row === undefined || !table.hasAllActivities) return;
  const named = new Set(lines.map(({ value }) => value.allocation?.activity));
  const shares = isSharing(row) && !row.share.isZero;
  for (const [index, { serves }] of table.activities) {
    const isAsked = serves === own || (shares && serves === undefined);
    if (isAsked && !named.has(index))
      throw new Refused(`activity ${index} of its process record is taken by no line`);
  }
}
