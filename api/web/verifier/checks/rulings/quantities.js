/** Law 8 in check 7: kinds of quantity, conversions, and transmission losses by amount. */
import { conversionFindings, qualifierFindings } from '../../calc/laws/quantities.js';
import { transmissionFindings } from '../../calc/laws/transmission.js';
import { Rational } from '../../core/rational.js';
import { has } from '../../schema/rules.js';
import { ruled } from './lawful.js';

const LAW = 8;
const FUEL = 'calorificValue';

/**
 * @param {import('./inputsof.js').Inputs} inputs
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function quantities(inputs, tables) {
  const { known, complete } = inputs;
  const found = known.flatMap(({ number, value: { amount }, cited }) => [
    ...conversionFindings(number, amount, tables),
    ...(cited === null ? [] : qualifierFindings(number, amount.quantity, cited.quantity)),
  ]);
  // Losses may belong to a line that is hidden, or to an input that is not here.
  if (complete) found.push(...transmissionFindings(tables.rule, powerLines(known, tables)));
  return ruled(LAW, inputs, found, known.some(hasKind(tables.rule)));
}

// Whether the law has anything to say of a line.
function hasKind({ transmissionClassification }) {
  return ({ value: { amount }, cited }) =>
    has(amount, 'quantity') ||
    (cited !== null &&
      (Object.keys(cited.quantity).length > 0 ||
        cited.classifications.includes(transmissionClassification)));
}

function powerLines(lines, { units }) {
  const found = lines.map(({ number, value, cited }) => {
    const { value: amount, unit, quantity = {} } = value.amount;
    // A unit that the table does not have is none of electricity.
    const { dimension, factor } = units.get(unit) ?? { dimension: unit, factor: Rational.of(1) };
    return [
      number,
      {
        dimension,
        amount: Rational.from(amount).mul(factor),
        cited,
        fuel: has(quantity, FUEL) || (cited !== null && has(cited.quantity, FUEL)),
        electricity: has(value, 'electricity'),
      },
    ];
  });
  return new Map(found);
}
