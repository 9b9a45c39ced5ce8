/** A line's exact result: amount times source, kg CO2e by component. */
import { Refused } from '../core/errors.js';
import { Rational, ZERO } from '../core/rational.js';
import { BIOGENIC_CO2, CREDIT, FOSSIL, LAND_USE_CHANGE } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { isCredit, scaleOf } from './lines.js';
import { unitFactor } from './tables.js';

/** kg CO2 per kg of carbon. */
const CO2_OF_CARBON = new Rational(11n, 3n);
const KILOGRAMS_A_TONNE = Rational.of(1000);
const [ONE, HUNDRED] = [Rational.of(1), Rational.of(100)];

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
  if (has(source, 'balance')) return balanceOf(line, tables);
  if (has(source, 'landUseChange')) return landUseChangeOf(line, tables);
  return publishedOf(line, tables);
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
  const { components, net } = line.cited;
  if (!isCredit(line.value))
    return new Map([...components].map(([name, value]) => [name, times.mul(value)]));
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

// Carbon in less carbon out leaves as CO2; the line's amount counts balances.
function balanceOf(line, tables) {
  const count = line.amount.mul(unitFactor(tables, line.unit, 'piece'));
  const streams = line.value.source.balance;
  let [fossil, biogenic] = [ZERO, ZERO];
  for (const { direction, mass, carbon, biogenicShare = '0' } of streams) {
    const held = Rational.from(mass.value)
      .mul(unitFactor(tables, mass.unit, 'kilogram'))
      .mul(Rational.from(carbon));
    const entering = direction === 'in' ? held : held.neg();
    const share = Rational.from(biogenicShare).div(HUNDRED);
    biogenic = biogenic.add(entering.mul(share));
    fossil = fossil.add(entering.mul(ONE.sub(share)));
  }
  const found = new Map([[FOSSIL, fossil]]);
  if (streams.some((stream) => has(stream, 'biogenicShare'))) found.set(BIOGENIC_CO2, biogenic);
  for (const [name, carbon] of found) {
    if (carbon.sign < 0) throw new Refused(`more carbon leaves than enters: ${name}`);
    found.set(name, count.mul(CO2_OF_CARBON).mul(carbon));
  }
  return found;
}

// The amount is an area for one year; the change is spread evenly over its years.
function landUseChangeOf(line, tables) {
  const { before, after, years } = line.value.source.landUseChange;
  const lost = Rational.from(before).sub(Rational.from(after));
  if (lost.sign < 0) throw new Refused('a change of land use that gains carbon is no emission');
  const hectares = line.amount.mul(unitFactor(tables, line.unit, 'hectare'));
  const value = hectares
    .mul(lost)
    .mul(KILOGRAMS_A_TONNE)
    .mul(CO2_OF_CARBON)
    .div(Rational.of(years));
  return new Map([[LAND_USE_CHANGE, value]]);
}
