/** The evidence file's container: one whole member of gzip, bounded, of lines. */

import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { crc32, createInflateRaw, deflateRawSync, gzipSync } from 'node:zlib';

import { concat, text, utf8 } from '../../api/web/verifier/core/bytes.js';
import { NotReadable, TooLarge } from '../../api/web/verifier/core/errors.js';
import { inflated, isPacked, joined, linesIn } from '../../api/web/verifier/evidence/container.js';

const CONTENT = 'head\none\n\ntwo\n';
const MIB = 2 ** 20;

function packed(content, { header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], more = [] } = {}) {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const trailer = new Uint8Array(8);
  const view = new DataView(trailer.buffer);
  view.setUint32(0, crc32(bytes), true);
  view.setUint32(4, bytes.length % 2 ** 32, true);
  return concat(Uint8Array.from([...header, ...more]), deflateRawSync(bytes), trailer);
}

const contentOf = async (bytes) => text(joined(await inflated(bytes)));
const turned = (bytes, place) => bytes.with(place, bytes[place] ^ 1);

test('what is packed is unpacked, and comes as lines', async () => {
  const pieces = await inflated(packed(CONTENT));
  assert.equal(text(joined(pieces)), CONTENT);
  const cut = [...utf8(CONTENT)].map((byte) => Uint8Array.of(byte));
  for (const parts of [pieces, cut])
    assert.deepEqual([...linesIn(parts)].map(text), ['head', 'one', '', 'two']);
  assert.ok(isPacked(packed('')));
  assert.ok(!isPacked(utf8('{')));
});

test('what is no whole member is refused', async () => {
  const whole = packed(CONTENT);
  const others = {
    'cut to two bytes': whole.slice(0, 2),
    'cut by one': whole.slice(0, -1),
    'a byte behind it': concat(whole, Uint8Array.of(0)),
    'a second member': concat(whole, packed('more\n')),
    'another check sum': turned(whole, whole.length - 8),
    'another length': turned(whole, whole.length - 4),
    'a turned bit': turned(whole, 12),
  };
  for (const [what, bytes] of Object.entries(others))
    await assert.rejects(inflated(bytes), NotReadable, what);
});

// As DecompressionStream was before Node 24: it reads over what follows the stream.
class Lax {
  constructor() {
    Object.assign(this, Duplex.toWeb(createInflateRaw()));
  }
}

test('what lies between the stream and its sums is refused, whatever the engine does', async () => {
  const path = '../../api/web/verifier/evidence/container.js';
  const strict = globalThis.DecompressionStream;
  for (const engine of [strict, Lax]) {
    globalThis.DecompressionStream = engine;
    try {
      const own = await import(`${path}?${engine.name}`); // the engine is asked once a module
      for (const content of ['', CONTENT, 'a'.repeat(MIB)]) {
        const whole = packed(content);
        assert.equal(text(joined(await own.inflated(whole))), content);
        for (const more of [1, 2, 8, 70_000]) {
          const between = concat(whole.slice(0, -8), new Uint8Array(more), whole.slice(-8));
          await assert.rejects(own.inflated(between), NotReadable, `${engine.name} ${more}`);
        }
      }
    } finally {
      globalThis.DecompressionStream = strict;
    }
  }
});

test('a header with more than it needs is refused', async () => {
  const content = utf8(CONTENT);
  const named = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3];
  const bytes = packed(content, { header: named, more: [...utf8('name'), 0] });
  await assert.rejects(inflated(bytes), /another program packed it again/);
  for (const flags of [2, 4, 8, 16, 32, 255]) {
    const header = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3];
    await assert.rejects(inflated(packed(content, { header })), NotReadable);
  }
  await assert.rejects(inflated(turned(packed(content), 4)), /another program packed it again/);
  assert.equal(await contentOf(gzipSync(content, { level: 1 })), CONTENT);
});

test('what is unpacked is bounded while it is', async () => {
  const bomb = packed(new Uint8Array(64 * MIB));
  await assert.rejects(inflated(bomb, MIB), TooLarge);
  assert.equal(joined(await inflated(packed(CONTENT), CONTENT.length)).length, CONTENT.length);
  await assert.rejects(inflated(packed(CONTENT), CONTENT.length - 1), TooLarge);
});

test('a line has a limit, and an end', () => {
  const line = new Uint8Array(8 * MIB).fill(0x61);
  const end = utf8('\n');
  assert.equal([...linesIn([end, line, end])].length, 2);
  assert.throws(() => [...linesIn([end, line, utf8('a\n')])], TooLarge);
  assert.equal([...linesIn([line, utf8('a\n')])].length, 1); // the head may be longer
  assert.throws(() => [...linesIn([utf8('a\nb')])], NotReadable);
});
