/**
 * What a law finds: a sentence on the lines that it is about, and how much it weighs.
 *
 * @typedef {object} Finding
 * @property {'broken' | 'unsaid' | 'notice'} weight unsaid: something that the law asks for was
 *   never said, so it can't be checked
 * @property {string} what goes on after its line; without lines a whole sentence
 * @property {number[]} lines concerned, the one to correct first
 */
export const [BROKEN, UNSAID, NOTICE] = Object.freeze(['broken', 'unsaid', 'notice']);

/** @returns {Finding} */
export const finding = (weight, what, ...lines) => ({ weight, what, lines });

/** The finding with its line in front. @param {Finding} found */
export const sentence = ({ what, lines: [first] }) =>
  first === undefined ? what : `line ${first} ${what}`;
