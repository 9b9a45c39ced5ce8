/**
 * CO2 that is computed from carbon: what a balance of streams sets free (IPCC 2006 Guidelines,
 * volume 3, 4.2; Implementing Regulation (EU) 2018/2066, article 25), and what land that was
 * changed has lost (ISO 14067:2018, 6.4.9.5). CO2 has a GWP of 1 in every set.
 */
import { Refused } from '../core/errors.js';
import { ONE, Rational, ZERO } from '../core/rational.js';
import { has } from '../schema/rules.js';
import { unitFactor } from './tables.js';

/** kg CO2 per kg of carbon: 44/12, exactly. */
export const CO2_OF_CARBON = new Rational(44n, 12n);
const KILOGRAMS_A_TONNE = Rational.of(1000);
const HUNDRED = Rational.of(100);

/** Whether a line's CO2 is computed from carbon: then it rests on no GWP set. */
export function isCarbon({ source }) {
  return has(source, 'balance') || has(source, 'landUseChange');
}

/**
 * kg of each flow of CO2 that a line sets free, by the flow's name in the GWP table.
 * @param {import('./lines.js').Line} line
 * @param {import('./tables.js').Tables} tables
 * @returns {Map<string, Rational> | null} null where its source is neither of the two
 * @throws {Refused} where more carbon leaves than enters, or land has gained some
 */
export function carbonOf(line, tables) {
  const { source } = line.value;
  if (has(source, 'balance')) return balanceOf(line, source.balance, tables);
  if (has(source, 'landUseChange')) return landUseChangeOf(line, source.landUseChange, tables);
  return null;
}

// Carbon in less carbon out, fossil and biogenic by themselves; the amount counts balances.
function balanceOf(line, streams, tables) {
  const times = line.amount.mul(unitFactor(tables, line.unit, 'piece')).mul(CO2_OF_CARBON);
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
  const flows = new Map([
    ['CO2', fossil],
    ['CO2_biogenic', biogenic],
  ]);
  for (const [flow, carbon] of flows) {
    if (carbon.sign < 0) throw new Refused(`more carbon leaves than enters: ${flow}`);
    flows.set(flow, times.mul(carbon));
  }
  if (!streams.some((stream) => has(stream, 'biogenicShare'))) flows.delete('CO2_biogenic');
  return flows;
}

// The amount is an area for one year; the change is spread evenly over its years.
function landUseChangeOf(line, { before, after, years }, tables) {
  const lost = Rational.from(before).sub(Rational.from(after));
  if (lost.sign < 0) throw new Refused('land that gains carbon has no emission of its change');
  const hectares = line.amount.mul(unitFactor(tables, line.unit, 'hectare'));
  const mass = hectares.mul(lost).mul(KILOGRAMS_A_TONNE).mul(CO2_OF_CARBON).div(Rational.of(years));
  return new Map([['CO2_land_use_change', mass]]);
}
