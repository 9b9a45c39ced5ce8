/**
 * What is taken off on its issuer's word alone (law 3): noted there and at each level above. A
 * footprint without inventory shows no evidence of its removals and credits, and a credit by a
 * published figure rests on an unsigned publication.
 */
import { creditsOf, exactly, takenOffOf } from '../calc/columns.js';
import { isCredit } from '../calc/lines.js';
import { fold } from '../core/spelling.js';
import { plain } from '../calc/rounding.js';
import { ZERO } from '../core/rational.js';
import { has } from '../schema/rules.js';
import { inputsFirst } from './accounts.js';

const MOST_NAMED = 4;
const MOST_COUNTED = 100;

/**
 * Notes it of each footprint below a subject, as notices of its node.
 * @param {import('./node.js').Node} subject
 * @param {Map<string, import('./node.js').Node>} nodes
 */
export function noteWhatRests(subject, nodes) {
  const resting = new Set();
  const read = inputsFirst(subject, nodes);
  const serving = new Map();
  for (const node of read) {
    for (const one of evidenceOf(node)) {
      if (!serving.has(one)) serving.set(one, new Map());
      const each = serving.get(one);
      each.set(node.name, (each.get(node.name) ?? 0) + 1);
    }
  }
  for (const node of read) {
    if (!node.hasInventory) {
      if (takenOffOf(node.cited.components).isZero) continue;
      resting.add(node.digest);
      node.notices.push("its removals or credits rest on its issuer's word");
      continue;
    }
    const taken = inputsOf(node).filter((digest) => resting.has(digest));
    if (taken.length > 0) {
      resting.add(node.digest);
      const names = few(taken.map((digest) => nodes.get(digest).name));
      node.notices.push(`removals or credits of inputs rest on their issuers' word: ${names}`);
    }
    notePublished(node);
    const others = othersOf(
      node.name,
      evidenceOf(node).map((one) => serving.get(one)),
    );
    if (others.length === 0) continue;
    const whose = `the evidence of a removal serves ${node.name} and others too`;
    node.notices.push(`${whose}: ${few(others)}`);
  }
}

// The names of other footprints that the evidence serves, at most MOST_COUNTED + 1. By evidence are
// counted the footprints of each name, the node itself among them: one evidence may serve all
// footprints of a walk, so no list of them is made for each.
function othersOf(mine, serving) {
  const names = new Set();
  for (const each of serving) {
    for (const [name, footprints] of each) {
      if (name !== mine || footprints > 1) names.add(name);
      if (names.size > MOST_COUNTED) return [...names];
    }
  }
  return [...names];
}

// What open lines take that are no credits.
function inputsOf({ citations, opened: { lines } }) {
  const taken = citations.filter(({ line }) => !isCredit(lines.get(line)));
  return [...new Set(taken.map(({ digest }) => digest))];
}

// The evidence of removals that open lines of a live footprint name, each once.
function evidenceOf({ ended, opened: { lines } }) {
  if (ended) return [];
  const said = [...lines.values()].filter(({ removal }) => removal !== undefined);
  return [...new Set(said.map(({ removal }) => fold(removal.evidence)))];
}

function notePublished({ opened, notices }) {
  const lines = [...opened.lines.values()].filter(
    (line) => has(line.source, 'published') && isCredit(line),
  );
  if (lines.length === 0) return;
  const sum = lines.reduce((total, { result }) => total.sub(creditsOf(exactly(result))), ZERO);
  const named = few(lines.map(({ line, description }) => `line ${line} (${description})`));
  notices.push(
    `credits of ${plain(sum)} kg CO2e rest on a published figure without a signature: ${named}`,
  );
}

function few(names) {
  const more = Math.min(names.length, MOST_COUNTED) - MOST_NAMED;
  const than = names.length > MOST_COUNTED ? 'more than ' : '';
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${than}${more} more` : '');
}
