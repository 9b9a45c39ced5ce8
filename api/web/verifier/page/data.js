/**
 * The data that every verifier shares, fetched from beside the page: unit table, GWP sets,
 * compatibility table, rule packs. In the repository and in the wheel they lie where they
 * belong; `rootprint serve` has them in `data/`.
 */
import { parseLoose } from '../core/canonical.js';
import { makeTables } from '../calc/tables.js';
import { OURS, parsePack } from '../rules/packs.js';
import { Library } from '../rules/resolving.js';

const HERE = new URL('..', import.meta.url);
const BESIDE = HERE.pathname.endsWith('/api/web/verifier/');
const CORE = new URL(BESIDE ? '../../../ledger/core/data/' : 'data/core/', HERE);
const LIBRARY = new URL(BESIDE ? '../../../ledger/rules/data/' : 'data/library/', HERE);

const TABLES = ['units', 'gwp', 'compatibility'];
// The rule packs of this version: a server gives no list of a folder.
const PACKS = ['base-4', 'catena-x-9.0.0-2', 'pv-module-2'];

/**
 * The files' bytes, which can be sent to a worker.
 * @typedef {{tables: Uint8Array[], packs: Uint8Array[]}} Shared
 * @returns {Promise<Shared>}
 * @throws {Error} (rejects) with the name of what did not come
 */
export async function sharedBytes() {
  const [tables, packs] = await Promise.all([all(CORE, TABLES), all(LIBRARY, PACKS)]);
  return { tables, packs };
}

/**
 * @param {Shared} shared
 * @returns {{tables: import('../calc/tables.js').Tables, packs: Library}} as verify() takes them
 */
export function dataOf({ tables, packs }) {
  return {
    tables: makeTables(
      Object.fromEntries(TABLES.map((name, place) => [name, parseLoose(tables[place])])),
    ),
    packs: new Library(packs.map((data, place) => parsePack(data, PACKS[place], OURS))),
  };
}

/** Both at once. */
export async function sharedData() {
  return dataOf(await sharedBytes());
}

function all(folder, names) {
  return Promise.all(names.map((name) => bytes(new URL(`${name}.json`, folder))));
}

async function bytes(url) {
  const answer = await fetch(url, { credentials: 'omit', redirect: 'error' });
  if (!answer.ok) throw new Error(`${url.pathname} did not come (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}
