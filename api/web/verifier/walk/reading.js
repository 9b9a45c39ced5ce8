/**
 * Reading: which statements the walk reaches, and the checks that need no neighbour.
 *
 * An input is always older than what cites it, so statements are read by falling log index: when
 * one is reached, all that cite it have been. No step goes back.
 */
import { envelope } from '../checks/envelope.js';
import { issuer } from '../checks/issuer.js';
import { inclusion } from '../checks/inclusion.js';
import { anchor } from '../checks/anchor.js';
import { disclosure } from '../checks/disclosure.js';
import { isInForce } from '../chain/standing.js';
import { hex } from '../core/bytes.js';
import { TooLarge } from '../core/errors.js';
import { Heap } from '../core/heap.js';
import { Node } from './node.js';
import { notChecked } from './report.js';

const MAX_STATEMENTS = 100_000;
const MAX_DEPTH = 256;

/**
 * Reads the subject and all that it reaches, then what concerns each of them.
 * @param {string} subject digest
 * @param {import('./context.js').Context} context
 * @returns {Promise<Map<string, Node>>} by digest, in the order in which they were met
 * @throws {TooLarge} beyond 100,000 statements or 256 levels
 */
export async function read(subject, context) {
  const nodes = new Map();
  const waiting = new Heap(goesFirst);
  const expect = (digest, citing) => {
    if (!nodes.has(digest)) {
      const node = expected(digest, citing, nodes.size);
      nodes.set(digest, node);
      waiting.push({ digest, index: claimedIndex(digest, context) });
    }
    if (citing !== null) nodes.get(digest).citedBy.add(citing);
  };
  expect(subject, null);
  while (waiting.size > 0) {
    context.requireTime();
    const { digest } = waiting.pop();
    const node = nodes.get(digest);
    if (await readOne(node, context)) {
      for (const citation of node.citations) expect(citation.digest, node);
      for (const record of node.records) expect(record, node);
    } else {
      nodes.delete(digest); // not in the file: check 7 of what cites it says so
    }
  }
  for (const node of [...nodes.values()]) await readConcerning(node, nodes, context);
  return nodes;
}

function expected(digest, citing, count) {
  if (count >= MAX_STATEMENTS)
    throw new TooLarge(`more than ${MAX_STATEMENTS} statements are reachable`);
  if (citing === null) return new Node({ digest });
  if (citing.depth >= MAX_DEPTH)
    throw new TooLarge(`statements are cited more than ${MAX_DEPTH} levels deep`);
  return new Node({ digest, depth: citing.depth + 1, path: citing.path });
}

async function readConcerning(node, nodes, context) {
  for (const digest of context.bundle.concerning(node.digest)) {
    if (nodes.has(digest)) continue;
    const other = new Node({ digest, depth: node.depth, path: node.path, about: node });
    if (!(await readOne(other, context))) continue;
    nodes.set(digest, other);
    node.concernedBy.push(other);
    // A claim counts as long as it was not ended.
    if (other.isRecord) await readConcerning(other, nodes, context);
    else if (other.isAssurance && node.isFootprint)
      await readAccreditations(other, nodes, context);
  }
}

// What the body of an assurance was accredited for at its t, by whomever: whom the reader believes
// decides which count, and not which words and texts a file has.
async function readAccreditations(node, nodes, context) {
  if (node.t === null) return;
  for (const row of await context.accreditations(node.statement.issuer)) {
    if (!isInForce(row, node.t)) continue;
    const digest = `sha256:${hex(row.scope)}`;
    let record = nodes.get(digest);
    if (record === undefined) {
      record = new Node({ digest, depth: node.depth, path: node.path, about: node });
      if (!(await readOne(record, context))) continue;
      nodes.set(digest, record);
    }
    node.accreditedBy.push({ row, record });
  }
}

/** Makes checks 1, 3, 4, 2 and 6 (2 needs the time of 4); false if it is not in the file. */
async function readOne(node, context) {
  const found = context.bundle.statement(node.digest);
  if (found === undefined) {
    [1, 2, 3, 4, 6].forEach((number) =>
      node.set(notChecked(number, 'the statement is not in the file')),
    );
    return false;
  }
  node.set(await envelope(node, found, context));
  node.set(await inclusion(node, context));
  node.set(await anchor(node, context));
  node.set(await issuer(node, context));
  node.set(disclosure(node, found));
  node.named();
  await context.noteRead();
  return true;
}

// Only an order to read in. What a place claims is judged by check 3, and order by check 7.
function claimedIndex(digest, { bundle }) {
  return bundle.place(digest)?.index ?? -1;
}

// The highest index first; one without an index last; equals by digest.
function goesFirst(one, other) {
  return one.index === other.index ? one.digest < other.digest : one.index > other.index;
}
