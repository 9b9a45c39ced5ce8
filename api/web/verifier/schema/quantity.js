/**
 * Amounts and what kind of quantity they are (law 8): net or gross calorific value, the state of a
 * gas volume, dry or wet mass. A qualifier that differs is converted by a stated value.
 */
import { members, oneOf, positive, refuse, text } from './rules.js';

/** What must fit between an amount and the declared unit that it is counted in. */
export const QUALIFIERS = Object.freeze(['calorificValue', 'state', 'moisture']);
const qualifiers = {
  calorificValue: oneOf('net', 'gross'),
  state: oneOf(...[0, 15, 20, 25].map((celsius) => `${celsius} °C 101.325 kPa`)),
  moisture: oneOf('dry', 'wet'),
};

/** A value above zero in a unit. @type {import('./rules.js').Rule} */
export const plainAmount = members({ value: positive, unit: text });

const declared = members({}, qualifiers);
const converted = members(
  { value: positive, unit: text, by: positive, reference: text },
  qualifiers,
);
const ofLine = members({}, { ...qualifiers, converted });

/** What kind the declared unit is. @type {import('./rules.js').Rule} */
export function declaredQuantity(value, path) {
  declared(value, path);
  someOf(value, path);
}

// Of a line: at least one qualifier, or what it was converted from.
function lineQuantity(value, path) {
  ofLine(value, path);
  someOf(value, path);
}

function someOf(value, path) {
  if (Object.keys(value).length === 0) refuse(path, 'an object with at least one qualifier');
}

/** A line's amount. @type {import('./rules.js').Rule} */
export const lineAmount = members({ value: positive, unit: text }, { quantity: lineQuantity });
