/**
 * What the shares of a report leave unsaid, and a reader of one line must know: how much is left
 * out, by what error the bodies allowed, and what was replaced since it was cited.
 */
import { Rational, ZERO } from '../core/rational.js';

const STATUS = 5;
const NOTHING = '0';

/**
 * @param {import('./node.js').Node} subject
 * @param {import('./node.js').Node[]} nodes
 * @returns {{exempted: string | null, materiality: string | null, superseded: number}} of a
 *   statement about another one only what counts
 */
export function caveats(subject, nodes) {
  const footprints = nodes.filter((node) => node.isFootprint && node.counts);
  const replaced = nodes.filter(
    (node) => node.about === null && node !== subject && node.ended && node.passed(STATUS),
  );
  return {
    exempted: greatest(
      footprints.map(({ statement }) => statement.subject.pcf.exemptedEmissionsPercent ?? NOTHING),
      ZERO,
    ),
    materiality: greatest(
      nodes.flatMap(({ assured }) => assured.map(({ subject: one }) => one.materialityPercent)),
      Rational.of(-1),
    ),
    superseded: replaced.length,
  };
}

// The greatest as it is written, of equals the first; null if none is above `least`.
function greatest(stated, least) {
  let [found, most] = [null, least];
  for (const text of stated) {
    const value = Rational.from(text);
    if (value.compare(most) > 0) [found, most] = [text, value];
  }
  return found;
}
