/**
 * Bounds of what is captured and removed (law 3): what is captured at its source was generated
 * there, and what is removed from the air is stored.
 */
import { Rational, ZERO } from '../core/rational.js';
import { BIOGENIC_CO2, CAPTURE, EMISSIONS, TECHNOLOGICAL_REMOVALS } from '../schema/components.js';
import { has } from '../schema/rules.js';
import { Broken } from './broken.js';
import { removalsOf } from './columns.js';
import { unitFactor } from './tables.js';

const LAW = 3;
const GENERATED = [...EMISSIONS, BIOGENIC_CO2];
// White space that NFKC leaves.
const ENDS = /^[\t-\r\x1c-\x20\x85\u1680\u2028\u2029]+|[\t-\r\x1c-\x20\x85\u1680\u2028\u2029]+$/g;
const PLACES = 6; // in a message
// kg C per kg, about the 12/44 of CO2.
const CONTENT_OF_CO2 = ['0.27', '0.2735'].map((text) => Rational.from(text));

const isAny = (source, ...kinds) => kinds.some((kind) => has(source, kind));

/**
 * @param {object} value a line as signed
 * @param {import('./columns.js').Components} exact its result
 * @param {import('./tables.js').Tables} tables
 * @throws {Broken} where it removes more from the air than it shows to be stored
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
  if (stored !== undefined) require(CAPTURE, 'captures');
}

/** The evidence of a removal as it is compared: an exclusive claim, however spelt. */
export const folded = (evidence) => evidence.normalize('NFKC').replace(ENDS, '').toLowerCase();

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
    const key = folded(removal.evidence);
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
 * What the own process captures is CO2 that it generates, fossil and biogenic: own emissions by a
 * factor or a balance, and gases that are CO2. What inputs did, and what a publication says of
 * another process, is theirs.
 * @param {import('./lines.js').Line[]} lines of a whole inventory
 * @param {import('./columns.js').Components[]} exact
 * @throws {Broken}
 */
export function requireBounded(lines, exact) {
  let [captured, generated] = [ZERO, ZERO];
  for (const [place, { value }] of lines.entries()) {
    const { source } = value;
    const part = (name) => exact[place].get(name) ?? ZERO;
    if (isAny(source, 'gas', 'published')) captured = captured.sub(part(CAPTURE));
    if (isAny(source, 'emission', 'balance') || source.gas?.startsWith('CO2'))
      generated = GENERATED.reduce((sum, name) => sum.add(part(name)), generated);
  }
  if (captured.compare(generated) <= 0) return;
  throw new Broken(LAW, 'captures more CO2 than its own lines generate', [
    `${captured.fixed(PLACES)} kg captured`,
    `${generated.fixed(PLACES)} kg generated`,
  ]);
}
