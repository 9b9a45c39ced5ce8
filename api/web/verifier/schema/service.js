/**
 * What a footprint that says `service` is declared by, and what it can't hold (law 7). A service
 * may be cited to its own grave, so none has a unit of products, a mass or carbon.
 * Treated waste and delivered water weigh what is treated and delivered.
 */
import { Refused } from '../core/errors.js';
import { has, isZero } from './rules.js';
import { SERVICE_UNITS, UNITS_OF_GOODS, WEIGHED_SERVICES } from './words.js';

const MASS = 'productMassPerDeclaredUnit';
const CARBON = [
  'fossilCarbonContent',
  'biogenicCarbonContent',
  'recycledCarbonContent',
  'ccuCarbonContent',
  'packagingBiogenicCarbonContent',
];

/** @type {import('./rules.js').Rule} of a subject whose members keep their own rules */
export function fitsItsKind({ service, role, pcf, quantity = {} }, path) {
  if (service === undefined) return;
  const unit = pcf.declaredUnitOfMeasurement;
  const countsGoods = role !== 'factor' && UNITS_OF_GOODS.includes(unit);
  if (countsGoods || !SERVICE_UNITS[service].includes(unit)) {
    const where = `${path}.pcf.declaredUnitOfMeasurement`;
    throw new Refused(`${where} is ${unit}, by which no ${service} is counted`);
  }
  const nothing = WEIGHED_SERVICES.includes(service) ? CARBON : [MASS, ...CARBON];
  const held = nothing.find((name) => has(pcf, name) && !isZero(pcf[name]));
  if (held !== undefined)
    throw new Refused(`${path}.pcf.${held} is not 0, and the service ${service} holds none`);
  if (service === 'energy' && has(quantity, 'calorificValue'))
    throw new Refused(`${path}.quantity has a calorific value: a fuel is a product`);
}
