/**
 * Checkpoints: C2SP tlog-checkpoint in a C2SP signed-note, Ed25519; witnesses' tlog-cosignature.
 *
 * Narrower than C2SP: a checkpoint has exactly three lines (no extension lines), a log's name is
 * printable ASCII, and a note has at most 65536 characters. Lines of other keys are
 * only required to be `— name base64`.
 */

import { b64, fromB64 } from './base64.js';
import { concat, equal, hex, u64be, utf8 } from './bytes.js';
import { sha256 } from './digest.js';
import { Refused, TooLarge } from './errors.js';
import { checkOrder } from './smallorder.js';
import { importEd25519, subtle } from './webcrypto.js';

export const MAX_NOTE = 65536; // Unicode characters
const MAX_ORIGIN = 255;
const MAX_DIGITS = 16;
const LOG = 0x01;
const WITNESS = 0x04;
const ID_BYTES = 4;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;
const ROOT_BYTES = 32;

/** Who may sign a note: a name with an Ed25519 key. Made by `parseVkey`. */
export class NoteKey {
  #imported = null;

  /**
   * @param {string} name
   * @param {number} algorithm 0x01 for a log, 0x04 for a witness
   * @param {Uint8Array} key
   * @throws {Refused} a name that is none, another algorithm or length, a key of small order
   */
  constructor(name, algorithm, key) {
    checkOrigin(name);
    if (![LOG, WITNESS].includes(algorithm) || key.length !== KEY_BYTES) {
      throw new Refused('a note key is not a 32-byte Ed25519 key');
    }
    checkOrder(key);
    this.name = name;
    this.algorithm = algorithm;
    this.key = key;
    /** Four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ key). */
    this.id = sha256(concat(utf8(`${name}\n`), this.#typed(), key)).subarray(0, ID_BYTES);
  }

  /** Whether it cosigns (C2SP tlog-cosignature) and does not sign as a log. */
  get isWitness() {
    return this.algorithm === WITNESS;
  }

  /** The key as text, `name+id+base64(algorithm ‖ key)`. */
  get vkey() {
    return `${this.name}+${hex(this.id)}+${b64(concat(this.#typed(), this.key))}`;
  }

  /**
   * @param {Uint8Array} message
   * @param {Uint8Array} signature
   * @returns {Promise<boolean>}
   * @throws {import('./errors.js').Unavailable} (rejects) an engine without Ed25519
   */
  async signed(message, signature) {
    this.#imported ??= importEd25519(this.key);
    const native = await this.#imported;
    return native !== null && subtle().verify('Ed25519', native, signature, message);
  }

  #typed() {
    return new Uint8Array([this.algorithm]);
  }
}

/**
 * Read a vkey (C2SP signed-note, "verifier keys").
 * @param {string} vkey
 * @returns {NoteKey}
 * @throws {Refused} parts that are missing, don't agree or are not in their one spelling
 */
export function parseVkey(vkey) {
  const parts = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey);
  if (parts === null) throw new Refused('a vkey is not name+id+key');
  const data = fromB64(parts[3], 'vkey');
  if (data.length === 0) throw new Refused('a vkey has no key');
  const key = new NoteKey(parts[1], data[0], data.subarray(1));
  if (hex(key.id) !== parts[2]) {
    throw new Refused("a vkey's id does not belong to its name and key");
  }
  return key;
}

/** A log's state with its signature lines: believed once `verify` returned. */
export class SignedCheckpoint {
  /**
   * @param {{origin: string, size: bigint, root: Uint8Array}} state
   * @param {string} body what is signed: the note's text with its last newline
   * @param {{name: string, data: Uint8Array}[]} lines key id ‖ signature of each
   */
  constructor({ origin, size, root }, body, lines) {
    this.origin = origin;
    this.size = size;
    this.root = root;
    this.body = body;
    this.lines = lines;
  }

  /**
   * Return if the log's key signed this.
   * @param {NoteKey} key
   * @returns {Promise<void>}
   * @throws {Refused} (rejects) another log's, unsigned, signed twice or wrongly
   */
  async verify(key) {
    if (key.algorithm !== LOG) throw new Refused(`${key.name} is not a log's key`);
    if (this.origin !== key.name) {
      throw new Refused(`the checkpoint is of log ${this.origin}, not ${key.name}`);
    }
    const signature = this.#signatureOf(key);
    if (signature?.length !== SIGNATURE_BYTES) {
      throw new Refused(`the checkpoint has no signature by ${key.name}`);
    }
    if (!(await key.signed(utf8(this.body), signature))) {
      throw new Refused(`the checkpoint is not signed by ${key.name}`);
    }
  }

  /**
   * Return if `threshold` of the witnesses cosigned. One key under two names counts once, and
   * cosignatures that are not true don't count.
   * @param {NoteKey[]} witnesses
   * @param {number} threshold
   * @returns {Promise<void>}
   * @throws {Refused} (rejects) too few, a witness with two lines, a threshold that asks nothing
   *   or the impossible
   */
  async verifyQuorum(witnesses, threshold) {
    const distinct = new Set(witnesses.map((witness) => hex(witness.key)));
    if (!(threshold >= 1 && threshold <= distinct.size)) {
      throw new Refused("the witness policy's threshold is below 1 or beyond its distinct keys");
    }
    const seen = new Set();
    for (const witness of witnesses) {
      if (await this.#cosigned(witness)) seen.add(hex(witness.key));
    }
    if (seen.size < threshold) {
      throw new Refused(`the checkpoint has ${seen.size} of ${threshold} witness cosignatures`);
    }
  }

  /** C2SP tlog-cosignature, "Ed25519 signed message". */
  async #cosigned(witness) {
    if (witness.algorithm !== WITNESS) throw new Refused(`${witness.name} is not a witness's key`);
    const line = this.#signatureOf(witness);
    if (line?.length !== TIME_BYTES + SIGNATURE_BYTES) return false;
    const time = new DataView(line.buffer, line.byteOffset).getBigUint64(0);
    const message = `cosignature/v1\ntime ${time}\n${this.body}`;
    return witness.signed(utf8(message), line.subarray(TIME_BYTES));
  }

  /** The one line of a key without its id; two would leave open which one counts. */
  #signatureOf(key) {
    const lines = this.lines.filter(
      ({ name, data }) => name === key.name && equal(data.subarray(0, ID_BYTES), key.id),
    );
    if (lines.length > 1) {
      throw new Refused(`the checkpoint has two signature lines of ${key.name}`);
    }
    return lines[0]?.data.subarray(ID_BYTES);
  }
}

/**
 * Read a signed checkpoint.
 * @param {string} note
 * @returns {SignedCheckpoint}
 * @throws {TooLarge} more than 65536 characters
 * @throws {Refused} another form
 */
export function parseCheckpoint(note) {
  checkLength(note, MAX_NOTE, 'a checkpoint');
  const blank = note.indexOf('\n\n');
  const lines = note.slice(0, blank).split('\n');
  if (blank < 0 || lines.length !== 3 || !note.endsWith('\n')) {
    throw new Refused('a checkpoint is not origin, size, root, an empty line and signature lines');
  }
  const [origin, size, root] = lines;
  checkOrigin(origin);
  const state = {
    origin,
    size: plainInteger(size, "a checkpoint's size"),
    root: fromB64(root, 'checkpoint root'),
  };
  if (state.root.length !== ROOT_BYTES) throw new Refused("a checkpoint's root is not 32 bytes");
  const signatures = note
    .slice(blank + 2, -1)
    .split('\n')
    .map(signatureLine);
  return new SignedCheckpoint(state, note.slice(0, blank + 1), signatures);
}

/**
 * Return if a text can name a log: 1 to 255 printable ASCII characters, no space, no plus.
 * @param {string} origin
 * @throws {Refused}
 */
function checkOrigin(origin) {
  if (origin.length > MAX_ORIGIN || !/^[!-*,-~]+$/.test(origin)) {
    throw new Refused("a log's origin is 1 to 255 printable ASCII characters, no space, no plus");
  }
}

/**
 * Read up to 16 decimal digits without leading zeros.
 * @param {string} text
 * @param {string} what
 * @returns {bigint}
 * @throws {Refused}
 */
export function plainInteger(text, what) {
  if (text.length <= MAX_DIGITS && /^(?:0|[1-9][0-9]*)$/.test(text)) return BigInt(text);
  throw new Refused(`${what} is not a plain decimal number`);
}

/**
 * Return if a text has at most `most` Unicode characters.
 * @param {string} text
 * @param {number} most
 * @param {string} what
 * @throws {TooLarge}
 */
export function checkLength(text, most, what) {
  // Two UTF-16 units make at most one character, so only few texts have to be counted.
  const isLonger = text.length > 2 * most || (text.length > most && [...text].length > most);
  if (isLonger) throw new TooLarge(`${what} is longer than ${most} characters`);
}

function signatureLine(line) {
  const parts = line.split(' ');
  if (parts.length !== 3 || parts[0] !== '\u2014') {
    throw new Refused('a signature line is not dash, name and signature');
  }
  return { name: parts[1], data: fromB64(parts[2], 'checkpoint signature') };
}
