/** Copies the shared data beside the verifier, for a package of this folder (npm's prepack). */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PLACES, TABLES } from './files.js';

for (const [kind, [inRepository, inPackage]] of Object.entries(PLACES)) {
  mkdirSync(inPackage, { recursive: true });
  const names = readdirSync(inRepository).filter((name) => name.endsWith('.json'));
  const wanted = kind === 'core' ? TABLES.map((name) => `${name}.json`) : names;
  for (const name of wanted) cpSync(join(inRepository, name), join(inPackage, name));
}
