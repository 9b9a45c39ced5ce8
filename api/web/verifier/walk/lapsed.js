/**
 * What of a verified number rests on somebody who is no longer admitted as of the block asked. It
 * stands: the issuer was admitted when its statement was anchored. How much, and whose, a reader
 * must see.
 *
 * @typedef {object} NoLonger by DID
 * @property {Map<string, import('../chain/standing.js').Lapse>} issuers of what is reached by
 *   citation, the subject's among them
 * @property {Map<string, import('../chain/standing.js').Lapse>} bodies of assurances that count
 */
import { level } from '../checks/assurance.js';
import { written } from '../core/time.js';
import { rising, takesByRank } from './accounts.js';
import { ASSURANCE } from './policy.js';

const LEVELS = 2 * ASSURANCE.length - 1;
const [ADMITTED, NOT_SEEN, LAPSED] = [0, 1, 2]; // by rising harm
const ISSUER = 2;

/** @param {import('./node.js').Node[]} nodes @returns {NoLonger} */
export function noLongerAdmitted(nodes) {
  const [issuers, bodies] = [new Map(), new Map()];
  for (const node of nodes) {
    if (node.lapse !== null && node.about === null) issuers.set(node.statement.issuer, node.lapse);
    for (const { statement, lapse } of node.concernedBy) {
      if (lapse !== null && node.assured.includes(statement)) bodies.set(statement.issuer, lapse);
    }
  }
  return { issuers, bodies };
}

/** The report's JSON of it, by rising DID. @param {NoLonger} gone */
export const lapsedJson = (gone) => ({
  issuers: listed(gone.issuers),
  bodies: listed(gone.bodies),
});

function listed(lapses) {
  return [...lapses.keys()].sort().map((did) => {
    const { status, since, reason } = lapses.get(did);
    return { did, status, since: written(since), reason };
  });
}

/**
 * |Contribution| by whether an issuer on its path is no longer admitted, or not seen: whoever hides
 * a line hides the issuer behind it, and whoever leaves out a record its issuer; a figure that is
 * published or attested has a maker who signed nothing. Nothing says that these are admitted.
 *
 * And |removals and credits| likewise. A credit rests on all that the footprint rests on by which
 * it is given: it counts whole as no longer admitted, else as not seen, if anything of that does.
 * @param {import('./accounts.js').Account[]} accounts
 * @param {Map<string, import('./node.js').Node>} nodes
 * @returns {[Record<string, number>, Record<string, number>]}
 */
export function byStanding(accounts, nodes) {
  const ranks = ranksOf(accounts, nodes);
  const takes = takesByRank(accounts, ranks, LAPSED + 1);
  const below = worstBelow(accounts, ranks);
  const gross = byClass(accounts, takes, ({ ends }) =>
    ends.map((one) => [one.share, Number(unseen(one))]),
  );
  const off = byClass(accounts, takes, ({ takenOff }) =>
    takenOff.map((one) => [
      one.share,
      Math.max(Number(unseen(one)), below.get(one.displaced) ?? ADMITTED),
    ]),
  );
  return [gross, off];
}

// Whether nobody who is seen to be admitted made what ends there: it is hidden, or unsigned.
const unseen = ({ hidden, checked }) => hidden || checked === 'unsigned';

// What ends, by the worse of its own class and that of its path.
function byClass(accounts, takes, endsOf) {
  const terms = [[], [], []];
  for (const account of accounts) {
    for (const [share, worst] of endsOf(account))
      takes
        .get(account.node)
        .forEach((times, rank) => terms[Math.max(rank, worst)].push(times * share));
  }
  const [admitted, notSeen, noLongerAdmitted] = terms.map(rising);
  return { admitted, noLongerAdmitted, notSeen };
}

function ranksOf(accounts, nodes) {
  return new Map(accounts.map(({ node }) => [node, rankOf(node, nodes)]));
}

// Of each, and all below it: 2 if an issuer is no longer admitted, 1 if one is not seen. Inputs
// come last, and so do footprints by which credits are given.
function worstBelow(accounts, ranks) {
  const worst = new Map();
  for (const { node, ends, takenOff, goesOn } of [...accounts].reverse()) {
    const anyUnseen = [...ends, ...takenOff].some(unseen);
    const below = [...goesOn.map(({ to }) => to), ...takenOff.map(({ displaced }) => displaced)];
    const found = below.map((other) => worst.get(other) ?? 0);
    worst.set(node, Math.max(ranks.get(node), Number(anyUnseen), ...found));
  }
  return worst;
}

/**
 * |Contribution| by whose the highest level of assurance on its path is. A level is a body's that
 * is admitted if such bodies alone reach it; on a path it goes before the same level of others.
 * @param {Record<string, number>} levels the weights of the levels themselves
 */
export function byBody(accounts, gone, { none, limited, reasonable }) {
  if (gone.bodies.size === 0)
    return { none, admitted: limited + reasonable, noLongerAdmitted: 0 };
  const ranks = new Map(
    accounts.map(({ node }) => {
      const reached = level(node);
      const place = 2 * ASSURANCE.indexOf(reached);
      const own = place === 0 || level(node, gone.bodies) === reached;
      return [node, own ? place : place - 1];
    }),
  );
  const [nothing, limitedBy, limitedOwn, reasonableBy, own] = byRank(accounts, ranks, LEVELS);
  return {
    none: nothing,
    admitted: limitedOwn + own,
    noLongerAdmitted: limitedBy + reasonableBy,
  };
}

function byRank(accounts, ranks, count) {
  const takes = takesByRank(accounts, ranks, count);
  return Array.from({ length: count }, (_, rank) =>
    rising(
      accounts.flatMap(({ node, ends }) => ends.map(({ share }) => takes.get(node)[rank] * share)),
    ),
  );
}

// The worst of its issuer and those of records that it rests on. Who signed a record that is not in
// the file, or for whom check 2 was not made, is not seen.
function rankOf(node, nodes) {
  const waiting = [node.digest];
  const met = new Set(waiting);
  let worst = ADMITTED;
  while (waiting.length > 0) {
    const one = nodes.get(waiting.pop());
    if (one === undefined || !one.passed(ISSUER)) worst = NOT_SEEN;
    if (one === undefined) continue;
    if (one.lapse !== null) return LAPSED;
    for (const digest of one.records.filter((name) => !met.has(name))) {
      met.add(digest);
      waiting.push(digest);
    }
  }
  return worst;
}
