/**
 * Copies what the verifier shares beside it, for a package of this folder (npm's prepack), and with
 * `--clean` takes the copies away (postpack): in the repository each file has one place.
 */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLACES, TABLES } from './files.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const COPIES = [[here('../../../LICENSE'), here('LICENSE')]];

for (const [kind, [inRepository, inPackage]] of Object.entries(PLACES)) {
  const names = readdirSync(inRepository).filter((name) => name.endsWith('.json'));
  const wanted = kind === 'core' ? TABLES.map((name) => `${name}.json`) : names;
  for (const name of wanted) COPIES.push([join(inRepository, name), join(inPackage, name)]);
}

// What an earlier version had is no part of this one.
for (const path of [here('data'), here('LICENSE')]) rmSync(path, { recursive: true, force: true });
if (!process.argv.includes('--clean')) {
  for (const [from, to] of COPIES) {
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to);
  }
}
