/** Law 8 in check 7: kinds of quantity, conversions, and transmission losses by amount. */
import { conversionFindings, qualifierFindings } from '../../calc/laws/quantities.js';
import { transmissionFindings } from '../../calc/laws/transmission.js';
import { Rational } from '../../core/rational.js';
import { has } from '../../schema/rules.js';
import { ruled } from './ruled.js';

const LAW = 8;

/**
 * @param {import('./inputsof.js').Inputs} inputs
 * @param {import('../../calc/tables.js').Tables} tables
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function quantities({ lines, unseen }, tables) {
  const found = lines.flatMap(({ number, value: { amount }, cited }) => [
    ...conversionFindings(number, amount, tables),
    ...(cited ? qualifierFindings(number, amount.quantity, cited.terms.quantity) : []),
  ]);
  // Losses may belong to a line that is hidden, or to an input that is not here.
  if (unseen === null) found.push(...transmissionFindings(tables.rule, powerLines(lines, tables)));
  return ruled(LAW, found, unseen);
}

function powerLines(lines, { units }) {
  const found = lines.map(({ number, value, cited }) => {
    const { value: amount, unit, quantity = {} } = value.amount;
    const { dimension, factor } = units.get(unit) ?? { dimension: unit, factor: Rational.of(1) };
    return [
      number,
      {
        dimension,
        amount: Rational.from(amount).mul(factor),
        cited: cited === null ? null : cited.terms,
        fuel: has(quantity, 'calorificValue'),
        electricity: has(value, 'electricity'),
      },
    ];
  });
  return new Map(found);
}
