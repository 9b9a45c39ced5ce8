/**
 * The data that every verifier shares, read from files: in the repository where it belongs, in a
 * package of this folder in `data/`, as `rootprint serve` has it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseLoose } from './core/canonical.js';
import { digestOf, makeTables } from './calc/tables.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Where each kind of data lies: in the repository, and in a package. */
export const PLACES = Object.freeze({
  core: [here('../../../ledger/core/data'), here('data/core')],
  library: [here('../../../ledger/rules/data'), here('data/library')],
});
/** The tables that check 7 and 8 need. */
export const TABLES = Object.freeze(['units', 'gwp', 'compatibility']);

const lying = (places) => places.find((place) => existsSync(place)) ?? places.at(-1);

/** The shared tables in a folder. @returns {import('./calc/tables.js').Tables} */
export function readTables(folder = lying(PLACES.core)) {
  return makeTables(
    Object.fromEntries(
      TABLES.map((name) => [name, parseLoose(readFileSync(join(folder, `${name}.json`)))]),
    ),
  );
}

/** The digests of the rule packs in a folder. @returns {string[]} */
export function readRules(folder = lying(PLACES.library)) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => digestOf(parseLoose(readFileSync(join(folder, name)))));
}
