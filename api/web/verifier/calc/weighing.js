/** What a declared amount weighs, and what may weigh no more than it at its end of life (law 1). */
import { Rational, ZERO } from '../core/rational.js';
import { fold } from '../core/spelling.js';
import { has } from '../schema/rules.js';
import { AT_THE_GATE } from './circular.js';
import { plain } from './rounding.js';
import { unitFactor, unitsConvert } from './tables.js';

const KILOGRAM = 'kilogram';
// PACT wants a mass of 0 of electricity and of fuels alike: it says nothing of a fuel.
const OF_ENERGY = ['kilowatt hour', 'megajoule'];

/**
 * The masses of the declared amount and of its packaging in kg, or null where they are not known.
 * A kilogram weighs one, of dry mass too. Packaging whose emissions are left out counts as none.
 * @param {object} pcf
 * @returns {{product: Rational, packaging: Rational} | null}
 */
export function massesOf(pcf) {
  const { declaredUnitOfMeasurement: unit, productMassPerDeclaredUnit: stated } = pcf;
  const counts = pcf.packagingEmissionsIncluded ?? true;
  const packaging = Rational.from((counts && pcf.packagingMassPerDeclaredUnit) || '0');
  if (unit === KILOGRAM) return { product: Rational.from(pcf.declaredUnitAmount), packaging };
  if (stated === undefined) return null;
  const product = Rational.from(stated);
  return product.isZero && OF_ENERGY.includes(unit) ? null : { product, packaging };
}

/**
 * Materials that weigh more at the end of life than product and packaging do. Each counts once;
 * hidden lines could only add to them. A service weighs nothing.
 * @param {object} subject of a footprint
 * @param {object[]} values its open lines as signed
 * @param {import('./tables.js').Tables} tables
 * @returns {{lines: number[], what: string} | null}
 */
export function heavyEnd(subject, values, tables) {
  const known = has(subject, 'service') ? null : massesOf(subject.pcf);
  if (known === null) return null;
  const ends = values.filter((value) => isEnd(value, tables));
  const weighed = new Map();
  for (const { circular } of ends) {
    const { value, unit } = circular.mass;
    const mass = Rational.from(value).mul(unitFactor(tables, unit, KILOGRAM));
    const name = fold(circular.material);
    if (!weighed.has(name)) weighed.set(name, mass);
  }
  const together = [...weighed.values()].reduce((sum, mass) => sum.add(mass), ZERO);
  const most = known.product.add(known.packaging);
  if (together.compare(most) <= 0) return null;
  const what = `materials of ${plain(together)} kg come to their end of life`;
  return {
    lines: ends.map(({ line }) => line),
    what: `${what}, and product and packaging weigh ${plain(most)} kg`,
  };
}

// A line of a term of the end of life, whose mass is one.
function isEnd(value, tables) {
  if (!has(value, 'circular') || AT_THE_GATE.includes(value.circular.term)) return false;
  return unitsConvert(tables, value.circular.mass.unit, KILOGRAM);
}
