/**
 * The report's coverages, partitions of the gross: how what makes up the subject's was checked, on
 * what data it rests, who assured it, and whose standing it rests on (accounts.js says where each
 * ends). Nothing is capped, and nothing is a share of the net.
 */
import { accountsOf, rising, takesByRank, takesOf } from './accounts.js';
import { level } from '../checks/assurance.js';
import { byBody, byStanding } from './lapsed.js';
import { partition } from '../calc/partition.js';
import { ASSURANCE } from './policy.js';

const CHECKED = Object.freeze(['recomputed', 'assured', 'signed', 'unsigned']);

/**
 * Only for a walk on which nothing failed: what contradicts itself has no shares.
 * @param {import('./node.js').Node} subject
 * @param {Map<string, import('./node.js').Node>} nodes
 * @param {import('./context.js').Context} context
 * @param {import('./lapsed.js').NoLonger} gone who is no longer admitted
 * @returns {object | null} null where the subject can't be read, its gross is zero or no double
 *   holds the amounts
 */
export function coverage(subject, nodes, context, gone) {
  if (!subject.readable || !subject.isFootprint) return null;
  const accounts = accountsOf(subject, nodes, context);
  const takes = takesOf(accounts, () => true);
  const [checked, takenOff] = [byCheck(accounts, takes), takenOffOf(accounts, takes)];
  const [levels, primary] = [byLevel(accounts), primaryOf(accounts)];
  const total = rising(Object.values(checked));
  const bodies = byBody(accounts, gone, levels);
  const [standing, offStanding] = byStanding(accounts, nodes);
  const parts = [takenOff, offStanding, levels, bodies, standing];
  const weights = parts.flatMap((one) => Object.values(one));
  const amounts = [total, primary, ...weights];
  if (total === 0 || !amounts.every(Number.isFinite)) return null;
  return {
    checked: partition(checked),
    data: partition({ primary, secondary: total - primary }),
    assurance: partition(levels),
    bodies: partition(bodies),
    standing: partition(standing),
    takenOff: partitionOfAny(takenOff),
    takenOffStanding: partitionOfAny(offStanding),
  };
}

const partitionOfAny = (weights) =>
  Object.values(weights).some((part) => part !== 0) ? partition(weights) : null;

/** Who assured: the subject's level, how many footprints, and by which bodies. */
export function assured(subject, nodes, { trust }) {
  const known = trust.accreditors.size > 0 ? 'checked' : 'not checked';
  const footprints = nodes.filter(({ isFootprint }) => isFootprint);
  const reached = footprints.filter((node) => node.assured.length > 0);
  const bodies = new Set(reached.flatMap((node) => node.assured.map(({ issuer }) => issuer)));
  return {
    level: level(subject),
    assured: reached.length,
    footprints: footprints.length,
    bodies: [...bodies].sort().map((did) => ({
      did,
      accreditation: trust.auditors.has(did) ? 'named in the trust file' : known,
    })),
  };
}

// What ends, by how it was checked.
function byCheck(accounts, takes) {
  const terms = Object.fromEntries(CHECKED.map((name) => [name, []]));
  for (const { node, ends } of accounts) {
    const times = takes.get(node);
    for (const { checked, share } of ends) terms[checked].push(times * share);
  }
  return Object.fromEntries(CHECKED.map((name) => [name, rising(terms[name])]));
}

// Removals and credits, by how they were checked. A credit by a footprint is parted as the gross of
// that footprint is: it is worth no more.
function takenOffOf(accounts, takes) {
  const below = checkedBelow(accounts);
  const terms = Object.fromEntries(CHECKED.map((name) => [name, []]));
  for (const { node, takenOff } of accounts) {
    for (const { checked, share, displaced } of takenOff) {
      const times = takes.get(node) * share;
      const parts = Object.entries(below.get(displaced) ?? {});
      const whole = rising(parts.map(([, part]) => part));
      if (whole === 0) terms[checked].push(times);
      else for (const [name, part] of parts) terms[name].push(times * (part / whole));
    }
  }
  return Object.fromEntries(CHECKED.map((name) => [name, rising(terms[name])]));
}

// The gross of each per declared amount, by how it was checked; inputs come last.
function checkedBelow(accounts) {
  const found = new Map();
  const credited = accounts.some(({ takenOff }) => takenOff.some((one) => one.displaced !== null));
  if (!credited) return found;
  for (const { node, ends, goesOn } of [...accounts].reverse()) {
    const terms = Object.fromEntries(CHECKED.map((name) => [name, []]));
    for (const { checked, share } of ends) terms[checked].push(share);
    for (const { to, scale } of goesOn) {
      for (const [name, part] of Object.entries(found.get(to))) terms[name].push(scale * part);
    }
    found.set(node, Object.fromEntries(CHECKED.map((name) => [name, rising(terms[name])])));
  }
  return found;
}

// What primary activity data leads all the way down to.
function primaryOf(accounts) {
  const takes = takesOf(accounts, (_, { primary }) => primary);
  return rising(
    accounts.flatMap(({ node, ends }) => ends.map(({ primary }) => takes.get(node) * primary)),
  );
}

// By the highest level of assurance of a statement on the path.
function byLevel(accounts) {
  const ranks = new Map(accounts.map(({ node }) => [node, ASSURANCE.indexOf(level(node))]));
  const takes = takesByRank(accounts, ranks, ASSURANCE.length);
  const terms = ASSURANCE.map((_, rank) =>
    accounts.flatMap(({ node, ends }) => ends.map(({ share }) => takes.get(node)[rank] * share)),
  );
  return Object.fromEntries(ASSURANCE.map((name, rank) => [name, rising(terms[rank])]));
}
