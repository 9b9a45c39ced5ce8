/** What kind of file it is by its first bytes, for those who were given another than they read. */
import { utf8 } from './bytes.js';

// The words are said after the file's name: "a.bin is a PDF".
const FIRST_BYTES = Object.freeze([
  [utf8('%PDF-'), 'is a PDF'],
  [Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'is a picture'],
  [Uint8Array.of(0xff, 0xd8, 0xff), 'is a picture'],
  [utf8('GIF8'), 'is a picture'],
  [utf8('Rar!'), 'is a RAR archive'],
  [Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf), 'is a 7z archive'],
  [Uint8Array.of(0x1f, 0x8b), 'is packed by gzip'],
  [utf8('{\\rtf'), 'is a text document (RTF)'],
  [utf8('PK\x03\x04'), 'is a ZIP archive'],
  [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'is a file of an old Office program'],
  [Uint8Array.of(0xff, 0xfe), 'is text in UTF-16'],
  [Uint8Array.of(0xfe, 0xff), 'is text in UTF-16'],
]);
/** Of these, what holds other files. */
export const PACKED = Object.freeze([
  'is a RAR archive',
  'is a 7z archive',
  'is packed by gzip',
  'is a ZIP archive',
]);
const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);
const SPACE = new Set(utf8(' \t\r\n'));
const LOOKED_AT = 256;

/** Whether bytes begin with these. */
export const begins = (bytes, first) => first.every((byte, place) => bytes[place] === byte);

/** The bytes without a mark of UTF-8 before them. */
export const withoutMark = (bytes) => (begins(bytes, BOM) ? bytes.subarray(BOM.length) : bytes);

/** What a file is that no JSON can be, in words after its name; null for any other. */
export function kindOf(bytes) {
  if (bytes.length === 0) return 'is empty: it has 0 bytes';
  for (const [first, what] of FIRST_BYTES) if (begins(bytes, first)) return what;
  const start = withoutMark(bytes.subarray(0, LOOKED_AT));
  const byte = start.find((one) => !SPACE.has(one));
  return byte === utf8('<')[0] ? 'is a web page or other XML' : null;
}

/** The bytes between the white space of JSON. */
export function trimmed(bytes) {
  let [start, end] = [0, bytes.length];
  while (start < end && SPACE.has(bytes[start])) start += 1;
  while (end > start && SPACE.has(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
