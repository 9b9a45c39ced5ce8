/**
 * One spelling for what people write in several: names, numbers of certificates, GS1 keys. The rule
 * is written out by code points, so that every verifier folds alike; only comparisons fold.
 * Unicode's stability policies fix how a character folds from the version that assigns it on, so
 * texts of statements have none of a later one.
 */
import { ASSIGNED } from './unicode14.js';

// Categories Cc (but for white space) and Cf of Unicode 14, and what else is shown as nothing.
const INVISIBLE = new RegExp(
  '[\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f' +
    '\\u0890\\u0891\\u08e2\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f' +
    '\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb' +
    '\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}' +
    '\\u{e0000}-\\u{e0fff}]',
  'gu',
);
const OTHER = new RegExp(
  `[^${ASSIGNED.replace(/[0-9A-F]+/g, '\\u{$&}').replaceAll(' ', '')}]`,
  'u',
);
const ASCII = /^[\0-\x7f]*$/;
const WHITE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const GTIN = /^urn:(?:gtin|gs1:gtin|gs1:01):([0-9]{1,14})$/i;
const GLN = /^urn:(?:gln|gs1:gln|gs1:414):([0-9]{1,13})$/i;

/**
 * The form in which names are compared; folding it again changes nothing.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const seen = text.replace(INVISIBLE, '').normalize('NFKC');
  const lower = seen.toLowerCase().replaceAll('\u03c2', '\u03c3').normalize('NFKC');
  return lower.replace(WHITE, ' ').replace(/^ | $/g, '');
}

/**
 * The place of the first character that Unicode 14.0 does not assign, null if it assigns all.
 * @param {string} text
 * @returns {number | null} in code points
 */
export function unassigned(text) {
  const found = ASCII.test(text) ? null : OTHER.exec(text);
  return found === null ? null : [...text.slice(0, found.index)].length;
}

/**
 * The one spelling of a URN: GS1 keys in full length, the namespace in lower case.
 * @param {string} urn
 * @returns {string}
 */
export function sameUrn(urn) {
  const [, gtin] = GTIN.exec(urn) ?? [];
  if (gtin !== undefined) return `urn:gtin:${gtin.padStart(14, '0')}`;
  const [, gln] = GLN.exec(urn) ?? [];
  if (gln !== undefined) return `urn:gln:${gln.padStart(13, '0')}`;
  return urn.replace(/^urn:[^:]*:/i, (name) => name.toLowerCase());
}

/**
 * The one spelling in which a site is compared, whatever record or number is of it.
 * @param {string} site
 * @returns {string}
 */
export const sameSite = (site) => fold(sameUrn(site));

// A folded text without the ASCII digits at its end, and these digits.
function counted(text) {
  const folded = fold(text);
  let end = folded.length;
  while (end > 0 && folded[end - 1] >= '0' && folded[end - 1] <= '9') end -= 1;
  return [folded.slice(0, end), folded.slice(end)];
}

/**
 * The texts of a range: of each span its stem, and its first and last digits. Two texts of one stem
 * and as many digits at the end are a span of numbers; any others are each alone.
 * @param {{from: string, to: string}} range
 * @returns {string[][]}
 */
export function spansOf({ from, to }) {
  const [[stem, low], [other, high]] = [counted(from), counted(to)];
  if (stem === other && low.length === high.length && low <= high) return [[stem, low, high]];
  return [
    [stem, low, low],
    [other, high, high],
  ];
}

/**
 * Whether two lists of spans have a text in common.
 * @param {string[][]} some
 * @param {string[][]} others
 */
export function inCommon(some, others) {
  const groups = new Map();
  for (const span of others) {
    const name = `${span[1].length} ${span[0]}`;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(span);
  }
  return some.some(([stem, low, high]) =>
    (groups.get(`${low.length} ${stem}`) ?? []).some(
      ([, first, last]) => low <= last && first <= high,
    ),
  );
}
