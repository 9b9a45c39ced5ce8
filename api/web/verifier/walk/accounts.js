/**
 * Where the gross of a footprint ends: a recomputed line that ends in somebody else's factor is
 * recomputed, a published figure and an attested one unsigned, and what was not recomputed, or
 * one's own factor, assured or only signed. Removals, credits and memo flows weigh nothing. In
 * doubles, by one order of operations, so that each verifier comes to the same last digit.
 *
 * @typedef {object} Account what ends at a statement, per declared amount, and what goes on
 * @property {import('./node.js').Node} node
 * @property {{checked: string, share: number, primary: number, hidden: boolean}[]} ends |gross| of
 *   each, and whether lines that are hidden, or not recomputed, lead on from there
 * @property {{checked: string, share: number, displaced: import('./node.js').Node | null,
 *   hidden: boolean}[]} takenOff removals and credits that end there, and the footprint by which a
 *   credit is given
 * @property {{to: import('./node.js').Node, scale: number, primary: boolean}[]} goesOn
 */
import { standsIn } from '../checks/assurance.js';
import { related } from '../checks/independence.js';
import { toNumber } from '../core/float.js';
import { exactly, grossOf, takenOffOf } from '../calc/columns.js';
import { isCredit, primaryShareOf, scaleOf } from '../calc/lines.js';
import { Rational, ZERO } from '../core/rational.js';
import { ATTESTED, PRODUCT } from '../schema/footprint.js';
import { has } from '../schema/rules.js';

const ARITHMETIC = 8;
const ALL = Rational.of(100);

/**
 * The accounts of the subject and of every readable footprint below it, each before its inputs.
 * @returns {Account[]}
 */
export function accountsOf(subject, nodes, context) {
  return inputsFirst(subject, nodes)
    .reverse()
    .map((node) => account(node, nodes, context));
}

/** How many declared amounts of each statement the subject takes by the edges that count. */
export function takesOf(accounts, counts) {
  const terms = new Map(accounts.map(({ node }, place) => [node, place === 0 ? [1] : []]));
  const takes = new Map();
  for (const one of accounts) {
    const times = rising(terms.get(one.node));
    takes.set(one.node, times);
    for (const edge of one.goesOn) {
      if (counts(one, edge)) terms.get(edge.to).push(times * edge.scale);
    }
  }
  return takes;
}

/**
 * How many declared amounts of each statement the subject takes, by the highest rank on the way,
 * both its ends included.
 * @param {Account[]} accounts
 * @param {Map<import('./node.js').Node, number>} ranks from 0 to `count` - 1
 */
export function takesByRank(accounts, ranks, count) {
  const distinct = new Set(ranks.values());
  if (distinct.size === 1) return takesOfOneRank(accounts, [...distinct][0], count);
  const every = Array.from({ length: count }, (_, rank) => rank);
  const terms = new Map(accounts.map(({ node }) => [node, every.map(() => [])]));
  if (accounts.length > 0) terms.get(accounts[0].node)[ranks.get(accounts[0].node)].push(1);
  const takes = new Map();
  for (const { node, goesOn } of accounts) {
    const times = terms.get(node).map(rising);
    takes.set(node, times);
    for (const rank of every.filter((one) => terms.get(node)[one].length > 0)) {
      for (const { to, scale } of goesOn)
        terms.get(to)[Math.max(rank, ranks.get(to))].push(times[rank] * scale);
    }
  }
  return takes;
}

// The same where all have one rank, as nearly always.
function takesOfOneRank(accounts, rank, count) {
  const terms = new Map(accounts.map(({ node }, place) => [node, place === 0 ? [1] : []]));
  const takes = new Map();
  for (const { node, goesOn } of accounts) {
    const own = terms.get(node);
    const times = new Array(count).fill(0);
    times[rank] = rising(own);
    takes.set(node, times);
    if (own.length === 0) continue;
    for (const { to, scale } of goesOn) terms.get(to).push(times[rank] * scale);
  }
  return takes;
}

/** The sum, added one by one from the smallest term up. */
export function rising(terms) {
  // Of two the order does not matter.
  if (terms.length < 3) return 0 + (terms[0] ?? 0) + (terms[1] ?? 0);
  return Float64Array.from(terms)
    .sort()
    .reduce((sum, term) => sum + term, 0);
}

/** The readable footprints below a subject and itself, each after its inputs. */
export function inputsFirst(subject, nodes) {
  const ordered = []; // depth-first without recursion
  const entered = new Set();
  const waiting = [{ node: subject, done: false }];
  while (waiting.length > 0) {
    const { node, done } = waiting.pop();
    if (done) ordered.push(node);
    if (done || entered.has(node) || !node.readable || !node.isFootprint) continue;
    entered.add(node);
    waiting.push({ node, done: true });
    for (const { digest } of node.citations) {
      const other = nodes.get(digest);
      if (other !== undefined) waiting.push({ node: other, done: false });
    }
  }
  return ordered;
}

/** @returns {Account} */
function account(node, nodes, context) {
  const { pcf, role } = node.statement.subject;
  const found = { node, ends: [], takenOff: [], goesOn: [] };
  const { components } = node.cited;
  const total = grossOf(components);
  if (role === ATTESTED) {
    // Its receiver signed it, and what it says was never signed by who made it.
    end(found, total, 'unsigned', Rational.from(pcf.primaryDataShare));
    takeOff(found, takenOffOf(components), 'unsigned');
    return found;
  }
  if (!node.hasInventory) {
    // It stands at the end of recomputed lines; its own figure was only ever signed.
    end(found, total, isOwnWord(node) ? 'signed' : 'recomputed', ZERO);
    takeOff(found, takenOffOf(components), 'signed'); // without evidence, so its word
    return found;
  }
  const isProduct = role === PRODUCT; // a factor is secondary data
  const citing = new Map(node.citations.map(({ line, digest }) => [line, nodes.get(digest)]));
  let [rest, restOff] = [total, takenOffOf(components)];
  let primaryLeft = Rational.from(pcf.primaryDataShare).mul(total);
  for (const [index, value] of node.opened.lines) {
    const isPublished = has(value.source, 'published');
    if (!node.recomputed.has(index) && !isPublished) continue;
    const weight = grossOf(exactly(value.result));
    rest = rest.sub(weight);
    const off = takenOffOf(exactly(value.result));
    restOff = restOff.sub(off);
    if (isCredit(value) || !citing.has(index))
      takeOff(found, off, isPublished ? 'unsigned' : 'recomputed', citing.get(index) ?? null);
    if (isCredit(value)) continue; // what it displaces is no part of the gross
    // What open lines show is theirs: else hiding a line that is not primary would raise the share.
    const shown = primaryShareOf({ value, cited: citing.get(index)?.cited ?? null });
    primaryLeft = primaryLeft.sub(shown.mul(weight));
    if (citing.has(index)) {
      const cited = citing.get(index);
      const scale = toNumber(scaleOf(takerOf(value, cited.cited), context.tables));
      found.goesOn.push({ to: cited, scale, primary: value.primary && isProduct });
    } else {
      const primary = isProduct ? primaryShareOf({ value, cited: null }) : ZERO;
      end(found, weight, isPublished ? 'unsigned' : 'recomputed', primary);
    }
  }
  if (!node.opened.complete || node.recomputed.size < node.opened.lines.size) {
    const checked = standsIn(node, ARITHMETIC) ? 'assured' : 'signed';
    end(found, rest, checked, ofRest(primaryLeft, rest), true);
    takeOff(found, restOff, checked, null, true);
  }
  return found;
}

// A line with its amount, and without what only a total asks of it.
function takerOf(value, cited) {
  return { amount: Rational.from(value.amount.value), unit: value.amount.unit, cited };
}

// Whether a factor is a word on whoever gives it: the subject's, or that of who cites it. Else a
// maker who publishes factors too would recompute whatever it likes from its own.
function isOwnWord(node) {
  const citing = [...node.citedBy];
  return (
    citing.length === 0 || citing.some((one) => one.isFootprint && related(one, node) !== null)
  );
}

// The percentage of a hidden rest that is primary.
function ofRest(primary, rest) {
  if (rest.isZero) return ZERO;
  const share = primary.div(rest);
  if (share.sign < 0) return ZERO;
  return share.compare(ALL) > 0 ? ALL : share;
}

function takeOff({ takenOff }, weight, checked, displaced = null, hidden = false) {
  takenOff.push({ checked, share: toNumber(weight.abs()), displaced, hidden });
}

function end({ ends }, weight, checked, primaryShare, hidden = false) {
  const share = toNumber(weight.abs());
  ends.push({ checked, share, primary: (share * toNumber(primaryShare)) / 100, hidden });
}
