/** A line's exact result: amount times source, kg CO2e by component. */
import { Refused } from '../core/errors.js';
import { Rational } from '../core/rational.js';
import { CREDIT } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { carbonOf } from './carbon.js';
import { netOf } from './columns.js';
import { isCredit, scaleOf } from './lines.js';
import { unitFactor } from './tables.js';

/**
 * @param {import('./lines.js').Line} line
 * @param {import('./tables.js').Tables} tables
 * @returns {import('./columns.js').Components} exact
 * @throws {Refused} for units that don't convert, a gas that the named set does not have, a credit
 *   of what is negative, a balance or a change of land use that takes up carbon
 */
export function exactOf(line, tables) {
  const { source } = line.value;
  if (line.cited !== null) return takenOf(line, tables);
  if (has(source, 'gas')) return gasOf(line, tables);
  const flows = carbonOf(line, tables);
  if (flows === null) return publishedOf(line, tables);
  return new Map([...flows].map(([flow, mass]) => [tables.gwp.component[flow], mass]));
}

/** Each component rounded half up once to `places`: for display, and not summed. */
export function shownOf(exact, places) {
  return new Map([...exact].map(([name, value]) => [name, value.fixed(places)]));
}

/** kg CO2e per kg of a gas by component; what is removed is negative. @throws {Refused} */
export function characterisation(gas, set, { gwp }) {
  const known = has(gwp.sets, set) && has(gwp.sets[set], gas) && has(gwp.component, gas);
  if (!known) throw new Refused(`gas ${gas.slice(0, 64)} has no GWP in set ${set}`);
  const factor = Rational.from(gwp.sets[set][gas]);
  const signed = gwp.negative.includes(gas) ? factor.neg() : factor;
  // An "of which" (aircraft) stands beside the component that it is part of.
  const names = [gwp.component[gas], ...(has(gwp.ofWhich, gas) ? [gwp.ofWhich[gas]] : [])];
  return new Map(names.map((name) => [name, signed]));
}

function takenOf(line, tables) {
  const times = scaleOf(line, tables);
  const { components } = line.cited;
  if (!isCredit(line.value))
    return new Map([...components].map(([name, value]) => [name, times.mul(value)]));
  const net = netOf(components);
  if (net.sign < 0) throw new Refused('a credit is taken of a footprint whose total is negative');
  return new Map([[CREDIT, times.mul(net).neg()]]);
}

function gasOf(line, tables) {
  const { gas, set } = line.value.source;
  const mass = line.amount.mul(unitFactor(tables, line.unit, 'kilogram'));
  const factors = characterisation(gas, set, tables);
  return new Map([...factors].map(([name, factor]) => [name, mass.mul(factor)]));
}

function publishedOf(line, tables) {
  const { per, published, component } = line.value.source;
  const value = line.amount.mul(unitFactor(tables, line.unit, per)).mul(Rational.from(published));
  return new Map([isCredit(line.value) ? [CREDIT, value.neg()] : [component, value]]);
}
