/** Check 10, conformity: the rule pack that a footprint names, and the base pack, are run on it. */
import { Refused } from '../core/errors.js';
import { judgeIn } from '../rules/judging.js';
import { Scope } from '../rules/paths.js';
import { BASE } from '../rules/resolving.js';
import { asDraft } from '../rules/signed.js';
import { Conformity } from '../walk/conformed.js';
import { counted, failed, notApplicable, notChecked, passed } from '../walk/report.js';

const NUMBER = 10;

/**
 * Runs the packs on what is open of this node. A rule of severity error fails it where it is
 * broken, and leaves it not checked where it looks at what is hidden; what else is broken stands in
 * the report.
 * @param {import('../walk/node.js').Node} node gets what each pack came to
 * @param {Map<string, import('../walk/node.js').Node>} nodes
 * @param {import('../walk/context.js').Context} context
 * @returns {import('../walk/report.js').Check}
 */
export function conformity(node, nodes, context) {
  if (node.statement !== null && !node.isFootprint)
    return notApplicable(NUMBER, 'no rule pack applies to this kind');
  if (!node.readable) return notChecked(NUMBER, 'the statement could not be read');
  try {
    node.conformity = run(node, packsOf(node.statement, context), nodes, context);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return notChecked(NUMBER, `a rule pack can't be run: ${error.message}`);
  }
  return judged(node, context);
}

/**
 * Why a pack (an id, or a digest) is not seen to hold for this node; null if it is. Whatever the
 * footprint names, and whoever assured it: what is hidden is not seen to hold.
 */
export function whyNotHeld(name, node, nodes, context) {
  if (!node.readable || !node.isFootprint) return 'the subject is no footprint that could be read';
  try {
    const pack = context.packs.named(name, node.statement.validFromText);
    const [one] = run(node, [pack], nodes, context);
    const [first] = one.errors;
    if (first !== undefined) return `${first.id} is broken: ${first.message}`;
    return whyUnseen([one]);
  } catch (error) {
    if (error instanceof Refused) return 'this verifier does not hold it';
    throw error;
  }
}

function namedBy({ subject }) {
  return subject.computedWith?.rule.digest ?? null;
}

// The named pack where it is held, then the base pack that had begun by then.
function packsOf(statement, { packs }) {
  const [named, base] = [namedBy(statement), packs.named(BASE, statement.validFromText)];
  if (named === null || named === base.digest || !packs.holds(named)) return [base];
  return [packs.get(named), base];
}

function run({ statement, opened, citations }, packs, nodes, context) {
  const cited = new Map();
  for (const { digest } of citations) {
    const other = nodes.get(digest);
    if (other?.isFootprint) cited.set(digest, other.statement.subject);
  }
  const scope = new Scope(asDraft(statement, opened), cited);
  return packs.map((pack) => {
    const compiled = context.packs.compiled(pack.digest);
    return new Conformity(pack, judgeIn(compiled, scope, statement.validFromText));
  });
}

function judged({ statement, conformity: run }, context) {
  const [asked, held] = ['asked', 'held'].map((name) =>
    run.reduce((sum, one) => sum + one[name], 0),
  );
  const names = run.map(({ name }) => name).join(' and ');
  const compared = [`${counted(asked, 'rule')} of ${names}`, `${held} held`];
  const breaking = run.find(({ errors }) => errors.length > 0);
  if (breaking !== undefined) {
    const [first] = breaking.errors;
    const others = distinct(run.flatMap(({ errors }) => errors)) - 1;
    const more = others > 0 ? `; and breaks ${others} more` : '';
    const why = `breaks ${first.id} of ${breaking.name}: ${first.message}${more}`;
    return failed(NUMBER, why, compared);
  }
  const named = namedBy(statement);
  if (named !== null && !context.holdsRule(named))
    return notChecked(NUMBER, 'its rule is not one that this verifier holds');
  const unseen = whyUnseen(run);
  if (unseen !== null) return notChecked(NUMBER, unseen);
  const words = run.map((one) => `${one.name}: ${one.held} of ${counted(one.asked, 'rule')} held`);
  return passed(NUMBER, words.join('; '), compared);
}

function whyUnseen(run) {
  const unseen = run.flatMap((one) => one.unseen);
  if (unseen.length === 0) return null;
  const count = counted(distinct(unseen), 'rule');
  return `${count} can't be checked: ${unseen[0].message}`;
}

function distinct(findings) {
  return new Set(findings.map(({ id }) => id)).size;
}
