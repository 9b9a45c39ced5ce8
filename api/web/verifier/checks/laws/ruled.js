/** From what a law finds to what check 7 says of it. */
import { BROKEN, sentence, UNSAID } from '../../calc/laws/finding.js';
import { broken, held, notCheckable } from '../../walk/laws.js';

/**
 * A breach counts whatever is hidden; that nothing is broken only where all is seen and said.
 * @param {number} law
 * @param {import('../../calc/laws/finding.js').Finding[]} findings
 * @param {string | null} unseen why not all that the law asks for is seen
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function ruled(law, findings, unseen) {
  const breach = findings.find(({ weight }) => weight === BROKEN);
  if (breach !== undefined) return broken(law, sentence(breach));
  const unsaid = findings.find(({ weight }) => weight === UNSAID);
  if (unsaid !== undefined) return notCheckable(law, sentence(unsaid));
  return unseen === null ? held(law) : notCheckable(law, unseen);
}
