/**
 * Statements as an evidence file writes them: decoded, a line each.
 *
 * `{header, payload, signature, disclosures, index?, checkpoint?, row?}`. The signed text follows
 * from the parts, as each of them has one canonical encoding.
 */
import { hex } from '../core/bytes.js';
import { Refused } from '../core/errors.js';
import { MAX_DISCLOSURES, envelopeOf, requireShort, written } from '../core/sdjwt.js';
import { anything, array, has, integer, members, text } from '../schema/rules.js';
import { foundIn, openedAt } from './opened.js';
import { parseStatement } from './statement.js';

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
 * A line of a file as a bundle takes it.
 * @typedef {object} Entry
 * @property {Found} found
 * @property {string} digest of the statement
 * @property {number} [index] its place in the log, by the file's word
 * @property {number} [checkpoint]
 * @property {number} [row]
 *
 * @typedef {object} Found
 * @property {import('./statement.js').Statement} [statement]
 * @property {string} [refused] why there is none
 * @property {import('./opened.js').Opened | null} [opened] null where its disclosures do not fit
 * @property {string} [misfit] why
 * @property {true} [signed] where its signature was found true, by the key that its header names
 */

/**
 * A line that was parsed, read: the statement, and what its disclosures open.
 * @param {object} value
 * @param {string} path
 * @returns {Entry & {at: {name: string, index: number}[] | null}} `at` has the disclosures' places
 * @throws {Refused} another form
 */
export function entryOf(value, path) {
  const { envelope, disclosures, index, checkpoint, row } = readLine(value, path);
  const [found, at] = readStatement(envelope, disclosures);
  const digest = found.statement?.digest ?? `sha256:${hex(envelope.digest)}`;
  return { found, at, digest, index, checkpoint, row };
}

// What can't be read is judged by check 1 if the walk needs it, and is unneeded if it does not;
// what does not fit, by check 6.
function readStatement(envelope, disclosures) {
  let statement;
  try {
    statement = parseStatement(envelope, disclosures);
    const at = foundIn(statement);
    return [{ statement, opened: openedAt(at, statement) }, at];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (statement === undefined) return [{ refused: error.message }, null];
    return [{ statement, opened: null, misfit: error.message }, null];
  } finally {
    // The texts are as long as the statement, and nobody asks for them again.
    if (statement !== undefined) Object.assign(statement, { slots: null, disclosures: null });
  }
}

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
