/**
 * What a statement's disclosures open: each exactly one slot of this statement, whose place says by
 * which rule the value is judged.
 *
 * @typedef {object} List a hidden list of which only some is open
 * @property {Map<number, object>} items by index, rising
 * @property {number[] | null} shape indices of the real items, if disclosed
 * @property {boolean} complete the shape is open, and so is every item that it names, at least one
 *
 * @typedef {object} Opened
 * @property {Map<number, object>} lines by index in `inventory`, rising
 * @property {number[] | null} shape indices of the real lines, if disclosed
 * @property {boolean} complete of the inventory
 * @property {List} rows of a process record's allocation
 * @property {List} activities of a process record
 * @property {List} pool rows of a variant pool
 * @property {Map<string, object[]>} others values of every other member, by its name
 * @property {number} count how many disclosures there were
 */
import { Refused } from '../core/errors.js';
import { parseDisclosure } from '../core/sdjwt.js';
import { OPENED } from '../schema/hidden.js';

/** Hidden lists: the member, its shape, and what an item calls its own index. */
const LISTS = [
  ['inventory', 'inventoryShape', 'line'],
  ['allocation', 'allocationShape', 'row'],
  ['activities', 'activitiesShape', 'activity'],
  ['rows', 'rowsShape', 'row'],
];

/**
 * What disclosures open whose places and values are known, as `foundIn` gives them.
 * @param {{name: string, index: number, value: unknown}[]} at
 * @param {import('./statement.js').Statement} statement
 * @returns {Opened}
 * @throws {Refused} where one is not the item that it says
 */
export function openedAt(at, statement) {
  const found = new Map(at.map((one) => [`${one.name}[${one.index}]`, one]));
  const [inventory, rows, activities, pool] = LISTS.map((names) => listOf(names, found, statement));
  const others = new Map();
  for (const { name, value } of found.values()) {
    if (!others.has(name)) others.set(name, []);
    others.get(name).push(value);
  }
  return {
    lines: inventory.items,
    shape: inventory.shape,
    complete: inventory.complete,
    rows,
    activities,
    pool,
    others,
    count: found.size,
  };
}

/** The value of a member with one slot, or null. @param {Opened} opened */
export function only(opened, name) {
  return opened.others.get(name)?.[0] ?? null;
}

/**
 * The place and value of each disclosure, in their order.
 * @returns {{name: string, index: number, value: unknown}[]}
 * @throws {Refused} where one does not fit
 */
export function foundIn(statement) {
  const met = new Set();
  const found = [];
  for (const { content, encoded } of statement.disclosures) {
    const { value, digest } = parseDisclosure(content, encoded);
    const place = statement.slots.get(digest);
    if (place === undefined)
      throw new Refused('a disclosure opens no placeholder of this statement');
    const name = `${place.name}[${place.index}]`;
    if (met.has(name)) throw new Refused(`${name} is disclosed twice`);
    OPENED[place.name](value, name);
    met.add(name);
    found.push({ name: place.name, index: place.index, value });
  }
  return found;
}

/** @returns {List} */
function listOf([member, shapeMember, index], found, { subject }) {
  const disclosed = [...found.values()].filter(({ name }) => name === member);
  disclosed.sort((a, b) => a.index - b.index);
  for (const one of disclosed) {
    if (one.value[index] !== one.index)
      throw new Refused(`${member}[${one.index}] says that it is ${index} ${one.value[index]}`);
  }
  const items = new Map(disclosed.map((one) => [one.index, one.value]));
  const shape = found.get(`${shapeMember}[0]`)?.value ?? null;
  if (shape !== null) checkShape(shape, items, subject[member]?.length ?? 0, shapeMember, index);
  const complete = shape !== null && shape.length > 0 && shape.every((one) => items.has(one));
  return { items, shape, complete };
}

function checkShape(shape, items, slots, member, noun) {
  if (shape.some((index) => index >= slots))
    throw new Refused(`${member} names a ${noun} beyond its list`);
  const named = new Set(shape);
  for (const index of items.keys()) {
    if (!named.has(index))
      throw new Refused(`a disclosed ${noun} is not one of those that ${member} names`);
  }
}
