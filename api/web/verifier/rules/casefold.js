/**
 * Unicode's full case folding (CaseFolding.txt 14.0.0, C and F), for comparing words.
 *
 * What a character folds to is its upper case's lower case, but for these: the dotless i keeps to
 * itself, the capital sharp s folds as the small one, and Cherokee folds to its capitals.
 */
const ASCII = /^[\0-\x7f]*$/;
const [DOTLESS_I, CAPITAL_SHARP_S] = ['\u0131', '\u1e9e'];
const CHEROKEE = [0x13a0, 0x13f5];
const SIX_SMALL = [0x13f8, 0x13fd];
const SMALL = [0xab70, 0xabbf];

/** @param {string} text @returns {string} */
export function folded(text) {
  return ASCII.test(text) ? text.toLowerCase() : Array.from(text, one).join('');
}

function one(character) {
  if (character === DOTLESS_I) return character;
  if (character === CAPITAL_SHARP_S) return 'ss';
  const code = character.codePointAt(0);
  if (isWithin(code, CHEROKEE)) return character;
  if (isWithin(code, SIX_SMALL)) return String.fromCodePoint(code - 8);
  if (isWithin(code, SMALL)) return String.fromCodePoint(code - SMALL[0] + CHEROKEE[0]);
  return character.toUpperCase().toLowerCase();
}

function isWithin(code, [low, high]) {
  return low <= code && code <= high;
}
