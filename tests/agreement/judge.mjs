/**
 * The rule-pack language of the second verifier, asked by test_rules.py. A line on standard input is
 * {packs}, {pack, draft, cited, at} or {fold}; the answer is a line: the packs' digests, the
 * findings, the folded texts.
 */
import { createInterface } from 'node:readline';

import { folded } from '../../api/web/verifier/rules/casefold.js';
import { judge } from '../../api/web/verifier/rules/judging.js';
import { pack } from '../../api/web/verifier/rules/packs.js';
import { Library } from '../../api/web/verifier/rules/resolving.js';

let library = null;

function answer({ packs, fold, pack: digest, draft, cited, at }) {
  if (fold !== undefined) return fold.map(folded);
  if (packs !== undefined) {
    library = new Library(packs.map((document) => pack(document, 'a pack')));
    return library.packs().map((one) => one.digest);
  }
  const findings = judge(library.compiled(digest), draft, {
    cited: new Map(Object.entries(cited)),
    at,
  });
  return findings.map(({ id, state, severity, found }) => [id, state, severity, found]);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
