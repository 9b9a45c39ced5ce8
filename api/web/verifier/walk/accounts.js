/**
 * Where the contributions to a footprint end: a recomputed line that ends in a factor is
 * recomputed, a hidden inventory assured or only signed, a published figure unsigned. In doubles.
 *
 * @typedef {object} Account what ends at a statement, per declared amount, and what goes on
 * @property {import('./walknode.js').Node} node
 * @property {{checked: string, share: number, primary: number}[]} ends |contribution| of each
 * @property {{to: import('./walknode.js').Node, scale: number, primary: boolean}[]} goesOn
 */
import { standsIn } from '../checks/assurance.js';
import { toNumber } from '../core/float.js';
import { makeLine, primaryShareOf, scaleOf } from '../calc/lines.js';
import { Rational, ZERO } from '../core/rational.js';
import { has } from '../schema/rules.js';
import { excludingUptake } from '../calc/totals.js';

/**
 * The accounts of the subject and of every readable footprint below it, each before its inputs.
 * @returns {Account[]}
 */
export function accountsOf(subject, nodes, context) {
  return topDown(subject, nodes).map((node) => account(node, nodes, context));
}

/** How many declared amounts of each statement the subject takes by the edges that count. */
export function takesOf(accounts, counts) {
  const takes = new Map(accounts.map(({ node }) => [node, 0]));
  if (accounts.length > 0) takes.set(accounts[0].node, 1);
  for (const one of accounts) {
    const times = takes.get(one.node);
    for (const edge of one.goesOn) {
      if (counts(one, edge)) takes.set(edge.to, takes.get(edge.to) + times * edge.scale);
    }
  }
  return takes;
}

// Depth-first without recursion, then turned round.
function topDown(subject, nodes) {
  const inputsFirst = [];
  const entered = new Set();
  const waiting = [{ node: subject, done: false }];
  while (waiting.length > 0) {
    const { node, done } = waiting.pop();
    if (done) inputsFirst.push(node);
    if (done || entered.has(node) || !node.readable || !node.isFootprint) continue;
    entered.add(node);
    waiting.push({ node, done: true });
    for (const { digest } of node.citations) {
      const other = nodes.get(digest);
      if (other !== undefined) waiting.push({ node: other, done: false });
    }
  }
  return inputsFirst.reverse();
}

/** @returns {Account} */
function account(node, nodes, context) {
  const { pcf, role } = node.statement.subject;
  const found = { node, ends: [], goesOn: [] };
  const total = Rational.from(pcf.pcfExcludingBiogenicUptake);
  if (!node.hasInventory) {
    // A factor stands at the end of the line that cites it, and that line was recomputed.
    end(found, total, node.citedBy.size > 0 ? 'recomputed' : 'signed', ZERO);
    return found;
  }
  const isProduct = role === 'product'; // a factor is secondary data
  const citing = new Map(node.citations.map(({ line, digest }) => [line, nodes.get(digest)]));
  let rest = total;
  for (const [index, value] of node.opened.lines) {
    const weight = excludingUptake(exactly(value.result));
    rest = rest.sub(weight);
    const cited = citing.get(index);
    if (cited?.readable && cited.isFootprint) {
      const line = makeLine(value, cited.cited);
      const scale = toNumber(scaleOf(line, context.tables));
      found.goesOn.push({ to: cited, scale, primary: value.primary && isProduct });
    } else if (citing.has(index)) {
      end(found, weight, 'signed', ZERO);
    } else {
      const checked = has(value.source, 'published') ? 'unsigned' : 'recomputed';
      end(found, weight, checked, isProduct ? primaryShareOf(makeLine(value, null)) : ZERO);
    }
  }
  if (!node.opened.complete) {
    const checked = standsIn(node, context) ? 'assured' : 'signed';
    end(found, rest, checked, Rational.from(pcf.primaryDataShare));
  }
  return found;
}

function end({ ends }, weight, checked, primaryShare) {
  const share = toNumber(weight.abs());
  ends.push({ checked, share, primary: (share * toNumber(primaryShare)) / 100 });
}

function exactly(result) {
  return new Map(Object.entries(result).map(([name, value]) => [name, Rational.from(value)]));
}
