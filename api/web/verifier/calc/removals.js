/** What bounds a removal (law 3): what is stored, and what there was to capture. */
import { Rational, ZERO } from '../core/rational.js';
import {
  BIOGENIC_CO2,
  CAPTURE,
  FOSSIL,
  TECHNOLOGICAL_REMOVALS,
} from '../schema/components.js';
import { has } from '../schema/rules.js';
import { Broken } from './broken.js';
import { unitFactor } from './tables.js';

const LAW = 3;

/**
 * @param {object} value a line as signed
 * @param {import('./columns.js').Components} exact its result
 * @param {import('./tables.js').Tables} tables
 * @throws {Broken} where it removes more than what it shows stored
 */
export function requireStored({ line, removal }, exact, tables) {
  const removed = exact.get(TECHNOLOGICAL_REMOVALS)?.abs() ?? ZERO;
  if (removal?.stored === undefined || removed.isZero) return;
  const { value, unit } = removal.stored;
  const stored = Rational.from(value).mul(unitFactor(tables, unit, 'kilogram'));
  if (removed.compare(stored) <= 0) return;
  throw new Broken(LAW, `line ${line} removes more CO2 than it shows stored`, [
    `${removed.fixed(6)} kg removed`,
    `${value} ${unit} stored`,
  ]);
}

/**
 * Capture at source is of CO2 that the own process sets free, fossil and biogenic.
 * @param {import('./lines.js').Line[]} lines of a whole inventory
 * @param {import('./columns.js').Components[]} exact
 * @throws {Broken}
 */
export function requireBounded(lines, exact) {
  let [captured, generated] = [ZERO, ZERO];
  for (const [place, { value }] of lines.entries()) {
    if (has(value.source, 'statement')) continue;
    const part = (name) => exact[place].get(name) ?? ZERO;
    captured = captured.sub(part(CAPTURE));
    generated = generated.add(part(FOSSIL)).add(part(BIOGENIC_CO2));
  }
  if (captured.compare(generated) <= 0) return;
  throw new Broken(LAW, 'more CO2 is captured than the process sets free', [
    `${captured.fixed(6)} kg captured`,
    `${generated.fixed(6)} kg set free`,
  ]);
}
