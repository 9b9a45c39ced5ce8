/**
 * Law 6 in check 7: what is cited of a product on a walk is compared with what was made of it. An
 * alarm, never a failure; both sides must be open to whoever verifies.
 */
import { delivered } from '../../calc/laws/deliveries.js';
import { plain } from '../../calc/rounding.js';
import { unitFactor, unitsConvert } from '../../calc/tables.js';
import { Rational, ZERO } from '../../core/rational.js';
import { only } from '../../evidence/opened.js';
import { PRODUCT } from '../../schema/footprint.js';
import { has } from '../../schema/rules.js';
import { broken, held, notApplicable, notCheckable, UNSEEN } from '../../walk/laws.js';

const LAW = 6;
const MOST_NAMED = 3;
const UNCOUNTED = 'producedAmount is not counted in the declared unit';

/**
 * @param {import('./inputsof.js').Inputs} inputs its node gets a notice
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function deliveries({ node }, tables) {
  const { subject } = node.statement;
  if (subject.role !== PRODUCT || !has(subject, 'producedAmount')) return notApplicable(LAW);
  if (only(node.opened, 'producedAmount') === null)
    return notCheckable(LAW, 'what was made of it is hidden', UNSEEN.HIDDEN);
  const made = madeOf(node, tables);
  if (made === null) {
    node.notices.push(`law ${LAW}: ${UNCOUNTED}`);
    return broken(LAW, UNCOUNTED);
  }
  const takers = [...node.citedBy]
    .map((other) => ({ other, delivery: deliveryOf(node, other, tables) }))
    .filter(({ delivery }) => delivery !== null);
  if (takers.length === 0) return notApplicable(LAW);
  const { total, known } = delivered(
    node.terms,
    takers.map(({ delivery }) => delivery),
  );
  if (total.compare(made) > 0) {
    const reason = alarm(takers, total, made, node.terms.unit);
    node.notices.push(`law ${LAW}: ${reason}`);
    return broken(LAW, reason);
  }
  if (known) return held(LAW);
  const what = 'how much was made of a citing product is hidden, or its period is not within';
  return notCheckable(LAW, what, UNSEEN.HIDDEN);
}

function alarm(takers, total, made, unit) {
  const names = takers
    .filter(({ delivery }) => delivery.made !== null)
    .map(({ other }) => other.name);
  const all = [...new Set(names)];
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  const who = `${all.slice(0, MOST_NAMED).join(', ')}${more}`;
  return (
    `${plain(total)} ${unit} of it are cited by ${who}, for the time in which ${plain(made)} ` +
    `${unit} were made`
  );
}

// What a footprint takes of this one; null where it takes nothing that is open.
function deliveryOf(node, other, tables) {
  if (!other.readable || !has(other.statement.subject, 'producedAmount')) return null;
  const { unit } = node.terms;
  const amounts = other.citations
    .filter(({ digest, emission }) => digest === node.digest && !emission)
    .map(({ line }) => other.opened.lines.get(line).amount);
  if (amounts.length === 0 || !amounts.every((one) => unitsConvert(tables, one.unit, unit)))
    return null;
  const taken = amounts.reduce(
    (sum, one) => sum.add(Rational.from(one.value).mul(unitFactor(tables, one.unit, unit))),
    ZERO,
  );
  const declared = Rational.from(other.statement.subject.pcf.declaredUnitAmount);
  return { period: other.terms, taken, declared, made: madeOf(other, tables) };
}

// In the declared unit; null where it is hidden, or of another kind of unit.
function madeOf({ opened, terms }, tables) {
  const amount = only(opened, 'producedAmount');
  if (amount === null || !unitsConvert(tables, amount.unit, terms.unit)) return null;
  return Rational.from(amount.value).mul(unitFactor(tables, amount.unit, terms.unit));
}
