/**
 * The data that every verifier shares, read from files: in the repository where it belongs, in a
 * package of this folder in `data/`, as `rootprint serve` has it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseLoose } from './core/canonical.js';
import { makeTables } from './calc/tables.js';
import { OURS, parsePack } from './rules/packs.js';
import { Library } from './rules/resolving.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// In the repository and in the wheel. A package looks nowhere but into itself: what lies three
// folders above it belongs to whoever installed it.
const BESIDE = new URL('.', import.meta.url).pathname.endsWith('/api/web/verifier/');
/** Where each kind of data lies: in the repository, and in a package. */
export const PLACES = Object.freeze({
  core: [here('../../../ledger/core/data'), here('data/core')],
  library: [here('../../../ledger/rules/data'), here('data/library')],
});
/** The tables that check 7 and 8 need. */
export const TABLES = Object.freeze(['units', 'gwp', 'compatibility']);

const lying = ([inRepository, inPackage]) => (BESIDE ? inRepository : inPackage);

/** The shared tables in a folder. @returns {import('./calc/tables.js').Tables} */
export function readTables(folder = lying(PLACES.core)) {
  return makeTables(
    Object.fromEntries(
      TABLES.map((name) => [name, parseLoose(readFileSync(join(folder, `${name}.json`)))]),
    ),
  );
}

/**
 * The rule packs that come with this verifier, and those in a folder beside them.
 * @param {string} [folder]
 * @returns {Library}
 * @throws {import('./core/errors.js').Refused} for what is no pack, or lacks what it inherits
 */
export function readPacks(folder) {
  const own = new Library(packsIn(lying(PLACES.library), OURS));
  return folder === undefined ? own : own.extended(packsIn(folder));
}

function packsIn(folder, publisher) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => parsePack(readFileSync(join(folder, name)), name, publisher));
}
