/**
 * Law 5, variants: a variant's number is its row of a pool, and the pool is the base number. Those
 * take from one another whose reason is energy attributes, recycled content or mass balance, and
 * those of any reason that show what only a pool gives them.
 */
import { unitFactor } from '../../calc/tables.js';
import { Refused } from '../../core/errors.js';
import { Rational } from '../../core/rational.js';
import { GEOGRAPHY } from '../../schema/footprint.js';
import { POOL } from '../../schema/kinds.js';
import { has } from '../../schema/rules.js';
import { broken, held, notCheckable, UNSEEN } from '../../walk/laws.js';
import { sameSites, withinSites } from './places.js';
import { MADE, requireMade } from './pools.js';
import { question } from './question.js';
import { requireRecord, Unknown } from './records.js';

const LAW = 5;
const SHARING = ['energy-attributes', 'recycled-content', 'mass-balance'];
// Of this reason a variant may be about some of its base's sites.
const SITE = 'site';
const HIDDEN = 'whether its variant takes from a shared pool is hidden with its lines';
const ATTRIBUTED = ['mass-balance', 'book-and-claim'];
const ATTRIBUTIONS = ['attributedBiogenicCarbon', 'attributedRecycledCarbon'];
const SHARED_POWER = ['contract', 'own'];
const OF_POOL = { kind: POOL, what: 'its variant pool' };

/**
 * @param {import('../../walk/node.js').Node} node a footprint
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @param {import('../../calc/tables.js').Tables} tables
 * @param {import('./pools.js').Pools} pools of the walk
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function variants(node, nodes, tables, pools) {
  const { variant } = node.statement.subject;
  if (variant === undefined) return held(LAW);
  if (!has(variant, 'pool')) {
    const why = unpooled(node);
    if (why !== null) return notCheckable(LAW, why, UNSEEN.UNSAID);
    const hides = node.hasInventory && !node.opened.complete;
    return hides ? notCheckable(LAW, HIDDEN, UNSEEN.HIDDEN) : held(LAW);
  }
  try {
    const unknown = judge(node, nodes, tables, pools);
    return unknown === null ? held(LAW) : unknown.ruling(LAW);
  } catch (error) {
    if (error instanceof Unknown) return error.ruling(LAW);
    if (error instanceof Refused) return broken(LAW, error.message);
    throw error;
  }
}

/**
 * Whether check 5 was not made for law 5 alone, and what it asks for is here and not shown: a pool
 * or base of a variant that names a pool, the lines of one that names none.
 */
export function hidesLaw(node) {
  const { state, law, unseen } = node.check(LAW);
  if (state !== 'not_checked' || law !== LAW) return false;
  return [UNSEEN.HIDDEN, UNSEEN.PENDING].includes(unseen);
}

// Why a variant has to name a pool and doesn't, as far as its lines are open, or null. A reason
// that takes from no pool is no way around one.
function unpooled({ statement: { subject }, opened }) {
  const says = (what) => `its variant takes from a shared pool${what} and names none`;
  if (SHARING.includes(subject.variant.reason)) return says('');
  const { model, freeAttribution, ...custody } = subject.chainOfCustody ?? {};
  if (freeAttribution || ATTRIBUTED.includes(model))
    return says(' (chainOfCustody attributes to it)');
  if (ATTRIBUTIONS.some((name) => has(custody, name) && !isZero(custody[name])))
    return says(' (chainOfCustody attributes carbon to it)');
  for (const [number, line] of opened.lines) {
    const drawn = drawnBy(line);
    if (drawn !== null) return says(` (line ${number}: ${drawn})`);
  }
  return null;
}

// What a line gives to one variant that its maker could give to another instead.
function drawnBy(line) {
  if (SHARED_POWER.includes(line.electricity)) return `electricity ${line.electricity}`;
  if (has(line, 'certificate')) return 'a certificate';
  return has(line, 'circular') && !isZero(line.circular.R1) ? 'recycled content' : null;
}

const isZero = (text) => Rational.from(text).isZero;

// What of the pool, its base or the variant is hidden or not known yet, or null.
function judge(node, nodes, tables, pools) {
  const { subject } = node.statement;
  const { record: pool, pending } = requireRecord(node, subject.variant.pool, nodes, OF_POOL);
  const parted = pools.require(pool);
  const made = requireRow(node, pool, parted, tables);
  if (!parted.whole) return new Unknown('its variant pool hides rows', UNSEEN.HIDDEN);
  return made ?? parted.unknown ?? pending;
}

// Holds a variant to its base and to its row; returns what of it is hidden, or null.
function requireRow(node, pool, { base, rows, whole }, tables) {
  const { subject } = node.statement;
  if (!subject.productIds.includes(pool.statement.subject.product))
    throw new Refused('its variant pool is of another product');
  const [mine, theirs] = [subject, base].map(asked);
  const other = Object.keys(mine).find((name) => mine[name] !== theirs[name]);
  if (other !== undefined) throw new Refused(`the base of its variant pool is of another ${other}`);
  requirePlace(subject, base);
  if (!has(subject, MADE))
    throw new Refused('it does not state how much was produced, which the volume of its row is');
  const own = rows.get(subject.variant.code);
  if (own === undefined && whole) throw new Refused('its variant pool has no row of its code');
  if (own === undefined) throw new Unknown('its row of its variant pool is hidden', UNSEEN.HIDDEN);
  if (!Rational.from(own.value).equals(perBase(subject.pcf, base.pcf, tables)))
    throw new Refused('its number is not that of its row of the variant pool');
  const { unit } = pool.statement.subject;
  return requireMade(node, Rational.from(own.volume), unit, 'its row of the pool', tables);
}

// What a variant has in common with its base, as it is said in a message: the number's question
// and period.
function asked(subject) {
  const { rule, set, variant, ...same } = question(subject);
  const { referencePeriodStart: start, referencePeriodEnd: end } = subject.pcf;
  return { ...same, 'rule pack': rule, 'GWP set': set, 'reference period': `${start}/${end}` };
}

// Its base is of its sites and geography; where a site is the reason, of its site among others.
function requirePlace(subject, base) {
  if (subject.variant.reason === SITE) {
    if (!withinSites(subject, base))
      throw new Refused('the base of its variant pool is not of its site');
    return;
  }
  if (!sameSites(subject, base))
    throw new Refused('the base of its variant pool is of other sites');
  if (GEOGRAPHY.some((name) => subject.pcf[name] !== base.pcf[name]))
    throw new Refused('the base of its variant pool is of another geography');
}

// A footprint's number for the base's declared amount.
function perBase(pcf, base, tables) {
  const [unit, into] = [pcf, base].map((one) => one.declaredUnitOfMeasurement);
  const amount = Rational.from(pcf.declaredUnitAmount).mul(unitFactor(tables, unit, into));
  return Rational.from(pcf.pcfExcludingBiogenicUptake)
    .mul(Rational.from(base.declaredUnitAmount))
    .div(amount);
}
