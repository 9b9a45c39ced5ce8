/**
 * What a policy requires of an answer and the answer does not have: one line for each, which begins
 * with the member's name. Shares are compared as they are printed, and no part that is there is
 * printed as 0.00 (partition.js), so a bound of 0 takes nothing.
 */
import { whyNotHeld } from '../checks/conformity.js';
import { level } from '../checks/assurance.js';
import { Rational, ZERO } from '../core/rational.js';
import { seconds } from '../core/time.js';
import { has } from '../schema/rules.js';
import { ASSURANCE } from './policy.js';

const NO_SHARES = 'there is no gross to take shares of';
const HUNDRED = Rational.of(100);

/** What the coverage lacks; of an answer in which something failed this is not asked. */
export function ofShares(policy, coverage) {
  const recomputing = policy.arithmetic === 'recomputed';
  const most = recomputing ? '0' : policy.mostUnsigned;
  const { leastPrimary: least, mostNoLongerAdmitted: lapsed } = policy;
  if (coverage === null) {
    return [
      ...(recomputing ? [`arithmetic: ${NO_SHARES}, and recomputed is required`] : []),
      ...(!recomputing && Rational.from(most).compare(HUNDRED) < 0
        ? [`mostUnsigned: ${NO_SHARES}, ${percent(most)} is the most`]
        : []),
      ...(Rational.from(least).isZero
        ? []
        : [`leastPrimary: ${NO_SHARES}, ${percent(least)} is the least`]),
      ...(Rational.from(lapsed).compare(HUNDRED) < 0
        ? [`mostNoLongerAdmitted: ${NO_SHARES}, ${percent(lapsed)} is the most`]
        : []),
    ];
  }
  const { primary } = coverage.data;
  const parts = [['the gross', coverage.checked]];
  if (coverage.takenOff !== null) parts.push(['removals and credits', coverage.takenOff]);
  const found = [];
  for (const [what, { signed }] of parts) {
    if (recomputing && !Rational.from(signed).isZero) {
      found.push(
        `arithmetic: ${percent(signed)} of ${what} is only signed, recomputed is required`,
      );
    }
  }
  const why = recomputing ? ' where recomputed is required' : '';
  for (const [what, { unsigned }] of parts) {
    if (isMore(unsigned, most)) {
      found.push(
        `mostUnsigned: ${percent(unsigned)} of ${what} is unsigned, ` +
          `${percent(most)} is the most${why}`,
      );
    }
  }
  if (isMore(least, primary)) {
    found.push(
      `leastPrimary: ${percent(primary)} of the gross is primary data, ` +
        `${percent(least)} is the least`,
    );
  }
  const { noLongerAdmitted: gone, notSeen } = coverage.standing;
  if (notKnown(coverage.standing).compare(Rational.from(lapsed)) > 0) {
    found.push(
      `mostNoLongerAdmitted: ${percent(gone)} of the gross rests on issuers no longer admitted, ` +
        `${percent(notSeen)} on issuers that are not seen, ${percent(lapsed)} is the most`,
    );
  }
  const off = notKnown(coverage.takenOffStanding);
  if (off.compare(Rational.from(lapsed)) > 0) {
    found.push(
      `mostNoLongerAdmitted: ${percent(off.fixed(2))} of removals and credits rests on issuers ` +
        `no longer admitted or not seen, ${percent(lapsed)} is the most`,
    );
  }
  const assured = coverage.bodies.noLongerAdmitted;
  if (isMore(assured, lapsed)) {
    found.push(
      `mostNoLongerAdmitted: ${percent(assured)} of the gross is assured by bodies no longer ` +
        `admitted, ${percent(lapsed)} is the most`,
    );
  }
  return found;
}

// What nothing shows to rest on issuers who are admitted; nothing where there is no partition.
function notKnown(standing) {
  if (standing === null) return Rational.from('0');
  return Rational.from(standing.noLongerAdmitted).add(Rational.from(standing.notSeen));
}

/** What is left out, not assured, not fresh or not judged. */
export function ofWalk(subject, nodes, context) {
  const { policy } = context;
  const found = exempted(nodes, policy);
  const reached = level(subject);
  if (ASSURANCE.indexOf(reached) < ASSURANCE.indexOf(policy.assurance)) {
    found.push(`assurance: ${policy.assurance} is required, the subject has ${reached}`);
  }
  found.push(...old(subject, context));
  for (const pack of policy.rules) {
    const why = whyNotHeld(pack, subject, nodes, context);
    if (why !== null) found.push(`rules: ${pack} must hold, and ${why}`);
  }
  return found;
}

/** What more is taken off the gross than may be, exactly as signed. */
export function ofTotals(policy, totals) {
  if (totals === null) return [];
  const [gross, removals, captured, credits] = [
    totals.gross,
    totals.removals,
    totals.captured,
    totals.credits,
  ].map((text) => Rational.from(text));
  return [
    ...takenOff('mostRemovals', 'removed or captured', policy.mostRemovals, removals.add(captured)),
    ...takenOff('mostCredits', 'credited', policy.mostCredits, credits),
  ];

  function takenOff(member, how, most, taken) {
    if (most === null || taken.isZero) return [];
    if (gross.sign <= 0) return [`${member}: the gross is not above zero and something is ${how}`];
    const share = upwards(taken.neg().mul(HUNDRED).div(gross)); // no trace is nothing
    if (share.compare(Rational.from(most)) <= 0) return [];
    const shown = percent(share.fixed(2));
    return [`${member}: ${shown} of the gross is ${how}, ${percent(most)} is the most`];
  }
}

// The footprint that says it leaves out most, if that is too much. Each says it of itself and in
// the open; what they come to together can't be computed: what was left out has no whole. What is
// behind hidden lines is not seen, and meets no bound.
function exempted(nodes, policy) {
  let [most, where, hidden] = [policy.mostExempted, null, false];
  for (const node of nodes.values()) {
    if (!node.counts || !node.isFootprint) continue;
    const { pcf } = node.statement.subject;
    hidden ||= node.hasInventory && node.opened !== null && !node.opened.complete;
    if (has(pcf, 'exemptedEmissionsPercent') && isMore(pcf.exemptedEmissionsPercent, most))
      [most, where] = [pcf.exemptedEmissionsPercent, node];
  }
  const bound = percent(policy.mostExempted);
  if (where === null && hidden && Rational.from(policy.mostExempted).compare(HUNDRED) < 0) {
    return [
      'mostExempted: lines are hidden, and what the footprints behind them leave out is not ' +
        `seen, ${bound} is the most`,
    ];
  }
  if (where === null) return [];
  const path = where.path.join(' > ');
  return [`mostExempted: ${path} leaves out ${percent(most)}, ${bound} is the most`];
}

function old(subject, { policy, asOf, block }) {
  const found = [];
  const seen = asOf - block.time;
  if (policy.oldestStatus !== null && seen > policy.oldestStatus) {
    found.push(
      `oldestStatus: the chain was seen ${seen} s before the time asked, ` +
        `${policy.oldestStatus} s is the most`,
    );
  }
  if (policy.oldestPeriod === null) return found;
  if (!subject.isFootprint)
    return [...found, 'oldestPeriod: the subject has no reference period'];
  const ago = asOf - seconds(subject.statement.subject.pcf.referencePeriodEnd, 'period');
  if (ago > policy.oldestPeriod) {
    found.push(
      `oldestPeriod: the reference period ended ${ago} s before the time asked, ` +
        `${policy.oldestPeriod} s is the most`,
    );
  }
  return found;
}

/** A share in words: 12.30 as `12.3 %`. */
export function percent(share) {
  return `${share.includes('.') ? share.replace(/0+$/, '').replace(/\.$/, '') : share} %`;
}

function isMore(one, other) {
  return Rational.from(one).compare(Rational.from(other)) > 0;
}

// Up to two places.
function upwards({ n, d }) {
  const units = n * 100n;
  const whole = units / d;
  return new Rational(whole + (whole * d < units ? 1n : 0n), 100n);
}
