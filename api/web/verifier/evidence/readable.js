/**
 * Whether bytes are an evidence file at all; where they are not, what they are and what to do.
 *
 * What is cut, saved again or of another kind says nothing of a statement, for or against it. What
 * is written as evidence is and holds something wrong is another matter: it fails check 0.
 */
import { text as utf8Text, utf8 } from '../core/bytes.js';
import { parse, parseLoose } from '../core/canonical.js';
import { NotReadable, Refused, TooLarge } from '../core/errors.js';
import { PACKED, begins, kindOf, trimmed, withoutMark } from '../core/filekinds.js';
import { has, isObject } from '../schema/rules.js';
import { AGAIN, RESTORE, inflated, isPacked, joined, linesIn } from './container.js';
import { ALONE } from '../slices/alone.js';
import { readAgain } from './again.js';
import { LINE_DEPTH } from './lines.js';

const VERSION = 3;
const SWAPPED = 'this looks like a trust file; were the two swapped?';
const OURS = 'give the evidence file that belongs to it';
const UNPACK = 'unpack it, and give the file inside';
// What else it may be is looked for in files of this length: reading one takes many times it.
const MAX_LOOKED_INTO = 32 * 1024 * 1024;
const WHAT = 'the evidence file';
const OF_HEAD = { maxString: 4 * 65_536, what: WHAT }; // a checkpoint of 65,536 characters
const OF_LINE = { maxDepth: LINE_DEPTH, what: WHAT };
const [OPEN, CLOSE, TILDE] = utf8('{}~');
const STATEMENT = utf8('ey');

/** A line that is no canonical JSON. */
class NotWritten extends Refused {}

/**
 * What `check` makes of an evidence file's lines: a head, then statements.
 * @template T
 * @param {Uint8Array} bytes
 * @param {(values: Iterator, ahead: import('../slices/slices.js').Ahead) => Promise<T>} check
 *   rejects with Refused for values that are none of evidence. What it gives to `next` was seen of
 *   the line by another thread: then it gets the line's Entry.
 * @param {import('../slices/slices.js').Slices} slices
 * @returns {Promise<T>}
 * @throws {NotReadable} (rejects) with the cause and what to do
 */
export async function readValues(bytes, check, slices) {
  if (!isPacked(bytes)) throw await unread(bytes, check);
  const pieces = await inflated(bytes);
  try {
    return await check(values(linesIn(pieces)), slices.of(pieces));
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    throw await savedAgain(joined(pieces), error, check);
  }
}

function* values(lines) {
  const first = lines.next();
  let seen = yield headOf(value(first.done ? new Uint8Array() : first.value, OF_HEAD));
  for (const line of lines)
    seen = yield seen === null ? value(line, OF_LINE) : readAgain(line, seen);
}

/** The value of a statement's line. @param {Uint8Array} line @throws {Refused} */
export function valueOf(line) {
  return value(line, OF_LINE);
}

function value(line, limits) {
  try {
    return parse(line, limits);
  } catch (error) {
    if (error instanceof Refused) throw new NotWritten(error.message);
    throw error;
  }
}

// What to say of bytes that are not packed.
async function unread(bytes, check) {
  const found = kindOf(bytes);
  if (found !== null) {
    const remedy = PACKED.includes(found) ? UNPACK : OURS;
    return new NotReadable(`it ${found} — ${remedy}`);
  }
  const content = trimmed(withoutMark(bytes));
  if (begins(content, STATEMENT) && content.includes(TILDE))
    return new NotReadable(`it is one signed statement, and no evidence file — ${OURS}`);
  if (content[0] !== OPEN)
    return new NotReadable(`it is not packed as evidence files are, by gzip — ${AGAIN}`);
  if (content.at(-1) !== CLOSE)
    return new NotReadable(`it ends early: a part of it is missing — ${AGAIN}`);
  return savedAgain(content, new Refused('it is not packed by gzip'), check);
}

// What to say of what some program wrote again, or of something else.
async function savedAgain(content, error, check) {
  let found;
  try {
    found = loosely(content);
  } catch (other) {
    if (!(other instanceof Refused)) throw other;
    return new NotReadable(`it is not written as evidence files are: ${error.message} — ${AGAIN}`);
  }
  try {
    headOf(found[0]);
    await check(found.values(), ALONE);
  } catch (other) {
    if (other instanceof NotReadable) return other;
    if (!(other instanceof Refused)) throw other;
    const what = 'another program saved it, and changed more than its layout';
    return new NotReadable(`${what}: ${other.message} — ${AGAIN}`);
  }
  const what =
    'another program unpacked it, or saved it in another layout; nothing in it changed';
  return new NotReadable(`${what} — ${RESTORE}`);
}

// The values of a file in any layout.
function loosely(bytes) {
  if (bytes.length > MAX_LOOKED_INTO)
    throw new TooLarge(`a file of more than ${MAX_LOOKED_INTO} bytes is not restored`);
  const content = trimmed(withoutMark(bytes));
  try {
    return [parseLoose(content, OF_HEAD)];
  } catch (error) {
    const lines = error instanceof Refused ? utf8Text(content).split('\n') : [];
    if (lines.length < 2) throw error;
    return lines.map((line, number) => parseLoose(utf8(line), number === 0 ? OF_HEAD : OF_LINE));
  }
}

/** The head of this version; throws NotReadable, which says what other JSON looks like. */
function headOf(found) {
  const ours = isObject(found) && has(found, 'subject');
  if (ours && (has(found, 'proofs') || has(found, 'statements'))) {
    const { version } = found;
    if (typeof version !== 'number' || version === VERSION) return found;
    throw new NotReadable(
      `it is evidence of version ${version}, and version ${VERSION} is read — ` +
        'ask for a file of that version, or use its verifier',
    );
  }
  throw new NotReadable(withRemedy(kind(found)));
}

const withRemedy = (what) => (what === SWAPPED ? what : `${what} — ${OURS}`);

// What JSON that is no evidence file looks like.
function kind(found) {
  if (isObject(found)) {
    if (has(found, 'vkey') && has(found, 'contracts')) return SWAPPED;
    if (has(found, 'verdict')) return 'it is a report of a verification, and no evidence file';
  }
  return 'it is JSON, and no evidence file: it has no subject with proofs';
}
