/** From what a law finds to what check 7 says of it. */
import { BROKEN, sentence, UNSAID } from '../../calc/laws/finding.js';
import { broken, held, notApplicable, notCheckable, UNSEEN } from '../../walk/laws.js';
import { named } from '../lines.js';

/**
 * A breach counts whatever is hidden; that nothing is broken only where all is seen and said.
 * @param {number} law
 * @param {import('./inputsof.js').Inputs} inputs its node gets a notice for what is no breach
 * @param {import('../../calc/laws/finding.js').Finding[]} findings
 * @param {boolean} applies whether anything that was seen is what the law is about
 * @returns {import('../../walk/laws.js').Ruling}
 */
export function ruled(law, { node, complete }, findings, applies) {
  const breach = findings.find(({ weight }) => weight === BROKEN);
  if (breach !== undefined) return broken(law, sentence(breach));
  for (const what of new Set(findings.map((one) => one.what))) {
    const lines = findings.filter((one) => one.what === what).flatMap((one) => one.lines);
    const rising = [...new Set(lines)].sort((one, other) => one - other);
    node.notices.push(`law ${law}: ${rising.length === 0 ? what : `${named(rising)} ${what}`}`);
  }
  if (findings.some(({ weight }) => weight === UNSAID))
    return notCheckable(law, 'something that it asks for is not said', UNSEEN.UNSAID);
  if (!complete) return notCheckable(law, 'not every line and input is open', UNSEEN.HIDDEN);
  return applies ? held(law) : notApplicable(law);
}
