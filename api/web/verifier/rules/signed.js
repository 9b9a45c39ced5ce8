/** What rules judge of a signed statement: its envelope, with what is open put in its place. */
import { HIDDEN_WHOLE } from '../schema/footprint.js';
import { only } from '../evidence/opened.js';

/**
 * A signed footprint as its draft was, as far as it is open.
 *
 * What stays hidden keeps its placeholders, so that a rule that looks at it is not checked. Lines
 * take their place only where all of them are open: a rule about every line needs them all.
 */
export function asDraft({ payload, subject }, opened) {
  const found = { ...subject };
  for (const name of HIDDEN_WHOLE) {
    const value = only(opened, name);
    if (value !== null) found[name] = value;
  }
  if (opened.complete) found.inventory = [...opened.lines.values()];
  return { ...payload, credentialSubject: found };
}
