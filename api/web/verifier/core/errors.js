/**
 * Everything this verifier throws on purpose. Anything else that is thrown is a fault of its own.
 *
 *     Refused       somebody's input breaks a written rule
 *     ├── NotReadable  it is cut, saved again or of another kind: it says nothing
 *     ├── NotCanonical  its bytes are not the one encoding of what they say
 *     └── TooLarge  it is beyond a stated limit; refused before any expensive work
 *     Unavailable   something needed is missing, which is not the same as wrong
 *     Usage         the verifier was asked in a way that has no answer
 */

/** Input that breaks a rule; the message names the rule and the place. */
export class Refused extends Error {
  name = 'Refused';
}

/** Input beyond a stated limit. */
export class TooLarge extends Refused {
  name = 'TooLarge';
}

/** A file that is cut, saved again or of another kind than asked for: it says nothing. */
export class NotReadable extends Refused {
  name = 'NotReadable';
}

/** Bytes that are not the one canonical encoding of their content (RFC 8785). */
export class NotCanonical extends Refused {
  name = 'NotCanonical';
}

/** Something that can't be shown with what is available: a trie node, a chain, a file. */
export class Unavailable extends Error {
  name = 'Unavailable';
}

/** A question without an answer: a wrong trust file, an unknown option, no expectation. */
export class Usage extends Error {
  name = 'Usage';
}
