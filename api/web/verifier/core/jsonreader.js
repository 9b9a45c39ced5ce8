/**
 * The reader behind canonical.js: JSON text to values, never deeper than it may.
 *
 * Strict, it takes only what RFC 8785 would write, so nothing needs to be written again and
 * compared; loose, it takes RFC 8259 within the same limits.
 */

import { Refused, TooLarge } from './errors.js';

const PLAIN = /[^"\\\x00-\x1f]*/y;
const NOT_PLAIN = /[\\\x00-\x1f]/;
const INTEGER = /-?(?:0|[1-9][0-9]*)/y;
const SPACE = /[ \t\n\r]*/y;
const HEX4 = /[0-9a-fA-F]{4}/y;
const NOT_ASCII = /[^\x00-\x7f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const MOST_DIGITS = 16; // 2^53 - 1 has 16
const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const [LETTER_T, LETTER_F, LETTER_N] = [0x74, 0x66, 0x6e];

const SHORT = { '"': '"', '\\': '\\', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const HAS_SHORT_FORM = new Set(Object.values(SHORT));

/**
 * An object as it is read: without anything but its members, so that none is found that is not
 * there. Engines keep what a constructor makes in their short form, and read it several times as
 * fast as what has no prototype at all.
 */
export function Members() {}
Members.prototype = Object.freeze(Object.create(null));

/** Reads one text once. */
export class JsonReader {
  /**
   * @param {string} text well-formed UTF-16
   * @param {{maxDepth: number, maxString: number, what: string, loose: boolean}} options
   */
  constructor(text, options) {
    this.text = text;
    this.at = 0;
    this.maxDepth = options.maxDepth;
    this.maxString = options.maxString;
    this.what = options.what;
    this.loose = options.loose;
    /** Whether every name is ASCII: a strict text escapes control characters only. */
    this.ascii = !options.loose && !NOT_ASCII.test(text);
  }

  /**
   * The text's only value.
   * @throws {Refused|TooLarge}
   */
  whole() {
    const value = this.value(1);
    this.space();
    if (this.at !== this.text.length) this.refuse('something follows the value');
    return value;
  }

  value(level) {
    this.space();
    if (level > this.maxDepth) {
      throw new TooLarge(`${this.what} is deeper than ${this.maxDepth} levels`);
    }
    switch (this.text.charCodeAt(this.at)) {
      case BRACE:
        return this.object(level);
      case BRACKET:
        return this.array(level);
      case QUOTE:
        return this.string();
      case LETTER_T:
        return this.word('true', true);
      case LETTER_F:
        return this.word('false', false);
      case LETTER_N:
        return this.word('null', null);
      default:
        return this.integer();
    }
  }

  object(level) {
    const members = new Members();
    this.at++;
    this.space();
    if (this.took(BRACE_END)) return members;
    let last = null;
    do {
      this.space();
      const start = this.at;
      if (this.text.charCodeAt(start) !== QUOTE) this.refuse('no member name');
      const name = this.string();
      if (!this.ascii && NOT_ASCII.test(name)) this.refuse('a member name is not ASCII', start);
      // Names are ASCII, so UTF-16 order, UTF-8 order and this one are the same. One that stands
      // twice does not rise.
      if (this.loose || (last !== null && name <= last)) {
        if (name in members) this.refuse('a member stands twice', start);
        if (!this.loose) this.refuse('members not sorted', start);
      }
      this.space();
      if (!this.took(COLON)) this.refuse('no colon');
      members[name] = this.value(level + 1);
      last = name;
      this.space();
    } while (this.took(COMMA));
    if (!this.took(BRACE_END)) this.refuse('no end of an object');
    return members;
  }

  array(level) {
    const items = [];
    this.at++;
    this.space();
    if (this.took(BRACKET_END)) return items;
    do {
      items.push(this.value(level + 1));
      this.space();
    } while (this.took(COMMA));
    if (!this.took(BRACKET_END)) this.refuse('no end of an array');
    return items;
  }

  string() {
    const start = this.at++;
    const end = this.text.indexOf('"', this.at);
    let value = end < 0 ? '\\' : this.text.slice(this.at, end);
    if (NOT_PLAIN.test(value)) value = this.escaped();
    else this.at = end + 1;
    if (isLongerInUtf8(value, this.maxString)) {
      throw new TooLarge(`a string in ${this.what} is longer than ${this.maxString} bytes`);
    }
    // Strict texts can't write one: they come from UTF-8 and may escape control characters only.
    if (this.loose && LONE_SURROGATE.test(value)) this.refuse('a lone surrogate', start);
    return value;
  }

  /** A string in which something is escaped, or wrong. */
  escaped() {
    let value = '';
    for (;;) {
      value += this.match(PLAIN);
      if (this.took(QUOTE)) return value;
      if (!this.took(BACKSLASH)) this.refuse('a string has a control character or no end');
      value += this.escape();
    }
  }

  /** What follows a backslash: RFC 8259 section 7; strict, only RFC 8785 section 3.2.2.2. */
  escape() {
    const start = this.at - 1;
    const letter = this.text[this.at++];
    if (letter === 'u') {
      const digits = this.match(HEX4);
      const character = String.fromCharCode(parseInt(digits, 16));
      const minimal = character < ' ' && !HAS_SHORT_FORM.has(character) && !/[A-F]/.test(digits);
      return digits && (this.loose || minimal) ? character : this.refuse('an escape', start);
    }
    if (letter === '/' && this.loose) return '/';
    return Object.hasOwn(SHORT, letter) ? SHORT[letter] : this.refuse('an escape', start);
  }

  integer() {
    const start = this.at;
    const digits = this.match(INTEGER);
    if (!digits || /[0-9.eE]/.test(this.text[this.at] ?? '')) this.refuse('no plain value', start);
    const value = digits.length <= MOST_DIGITS + 1 ? Number(digits) : NaN;
    if (digits === '-0' || !Number.isSafeInteger(value)) {
      this.refuse('a number is not an integer within ±(2^53 - 1)', start);
    }
    return value;
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at)) this.refuse('no plain value');
    this.at += word.length;
    return value;
  }

  space() {
    if (this.loose) this.match(SPACE);
  }

  took(code) {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  match(pattern) {
    const start = this.at;
    pattern.lastIndex = start;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
    return this.text.slice(start, this.at);
  }

  /** @returns {never} */
  refuse(reason, at = this.at) {
    const kind = this.loose ? 'JSON as this verifier reads it' : 'canonical JSON';
    throw new Refused(`${this.what} is not ${kind}: ${reason}, at character ${at}`);
  }
}

/**
 * Whether a text takes more than `most` bytes of UTF-8.
 * @param {string} text
 * @param {number} most
 * @returns {boolean}
 */
export function isLongerInUtf8(text, most) {
  if (3 * text.length <= most) return false; // a UTF-16 unit takes at most three
  if (text.length > most) return true;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of the pair's four.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit & 0xf800) !== 0xd800 ? 2 : 1;
  }
  return bytes > most;
}
