/**
 * A line that was read whole and found well-formed, read again at little cost: the engine parses
 * it, and what its disclosures open is known by their places. What a helper thread has seen comes
 * to this thread so, since a value costs more to send than to parse.
 *
 * It is for bytes that `wholeOf` has read in this verification, and no others: nothing is judged.
 */
import { hex } from '../core/bytes.js';
import { Buffer, buffered } from '../core/engine.js';
import { Members } from '../core/jsonreader.js';
import { KINDS } from '../schema/kinds.js';
import { openedAt } from './opened.js';
import { statementOf } from './statement.js';

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

// The one member whose own members' names are any text: it has these only, as jsonreader.js reads.
const NAMED_FREELY = 'gases';
const bare = (value) => Object.assign(new Members(), value);

/**
 * @typedef {object} Seen what was found of a line that holds
 * @property {Uint8Array} digest of its statement, 32 bytes
 * @property {ArrayLike<number>} places of its disclosures in their order: which of the kind's
 *   hidden members, and which slot of that
 */

/**
 * @param {Uint8Array} line
 * @param {Seen} seen
 * @returns {{found: {statement: import('./statement.js').Statement,
 *   opened: import('./opened.js').Opened, signed: true}, digest: string, index?: number,
 *   checkpoint?: number, row?: number}} as a bundle takes a line
 */
export function readAgain(line, { digest, places }) {
  const text = Buffer === null ? DECODER.decode(line) : buffered(line).toString();
  const { header, payload, disclosures, index, checkpoint, row } = JSON.parse(text);
  const name = `sha256:${hex(digest)}`;
  const statement = statementOf({ header, payload, digest, name });
  const { hidden } = KINDS.get(statement.kind);
  const at = disclosures.map(([, value], number) => ({
    name: hidden[places[2 * number]],
    index: places[2 * number + 1],
    value,
  }));
  for (const one of at) if (one.name === NAMED_FREELY) one.value = bare(one.value);
  const opened = openedAt(at, statement);
  return { found: { statement, opened, signed: true }, digest: name, index, checkpoint, row };
}
