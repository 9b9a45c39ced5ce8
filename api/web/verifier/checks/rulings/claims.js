/**
 * Law 4 in check 7: a claim serves once. A line's certificate rests on its issuer's claim, and that
 * on the retirement record of a registry: beneficiary, period, amount. What was claimed first is
 * covered, whoever claims later. Without a retirement record a claim is unsigned.
 */
import { unitFactor, unitsConvert } from '../../calc/tables.js';
import { Refused } from '../../core/errors.js';
import { Rational, ZERO } from '../../core/rational.js';
import { fold, inCommon, spansOf } from '../../core/spelling.js';
import { only } from '../../evidence/opened.js';
import { CLAIM, RETIREMENT } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { broken, held, notApplicable, notCheckable, UNSEEN } from '../../walk/laws.js';
import { elsewhere } from './markets.js';
import { questions } from './numbers.js';
import { sameSites } from './places.js';
import { isRestedOn, requireRecord, Unknown } from './records.js';
import { retiredBy } from './retirements.js';

const LAW = 4;
const MEGAWATT_HOUR = 'megawatt hour';
// A certificate makes no average of a grid its holder's own.
const AVERAGED = Object.freeze(['grid', 'residual']);
const PROVEN = [1, 2, 3, 4];
const MAX_TAKERS = 1024;
// A line's amount, and what was produced, may be rounded to 15 digits each.
const AS_ROUNDED = new Rational(10n ** 14n - 1n, 10n ** 14n);

/** What a footprint does not state openly: how much was produced. */
class Unsaid extends Unknown {}

/**
 * @param {import('./inputsof.js').Inputs} inputs its node gets notices
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function claims({ node, lines, hidden }, nodes, tables) {
  const certified = lines.filter(({ value }) => has(value, 'certificate'));
  if (certified.length === 0)
    return hidden === null ? notApplicable(LAW) : notCheckable(LAW, hidden, UNSEEN.HIDDEN);
  const uses = new Uses(node, certified, nodes, tables);
  try {
    uses.requireWithinCertificates();
    const rests = uses.judgeClaims();
    if (hidden !== null) return notCheckable(LAW, hidden, UNSEEN.HIDDEN);
    return rests ? held(LAW) : notApplicable(LAW);
  } catch (error) {
    if (error instanceof Unknown) return error.ruling(LAW);
    if (error instanceof Refused) return broken(LAW, error.message);
    throw error;
  } finally {
    node.notices.push(...uses.notices());
  }
}

/** The lines of one footprint that have a certificate, and what was found of them. */
class Uses {
  #node;
  #lines;
  #nodes;
  #tables;
  #record;
  #unknown = null;
  #unsigned = new Map();
  #contested = new Map();
  #twice = new Map();
  #elsewhere = new Map();

  constructor(node, lines, nodes, tables) {
    this.#node = node;
    this.#lines = lines;
    this.#nodes = nodes;
    this.#tables = tables;
    this.#record = processOf(node, nodes);
    lines
      .filter(({ value }) => !has(value.certificate, 'claim'))
      .forEach(({ value }) => this.#noteUnsigned(value.certificate));
  }

  /** What readers should know of the claims. */
  notices() {
    return [
      ...[...this.#unsigned.values()].map(
        ({ id, registry }) =>
          `certificate ${id} of ${registry} rests on no retirement record: an unsigned claim`,
      ),
      ...[...this.#contested].map(
        ([retirement, others]) =>
          `retirement ${retirement} is claimed by ${others.join(', ')} too: contested`,
      ),
      ...[...this.#twice].map(
        ([retirement, records]) =>
          `certificates of retirement ${retirement} are retired by ` +
          `${records.join(', ')} too: contested`,
      ),
      ...this.#elsewhere.values(),
    ];
  }

  /** Refuses lines of one certificate that take more than it has, and averages with one. */
  requireWithinCertificates() {
    const averaged = this.#lines.find(({ value }) => AVERAGED.includes(value.electricity));
    if (averaged !== undefined)
      throw new Refused(
        `line ${averaged.number} has a certificate, and its electricity is ` +
          `${averaged.value.electricity}, an average`,
      );
    for (const [, lines] of grouped(this.#lines, ({ value }) => keyOf(value.certificate))) {
      const least = lines
        .map(({ value }) => Rational.from(value.certificate.MWh))
        .reduce((one, other) => (one.compare(other) <= 0 ? one : other));
      const used = lines.reduce((sum, line) => sum.add(this.#ofCertificate(line)), ZERO);
      if (used.compare(least) > 0)
        throw new Refused(
          `the lines of certificate ${lines[0].value.certificate.id} take more MWh than it has`,
        );
    }
  }

  /** Judges each claim that a line names; whether one of them rests on a retirement record. */
  judgeClaims() {
    const named = this.#lines.filter(({ value }) => has(value.certificate, 'claim'));
    let [rests, unknown] = [false, this.#unknown];
    for (const [digest, lines] of grouped(named, ({ value }) => value.certificate.claim)) {
      try {
        rests = this.#judgeClaim(digest, lines) || rests;
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        unknown ??= error;
      }
    }
    if (unknown !== null) throw unknown;
    return rests;
  }

  #judgeClaim(digest, lines) {
    const wanted = { kind: CLAIM, what: 'the claim of a line' };
    const { record: claim, pending } = requireRecord(this.#node, digest, this.#nodes, wanted);
    const { subject } = claim.statement;
    if (this.#record !== null && !this.#record.claims.includes(digest))
      throw new Refused(`its process record does not draw on claim ${digest}`);
    const { referencePeriodStart: start, referencePeriodEnd: end } =
      this.#node.statement.subject.pcf;
    const { periodStart, periodEnd } = subject;
    const isWithin = start <= periodStart && periodEnd <= end;
    if (!isWithin && !(periodStart <= start && end <= periodEnd))
      throw new Refused(`claim ${digest} is of another time than its reference period`);
    const undetermined = this.#requireUsesWithin(claim, lines);
    if (has(subject, 'retirement')) {
      const unknown = this.#judgeRetirement(claim, lines) ?? pending;
      if (unknown !== null) throw unknown;
      if (undetermined !== null) throw undetermined;
      return true;
    }
    const name = keyOf(subject.certificate);
    const other = lines.find((line) => keyOf(line.value.certificate) !== name);
    if (other !== undefined)
      throw new Refused(`line ${other.number} names another certificate than its claim`);
    this.#noteUnsigned(subject.certificate);
    if (undetermined !== null) throw undetermined;
    return false;
  }

  #noteUnsigned(certificate) {
    const key = keyOf(certificate);
    if (!this.#unsigned.has(key)) this.#unsigned.set(key, certificate);
  }

  // What of the retirement record is not known yet, or null.
  #judgeRetirement(claim, lines) {
    const { issuer, subject, digest } = claim.statement;
    const wanted = { kind: RETIREMENT, what: 'the retirement of a claim', own: false };
    const found = requireRecord(claim, subject.retirement, this.#nodes, wanted);
    const { record, pending } = found;
    const retired = record.statement.subject;
    const own = this.#claimsOn(record, claim);
    if (record.retiredToo.length > 0) this.#twice.set(record.digest, record.retiredToo);
    const values = lines.map(({ value }) => value);
    const market = elsewhere(record.statement, this.#node.statement, values, this.#nodes);
    if (market !== null && !this.#elsewhere.has(record.digest))
      this.#elsewhere.set(record.digest, market);
    if (retired.beneficiary !== issuer)
      throw new Refused(
        `${subject.retirement} is for ${retired.beneficiary}, and ${issuer} claims`,
      );
    if (subject.periodStart < retired.productionStart || subject.periodEnd > retired.productionEnd)
      throw new Refused(`claim ${digest} is not of the time in which it was made`);
    for (const { number, value } of lines) {
      const { id, registry } = value.certificate;
      if (fold(registry) !== fold(retired.registry))
        throw new Refused(`line ${number} names another registry than its retirement record`);
      if (!inCommon(spansOf({ from: id, to: id }), retiredBy(retired)))
        throw new Refused(`line ${number} names a certificate that its retirement record does not`);
      if (this.#isElectricity(value) && retired.attribute !== 'electricity')
        throw new Refused(`line ${number} takes electricity, and ${retired.attribute} was retired`);
    }
    this.#requireCovered(own, claim, retired.amount);
    return pending;
  }

  // A line takes electricity where it, or what it cites, says so.
  #isElectricity({ electricity, source }) {
    const factor = this.#nodes.get(source.statement)?.statement;
    return electricity !== undefined || factor?.subject.includesTransmission !== undefined;
  }

  // The claims in use on a retirement by the claim's issuer; those of others make it contested.
  #claimsOn(retirement, claim) {
    const { digest, citedBy, concernedBy } = retirement;
    const onIt = [...new Set([claim, ...citedBy, ...concernedBy])].filter(
      (one) =>
        one.statement?.kind === CLAIM &&
        one.statement.concerns === digest &&
        (one === claim ||
          ((!one.ended || isRestedOn(one)) && PROVEN.every((number) => one.passed(number)))),
    );
    const isOwn = (one) => one.statement.issuer === claim.statement.issuer;
    const others = new Set(onIt.filter((one) => !isOwn(one)).map((one) => one.statement.issuer));
    if (others.size > 0) this.#contested.set(digest, [...others].sort());
    return onIt.filter(isOwn);
  }

  // In the order of the log they stay within what was retired, up to the one that is used.
  #requireCovered(own, claim, { value, unit }) {
    const drawn = own.map((one) => {
      const { amount } = one.statement.subject;
      const factor = unitFactor(this.#tables, amount.unit, unit);
      return { index: one.index ?? 0n, amount: Rational.from(amount.value).mul(factor) };
    });
    const upToIt = drawn
      .filter(({ index }) => index <= (claim.index ?? 0n))
      .reduce((sum, { amount }) => sum.add(amount), ZERO);
    if (upToIt.compare(Rational.from(value)) > 0)
      throw new Refused('the claims on its retirement record exceed the amount of it');
  }

  // Refuses uses of a claim, of every footprint up to this one, that are more than it. What of the
  // uses can't be determined is returned, or null.
  #requireUsesWithin(claim, lines) {
    const { value, unit } = claim.statement.subject.amount;
    const taken = new Map();
    let unknown = null;
    const take = (node, line, isOwn) => {
      try {
        const use = useOf(node, line, this.#nodes, this.#tables);
        if (!isOwn && !unitsConvert(this.#tables, use.unit, unit)) return;
        const found = use.amount.mul(unitFactor(this.#tables, use.unit, unit));
        const known = taken.get(use.source);
        if (known === undefined || known.compare(found) < 0) taken.set(use.source, found);
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        unknown ??= error;
      }
    };
    for (const node of takersOf(claim, this.#node))
      for (const line of node.claimed.get(claim.digest) ?? []) take(node, line, false);
    const who = taken.size === 0 ? 'its lines take' : 'its lines and earlier footprints take';
    for (const line of lines) take(this.#node, line, true);
    const sum = [...taken.values()].reduce((one, other) => one.add(other), ZERO);
    if (sum.compare(Rational.from(value)) > 0)
      throw new Refused(`${who} more of claim ${claim.digest} than was claimed`);
    return unknown;
  }

  // What a line takes of its certificate, in MWh; what is hidden takes nothing yet.
  #ofCertificate(line) {
    try {
      const { amount, unit } = useOf(this.#node, line, this.#nodes, this.#tables);
      return amount.mul(unitFactor(this.#tables, unit, MEGAWATT_HOUR));
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      if (!(error instanceof Unsaid)) {
        this.#unknown ??= error;
        return ZERO;
      }
      const { value, unit } = line.value.amount;
      return Rational.from(value).mul(unitFactor(this.#tables, unit, MEGAWATT_HOUR));
    }
  }
}

/**
 * What a line uses in its whole period: the activity that it is a share of, else its part of what
 * was produced. `source` says of which record or footprint.
 * @throws {Unknown} where that is hidden
 */
function useOf({ statement, opened, digest, terms }, { number, value }, nodes, tables) {
  const { subject } = statement;
  const index = value.allocation?.activity;
  if (has(subject, 'process') && index !== undefined) {
    const activity = processOf({ statement }, nodes)?.activities.get(index);
    if (activity === undefined)
      throw new Unknown(`the activity that line ${number} is a share of is hidden`, UNSEEN.HIDDEN);
    const { value: amount, unit } = activity.amount;
    return { source: `${subject.process.record} ${index}`, amount: Rational.from(amount), unit };
  }
  const made = only(opened, 'producedAmount');
  const isSaid = made !== null && unitsConvert(tables, made.unit, terms.unit);
  const produced = isSaid
    ? Rational.from(made.value).mul(unitFactor(tables, made.unit, terms.unit))
    : ZERO;
  if (produced.compare(ZERO) <= 0) {
    const isSigned = made === null && has(subject, 'producedAmount');
    const unseen = isSigned ? UNSEEN.HIDDEN : UNSEEN.UNSAID;
    throw new Unsaid('what was produced is not stated', unseen);
  }
  const times = produced.div(Rational.from(subject.pcf.declaredUnitAmount)).mul(AS_ROUNDED);
  const amount = Rational.from(value.amount.value).mul(times);
  return { source: `${digest} ${number}`, amount, unit: value.amount.unit };
}

// Footprints before the last, of its issuer and in force, that rest on a claim; without those that
// a later one of the same number replaces.
function takersOf(claim, last) {
  if (claim.citedBy.size > MAX_TAKERS)
    throw new Unknown(
      `more than ${MAX_TAKERS} footprints rest on claim ${claim.digest}`,
      UNSEEN.NOT_REACHED,
    );
  if (last.index === null) return [];
  const found = new Map();
  for (const node of claim.citedBy) {
    const isEarlier = node !== last && (node.index ?? -1n) < last.index;
    const isInForce = !node.ended && PROVEN.every((number) => node.passed(number));
    const isOwn = node.statement?.issuer === last.statement.issuer;
    if (isEarlier && isInForce && isOwn) found.set(node.digest, node);
  }
  const replaced = new Set();
  for (const later of [...found.values(), last]) {
    for (const digest of later.statement.subject.precedingStatements ?? []) {
      const earlier = found.get(digest);
      if (earlier !== undefined && isOfOneNumber(later, earlier)) replaced.add(digest);
    }
  }
  return [...found.values()].filter(({ digest }) => !replaced.has(digest));
}

function isOfOneNumber(one, other) {
  if (!sameSites(one.statement.subject, other.statement.subject)) return false;
  const asked = new Set(questions(one.statement).map((each) => JSON.stringify(each)));
  return questions(other.statement).some((each) => asked.has(JSON.stringify(each)));
}

// One key for one certificate, however its two texts are spelled.
function keyOf({ registry, id }) {
  return JSON.stringify([fold(registry), fold(id)]);
}

function grouped(lines, key) {
  const groups = new Map();
  for (const line of lines) {
    const name = key(line);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(line);
  }
  return groups;
}

// The claims and open activities of the process record that a footprint cites.
function processOf({ statement: { subject } }, nodes) {
  const record = nodes.get(subject.process?.record);
  if (!record?.readable || !has(record.statement.subject, 'activities')) return null;
  return {
    claims: record.statement.subject.claims ?? [],
    activities: record.opened.activities.items,
  };
}
