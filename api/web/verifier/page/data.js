/**
 * The data that every verifier shares, fetched from beside the page: unit table, GWP sets,
 * compatibility table, rule packs. In the repository and in the wheel they lie where they
 * belong; `rootprint serve` has them in `data/`.
 */
import { parseLoose } from '../core/canonical.js';
import { digestOf, makeTables } from '../calc/tables.js';

const HERE = new URL('..', import.meta.url);
const BESIDE = HERE.pathname.endsWith('/api/web/verifier/');
const CORE = new URL(BESIDE ? '../../../ledger/core/data/' : 'data/core/', HERE);
const LIBRARY = new URL(BESIDE ? '../../../ledger/rules/data/' : 'data/library/', HERE);

const TABLES = ['units', 'gwp', 'compatibility'];
// The rule packs of this version, earlier ones too: a server gives no list of a folder.
const PACKS = [
  'base-3',
  'base-4',
  'catena-x-9.0.0',
  'catena-x-9.0.0-2',
  'pv-module-1',
  'pv-module-2',
];

/**
 * @returns {Promise<{tables: import('../calc/tables.js').Tables, rules: string[]}>} as verify()
 *   takes them
 * @throws {Error} (rejects) with the name of what did not come
 */
export async function sharedData() {
  const [tables, packs] = await Promise.all([all(CORE, TABLES), all(LIBRARY, PACKS)]);
  return {
    tables: makeTables(Object.fromEntries(TABLES.map((name, place) => [name, tables[place]]))),
    rules: packs.map(digestOf),
  };
}

function all(folder, names) {
  return Promise.all(names.map((name) => json(new URL(`${name}.json`, folder))));
}

async function json(url) {
  const answer = await fetch(url, { credentials: 'omit', redirect: 'error' });
  if (!answer.ok) throw new Error(`${url.pathname} did not come (${answer.status})`);
  return parseLoose(new Uint8Array(await answer.arrayBuffer()));
}
