/** Sums of components by column: gross, removals, credits, memo, and the two totals. */
import { Rational, ZERO } from '../core/rational.js';
import { ADDED, CREDITS, GROSS, NET, REMOVALS } from '../schema/components.js';

/** The sum of the named components; what is absent is zero. @returns {Rational} */
function sumOf(names, components) {
  return names.reduce((total, name) => total.add(components.get(name) ?? ZERO), ZERO);
}

/** @typedef {Map<string, Rational>} Components kg CO2e by component */

/** @param {Components} components */
export const grossOf = (components) => sumOf(GROSS, components);
/** @param {Components} components */
export const removalsOf = (components) => sumOf(REMOVALS, components);
/** @param {Components} components */
export const creditsOf = (components) => sumOf(CREDITS, components);
/** Removals and credits in one sum. @param {Components} components */
export const takenOffOf = (components) => sumOf([...REMOVALS, ...CREDITS], components);
/** pcfExcludingBiogenicUptake: gross, removals and credits. @param {Components} components */
export const netOf = (components) => sumOf(NET, components);
/** pcfIncludingBiogenicUptake: the net and both memo flows. @param {Components} components */
export const includingOf = (components) => sumOf(ADDED, components);

/** What an account weighs: the size of the gross. @param {Components} components */
export const weightOf = (components) => grossOf(components).abs();

/** Sums of many maps, by name. @param {Iterable<[string, Rational]>} pairs @returns {Components} */
export function added(pairs) {
  const sums = new Map();
  for (const [name, value] of pairs) sums.set(name, (sums.get(name) ?? ZERO).add(value));
  return sums;
}

/** An object of decimal texts as a map of exact numbers. @returns {Components} */
export function exactly(texts) {
  return new Map(Object.entries(texts).map(([name, text]) => [name, Rational.from(text)]));
}
