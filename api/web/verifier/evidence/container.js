/**
 * The evidence file's container: one member of gzip (RFC 1952) that holds lines of canonical JSON.
 *
 * A line is read, judged and let go before the next one is. What the container holds is bounded
 * while it is inflated. For browsers and Node alike: the engine's DecompressionStream inflates.
 */
import { begins } from '../core/filekinds.js';
import { NotReadable, TooLarge } from '../core/errors.js';

const MAX_OPENED = 512 * 1024 * 1024;
const MAX_HEAD = 256 * 1024 * 1024;
export const MAX_LINE = 8 * 1024 * 1024;
export const AGAIN = 'ask for the file as it was sent';
export const RESTORE = 'read it with: rootprint evidence restore FILE --out NEW';
const GZIP = Uint8Array.of(0x1f, 0x8b);
// Deflate, no flags, no time. How hard was compressed, and on what system, says nothing (2 bytes).
const PLAIN = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const PIECE = 65_536;
const END = 0x0a;
const BROKEN =
  'it is not one whole member of gzip: it was cut or changed, or something follows it' +
  ` — ${AGAIN}`;
const PACKED_AGAIN =
  'another program packed it again: its gzip header has a name, a time or more' + ` — ${RESTORE}`;

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Whether bytes begin as gzip does. @param {Uint8Array} bytes */
export const isPacked = (bytes) => begins(bytes, GZIP);

/**
 * What a file that begins as gzip does holds, in pieces.
 * @param {Uint8Array} bytes
 * @param {number} [most] bytes that it may hold
 * @returns {Promise<Uint8Array[]>}
 * @throws {NotReadable} it is no whole member
 * @throws {TooLarge} it holds more than 512 MiB
 */
export async function inflated(bytes, most = MAX_OPENED) {
  if (bytes.length < HEADER_BYTES + TRAILER_BYTES) throw new NotReadable(BROKEN);
  if (!begins(bytes, PLAIN)) throw new NotReadable(PACKED_AGAIN);
  const trailer = bytes.length - TRAILER_BYTES;
  const deflated = bytes.subarray(HEADER_BYTES, trailer);
  const sums = new Sums();
  const pieces = [];
  for await (const piece of inflating(deflated, most)) {
    sums.add(piece);
    pieces.push(piece);
  }
  if (!sums.are(bytes.subarray(trailer))) throw new NotReadable(BROKEN);
  if (!(await endsWithItsLastByte(deflated, most))) throw new NotReadable(BROKEN);
  return pieces;
}

/**
 * The lines in pieces, without their ends: the first of 256 MiB at most, then 8 MiB each.
 * @param {Uint8Array[]} pieces
 * @returns {Generator<Uint8Array>}
 * @throws {TooLarge} a longer line
 * @throws {NotReadable} the last one has no end
 */
export function* linesIn(pieces) {
  let held = [];
  let length = 0;
  let most = MAX_HEAD;
  const take = (part) => {
    length += part.length;
    if (length > most)
      throw new TooLarge(`a line of the evidence file is longer than ${most} bytes`);
    held.push(part);
  };
  for (const piece of pieces) {
    let at = 0;
    for (let end = piece.indexOf(END); end >= 0; end = piece.indexOf(END, at)) {
      take(piece.subarray(at, end));
      yield joined(held, length);
      [held, length, most, at] = [[], 0, MAX_LINE, end + 1];
    }
    take(piece.subarray(at));
  }
  if (length > 0) throw new NotReadable(`its last line has no end — ${AGAIN}`);
}

/** One array holding all of them. @param {Uint8Array[]} parts */
export function joined(parts, length = parts.reduce((sum, part) => sum + part.length, 0)) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// An empty stream, and a byte behind it.
const ENDS_EARLY = Uint8Array.of(3, 0, 0);
let refusesMore;

// Of a stream that was inflated. An engine refuses what follows a stream, as the Compression
// standard asks (section 3), and Node does only from version 24 on; so this engine is asked once.
// Where it does not, a stream that is whole without its last byte ended before that byte.
async function endsWithItsLastByte(deflated, most) {
  refusesMore ??= isWhole(ENDS_EARLY, 0).then((whole) => !whole);
  return (await refusesMore) || !(await isWhole(deflated.subarray(0, -1), most));
}

async function isWhole(deflated, most) {
  const pieces = inflating(deflated, most);
  try {
    while (!(await pieces.next()).done);
    return true;
  } catch (error) {
    if (error instanceof NotReadable) return false;
    throw error;
  }
}

async function* inflating(deflated, most) {
  const stream = new DecompressionStream('deflate-raw');
  const fed = feed(stream.writable.getWriter(), deflated);
  const reader = stream.readable.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) {
        throw new TooLarge(
          `the evidence file is longer than ${most} bytes when it is unpacked`,
        );
      }
      yield value;
    }
    await fed;
  } catch (error) {
    await reader.cancel().catch(() => {});
    await fed.catch(() => {});
    if (error instanceof TooLarge) throw error;
    throw new NotReadable(BROKEN);
  }
}

async function feed(writer, bytes) {
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      await writer.ready;
      await writer.write(bytes.subarray(at, at + PIECE));
    }
    await writer.close();
  } catch {
    // The reader has the same error, and says it.
  }
}

/** CRC-32 and length of what was inflated, as a member's last 8 bytes have them. */
class Sums {
  #check = -1; // 32 bits with a sign: engines compute those without making a number of each
  #length = 0;

  add(bytes) {
    let check = this.#check;
    for (let i = 0; i < bytes.length; i++) check = CRC[(check ^ bytes[i]) & 0xff] ^ (check >>> 8);
    this.#check = check;
    this.#length += bytes.length;
  }

  are(trailer) {
    const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
    return (
      view.getInt32(0, true) === ~this.#check &&
      view.getUint32(4, true) === this.#length % 2 ** 32
    );
  }
}
