/**
 * Statements as an evidence file writes them: decoded, a line each.
 *
 * `{header, payload, signature, disclosures, index?, checkpoint?, row?}`. The signed text follows
 * from the parts, as each of them has one canonical encoding.
 */
import { Refused } from '../core/errors.js';
import { MAX_DISCLOSURES, envelopeOf, requireShort, written } from '../core/sdjwt.js';
import { anything, array, has, integer, members, text } from '../schema/rules.js';

const MAX_CHECKPOINTS = 100_000;
const MAX_ROW = 2 ** 32 - 1;
/** A statement's payload is one level below its line, and has as many as any canonical JSON. */
export const LINE_DEPTH = 17;

const line = members(
  {
    header: anything,
    payload: anything,
    signature: (value, path) => (value === '' ? undefined : text(value, path)),
    disclosures: array(anything, 0, MAX_DISCLOSURES),
  },
  {
    index: integer(0, Number.MAX_SAFE_INTEGER),
    checkpoint: integer(0, MAX_CHECKPOINTS - 1),
    row: integer(0, MAX_ROW),
  },
);

/**
 * What a line says, which was read as canonical JSON.
 * @param {object} value
 * @param {string} path
 * @returns {{envelope: import('../core/sdjwt.js').Envelope, disclosures: object[], index?: number,
 *   checkpoint?: number, row?: number}}
 * @throws {Refused} another form
 */
export function readLine(value, path) {
  line(value, path);
  const { index, checkpoint, row } = value;
  const envelope = envelopeOf(value, path);
  const placed = has(value, 'index');
  if (placed !== has(value, 'checkpoint') || (has(value, 'row') && !placed))
    throw new Refused(
      `${path} has one of index and checkpoint without the other, or a row without them`,
    );
  const disclosures = value.disclosures.map((content) => ({ content, encoded: written(content) }));
  requireShort(
    envelope.jwt,
    disclosures.map(({ encoded }) => encoded),
  );
  return { envelope, disclosures, index, checkpoint, row };
}
