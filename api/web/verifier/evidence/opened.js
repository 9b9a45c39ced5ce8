/**
 * What a statement's disclosures open: each exactly one slot of this statement, whose place says by
 * which rule the value is judged.
 *
 * @typedef {object} Opened
 * @property {Map<number, object>} lines by index in `inventory`, rising
 * @property {number[] | null} shape indices of the real lines, if disclosed
 * @property {object | null} stages
 * @property {object | null} gases
 * @property {object | null} uncertainty
 * @property {number} count how many disclosures there were
 * @property {boolean} complete the shape is open, and so is every line that it names, at least one
 */
import { Refused } from '../core/errors.js';
import { OPENED } from '../schema/hidden.js';
import { parseDisclosure } from '../core/sdjwt.js';

/**
 * @param {import('./statement.js').Statement} statement
 * @returns {Opened}
 * @throws {Refused} where a disclosure does not fit
 */
export function open(statement) {
  const found = new Map();
  for (const encoded of statement.disclosures) {
    const { value, digest } = parseDisclosure(encoded);
    const place = statement.slots.get(digest);
    if (place === undefined)
      throw new Refused('a disclosure opens no placeholder of this statement');
    const name = `${place.name}[${place.index}]`;
    if (found.has(name)) throw new Refused(`${name} is disclosed twice`);
    OPENED[place.name](value, name);
    found.set(name, { ...place, value });
  }
  const lines = linesOf(found);
  const shape = found.get('inventoryShape[0]')?.value ?? null;
  checkShape(shape, lines, statement.subject.inventory?.length ?? 0);
  return {
    lines,
    shape,
    stages: found.get('stages[0]')?.value ?? null,
    gases: found.get('gases[0]')?.value ?? null,
    uncertainty: found.get('uncertainty[0]')?.value ?? null,
    count: found.size,
    complete: shape !== null && shape.length > 0 && shape.every((index) => lines.has(index)),
  };
}

function linesOf(found) {
  const disclosed = [...found.values()].filter(({ name }) => name === 'inventory');
  disclosed.sort((a, b) => a.index - b.index);
  for (const { index, value } of disclosed) {
    if (value.line !== index)
      throw new Refused(`inventory[${index}] says that it is line ${value.line}`);
  }
  return new Map(disclosed.map(({ index, value }) => [index, value]));
}

function checkShape(shape, lines, slots) {
  if (shape === null) return;
  if (shape.some((index) => index >= slots)) {
    throw new Refused('inventoryShape names a line beyond the inventory');
  }
  const named = new Set(shape);
  for (const index of lines.keys()) {
    if (!named.has(index)) {
      throw new Refused('a disclosed line is not one of those that inventoryShape names');
    }
  }
}
