/** kg of each gas per declared amount, as far as every line that counts says its own. */
import { Refused } from '../core/errors.js';
import { carbonOf, isCarbon } from '../calc/carbon.js';
import { isCredit, scaleOf } from '../calc/lines.js';
import { characterisation } from '../calc/results.js';
import { MAX_ROUNDING } from '../calc/rounding.js';
import { Rational, ZERO } from '../core/rational.js';
import { only } from '../evidence/opened.js';
import { ADDED } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { unitFactor } from '../calc/tables.js';

/** @returns {Map<string, string> | null} null unless all of it is known */
export function gasesOf({ lines, exact, lineDigits }, tables) {
  const sums = new Map();
  for (const [place, line] of lines.entries()) {
    const part = partOf(line, tables);
    // A line whose every component is zero brings nothing.
    if (part === null && [...exact[place].values()].some((value) => !value.isZero)) return null;
    for (const [gas, mass] of part ?? []) sums.set(gas, (sums.get(gas) ?? ZERO).add(mass));
  }
  if (sums.size === 0) return null;
  const present = [...sums].filter(([, mass]) => !mass.isZero);
  return new Map(present.map(([gas, mass]) => [gas, mass.fixed(lineDigits)]));
}

function partOf(line, tables) {
  const { source } = line.value;
  if (isCredit(line.value)) return null; // it takes off a footprint and no gas
  if (has(source, 'gas')) {
    return new Map([[source.gas, line.amount.mul(unitFactor(tables, line.unit, 'kilogram'))]]);
  }
  if (isCarbon(line.value)) return carbonOf(line, tables);
  const known = line.cited === null ? null : disclosedGases(line.from, tables);
  if (known === null) return null;
  const times = scaleOf(line, tables);
  return new Map([...known].map(([gas, mass]) => [gas, times.mul(mass)]));
}

/** A footprint's gases where they are open and, in its one GWP set, are its whole total. */
export function disclosedGases(node, tables) {
  const { characterizationSets, pcf } = node.statement.subject;
  const [{ set }, ...more] = characterizationSets;
  const open = node.readable ? only(node.opened, 'gases') : null;
  if (open === null || more.length > 0 || !has(tables.gwp.sets, set)) return null;
  const gases = new Map(Object.entries(open).map(([gas, mass]) => [gas, Rational.from(mass)]));
  try {
    return isWhole(characterised(gases, set, tables), pcf, tables) ? gases : null;
  } catch (error) {
    if (error instanceof Refused) return null; // a gas that the table does not have
    throw error;
  }
}

function characterised(gases, set, tables) {
  const sums = new Map();
  for (const [gas, mass] of gases) {
    for (const [component, factor] of characterisation(gas, set, tables)) {
      sums.set(component, (sums.get(component) ?? ZERO).add(mass.mul(factor)));
    }
  }
  return sums;
}

// A part says nothing of gases, but where a flow is one: the rest of them follow their whole.
function isWhole(found, pcf, { gwp }) {
  const places = pcf.pcfExcludingBiogenicUptake.split('.')[1]?.length ?? 0;
  const unit = new Rational(1n, 10n ** BigInt(places));
  return [...ADDED, ...Object.values(gwp.ofWhich)].every((name) => {
    const given = Rational.from(pcf[name] ?? '0');
    const slack = given.abs().mul(MAX_ROUNDING).add(unit);
    return (
      given
        .sub(found.get(name) ?? ZERO)
        .abs()
        .compare(slack) <= 0
    );
  });
}
