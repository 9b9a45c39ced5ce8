/**
 * What is taken off on somebody's word alone (law 3): told where it is said and all the way up. A
 * footprint without inventory shows no evidence of its removals and credits, and a credit by a
 * published figure rests on a print that nobody signed.
 */
import { creditsOf, exactly, takenOffOf } from '../calc/columns.js';
import { isCredit } from '../calc/lines.js';
import { folded } from '../calc/removals.js';
import { plain } from '../calc/rounding.js';
import { ZERO } from '../core/rational.js';
import { has } from '../schema/rules.js';
import { inputsFirst } from './accounts.js';

const MOST_NAMED = 4;

/**
 * Tells readers of each footprint below a subject, as notices of its node.
 * @param {import('./walknode.js').Node} subject
 * @param {Map<string, import('./walknode.js').Node>} nodes
 */
export function tellWhatRests(subject, nodes) {
  const resting = new Set();
  const read = inputsFirst(subject, nodes);
  const serving = new Map();
  for (const node of read) {
    for (const one of evidenceOf(node)) serving.set(one, [...(serving.get(one) ?? []), node]);
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
    tellPublished(node);
    const shared = evidenceOf(node).flatMap((one) => serving.get(one));
    const others = new Set(shared.filter((one) => one !== node).map(({ name }) => name));
    if (others.size === 0) continue;
    const whose = `the evidence of a removal serves ${node.name} and others too`;
    node.notices.push(`${whose}: ${few([...others])}`);
  }
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
  return [...new Set(said.map(({ removal }) => folded(removal.evidence)))];
}

function tellPublished({ opened, notices }) {
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
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
