/**
 * Bounds of what is captured and removed (law 3): what is captured at its source was generated
 * there, and what is removed from the air is stored.
 */
import { disclosedGases } from '../analysis/gases.js';
import { Rational, ZERO } from '../core/rational.js';
import { fold } from '../core/spelling.js';
import {
  BIOGENIC_CO2,
  CAPTURE,
  FOSSIL,
  PARTS,
  TECHNOLOGICAL_REMOVALS,
} from '../schema/components.js';
import { has } from '../schema/rules.js';
import { Broken } from './broken.js';
import { removalsOf } from './columns.js';
import { scaleOf } from './lines.js';
import { unitFactor } from './tables.js';

const LAW = 3;
// Aircraft, land that changes use and managed land have no stack: their CO2 is another flow.
const AT_A_STACK = ['CO2', 'CO2_biogenic'];
const PLACES = 6; // in a message
// kg C per kg, about the 12/44 of CO2.
const CONTENT_OF_CO2 = ['0.27', '0.2735'].map((text) => Rational.from(text));

const isAny = (source, ...kinds) => kinds.some((kind) => has(source, kind));

/**
 * @param {object} value a line as signed
 * @param {import('./columns.js').Components} exact its result
 * @param {import('./tables.js').Tables} tables
 * @throws {Broken} where it removes or captures more than it shows to be stored
 */
export function requireStored({ line, source, removal }, exact, tables) {
  const { stored } = removal ?? {};
  const mass =
    stored === undefined
      ? ZERO
      : Rational.from(stored.value).mul(unitFactor(tables, stored.unit, 'kilogram'));
  if (!isAny(source, 'gas', 'published')) return;
  const require = (component, verb) => {
    const taken = (exact.get(component) ?? ZERO).neg();
    if (taken.compare(mass) <= 0) return;
    const both = [`${taken.fixed(PLACES)} kg taken`, `${mass.fixed(PLACES)} kg stored`];
    throw new Broken(LAW, `line ${line} ${verb} more CO2 than it shows to be stored`, both);
  };
  require(TECHNOLOGICAL_REMOVALS, 'removes');
  require(CAPTURE, 'captures');
}

/**
 * One evidence of several lines shows the largest mass that a line gives as stored by it.
 * @param {import('./lines.js').Line[]} lines recomputed ones
 * @param {import('./columns.js').Components[]} exact
 * @param {import('./tables.js').Tables} tables
 * @throws {Broken} where they remove more together
 */
export function requireOnce(lines, exact, tables) {
  const groups = new Map();
  for (const [place, { value }] of lines.entries()) {
    const { line, source, removal } = value;
    if (removal === undefined || !isAny(source, 'gas', 'published')) continue;
    const key = fold(removal.evidence);
    const group = groups.get(key) ?? { named: [], taken: ZERO, most: null };
    group.named.push(line);
    group.taken = group.taken.sub(removalsOf(exact[place]));
    if (removal.stored !== undefined) {
      const { value: mass, unit } = removal.stored;
      const shown = Rational.from(mass).mul(unitFactor(tables, unit, 'kilogram'));
      if (group.most === null || shown.compare(group.most) > 0) group.most = shown;
    }
    groups.set(key, group);
  }
  for (const { named, taken, most } of groups.values()) {
    if (named.length < 2 || most === null || taken.compare(most) <= 0) continue;
    const why = 'remove more CO2 than their one evidence shows to be stored';
    const both = [`${taken.fixed(PLACES)} kg removed`, `${most.fixed(PLACES)} kg stored`];
    throw new Broken(LAW, `lines ${named.join(', ')} ${why}`, both);
  }
}

/**
 * CO2 that is captured or handed on was set free by the process: a balance has no product of it.
 * @param {object} value a line as signed
 * @throws {Broken} where a stream takes CO2 out
 */
export function requireNoCO2({ line, source }) {
  const place = (source.balance ?? []).findIndex(isCO2);
  if (place < 0) return;
  const why = 'captured or transferred CO2 is a line of its own, with its evidence';
  throw new Broken(LAW, `line ${line}: stream ${place + 1} is CO2: ${why}`);
}

function isCO2({ direction, carbon }) {
  const held = Rational.from(carbon);
  const [least, most] = CONTENT_OF_CO2;
  return direction === 'out' && held.compare(least) >= 0 && held.compare(most) <= 0;
}

/**
 * What the own process captures is CO2 that it generates at a stack, fossil and biogenic: own
 * emissions by a factor or a balance, and gases that are CO2, not that of aircraft and land. What
 * inputs did, and what a publication says of another process, is theirs.
 * Of a factor of emissions that shows its gases, only CO2 counts.
 * @param {import('./lines.js').Line[]} lines of a whole inventory
 * @param {import('./columns.js').Components[]} exact
 * @param {import('./tables.js').Tables} tables
 * @returns {string[]} a notice where capture rests on factors that show no gases
 * @throws {Broken}
 */
export function requireBounded(lines, exact, tables) {
  let [captured, generated, shown] = [ZERO, ZERO, ZERO];
  for (const [place, line] of lines.entries()) {
    const { source } = line.value;
    const part = (name) => exact[place].get(name) ?? ZERO;
    if (isAny(source, 'gas', 'published')) captured = captured.sub(part(CAPTURE));
    if (!isAny(source, 'emission', 'balance') && !AT_A_STACK.includes(source.gas)) continue;
    const fossil = PARTS.reduce((left, name) => left.sub(part(name)), part(FOSSIL));
    const stack = part(BIOGENIC_CO2).add(fossil.sign > 0 ? fossil : ZERO);
    const known = has(source, 'emission') ? co2OfGases(line, tables) : stack;
    const made = known === null || known.compare(stack) > 0 ? stack : known;
    generated = generated.add(made);
    if (known !== null) shown = shown.add(made);
  }
  const [taken, most, certain] = [captured, generated, shown].map((one) => one.fixed(PLACES));
  if (captured.compare(generated) > 0)
    throw new Broken(LAW, 'captures more CO2 than its own lines generate', [
      `${taken} kg captured`,
      `${most} kg generated`,
    ]);
  if (captured.compare(shown) <= 0) return [];
  const both = `${taken} kg of CO2 are captured, and ${certain} kg are shown`;
  return [`law 3: ${both} to be generated: factors of the other emissions show no gases`];
}

// Of a line that cites a factor of emissions, or null where that does not show its gases.
function co2OfGases(line, tables) {
  const gases = disclosedGases(line.from, tables);
  if (gases === null) return null;
  const mass = AT_A_STACK.reduce((sum, name) => sum.add(gases.get(name) ?? ZERO), ZERO);
  return scaleOf(line, tables).mul(mass);
}

/**
 * A notice where captured CO2 is taken off and captured CO2 is in the product as well: what is used
 * is not stored, and no figure says that they are two.
 * @param {object} subject of a footprint
 * @param {import('./columns.js').Components} components
 * @returns {string[]}
 */
export function usedNotice({ pcf }, components) {
  const used = Rational.from(pcf.ccuCarbonContent ?? '0');
  const stored = (components.get(CAPTURE) ?? ZERO).neg();
  if (used.isZero || stored.isZero) return [];
  const [mass, carbon] = [stored, used].map((one) => one.fixed(PLACES));
  const both = `${mass} kg of CO2 captured and stored, and ${carbon} kg of carbon of CO2`;
  return [`law 3: it states ${both} captured and used: that they are two is its issuer's word`];
}
