/**
 * The nodes of the log's tree that a file's proofs share: each once, and none that others give.
 *
 * A node is the root of a complete subtree: at level and index it stands over the 2^level entries
 * from index × 2^level on (RFC 9162 section 2.1), whatever the size of the tree that a checkpoint
 * is of. So one pool serves inclusion under every checkpoint, and consistency between any two.
 */
import { fromB64 } from '../core/base64.js';
import { Refused } from '../core/errors.js';
import { MAX_PROOF, nodeHash } from '../core/merkle.js';
import { array, integer, text } from '../schema/rules.js';

const HASH_BYTES = 32;
const MAX_NODES = 2_000_000;
const level = integer(0, MAX_PROOF - 1);
const index = integer(0, Number.MAX_SAFE_INTEGER);

/** The rule of `proofs.nodes`: `[level, index, hash in base64]` each. */
export const TREE_NODES = array(array(() => {}, 3, 3), 0, MAX_NODES);

/** Nodes, and what follows from them; it notes which were asked for. */
export class TreePool {
  #held = []; // [level, index], in their order
  #levels = []; // of each level its nodes by index: {hash, isHeld, isUsed}
  #closed = false;

  /**
   * @param {Array} listed keeps TREE_NODES
   * @throws {Refused} another form or order, a node that follows from others
   */
  constructor(listed) {
    let last = [-1, -1];
    listed.forEach((node, number) => {
      const path = `evidence.proofs.nodes[${number}]`;
      const hash = hashOf(node, path);
      if (node[0] < last[0] || (node[0] === last[0] && node[1] <= last[1])) {
        throw new Refused(`${path} does not rise by level and index`);
      }
      last = node;
      this.#held.push([node[0], node[1]]);
      this.#put(node[0], node[1], hash, true);
    });
    const spare = this.#spare();
    if (spare !== undefined) {
      const [one, two] = spare;
      throw new Refused(
        `evidence.proofs.nodes holds level ${one}, index ${two}, which follows from those below it`,
      );
    }
  }

  /** The node, or undefined. @param {number} level @param {number | bigint} index */
  get(level, index) {
    if (!this.#closed) this.#close();
    if (index > Number.MAX_SAFE_INTEGER) return undefined; // a bigint or not: the pool has none
    const found = this.#levels[level]?.get(Number(index));
    if (found !== undefined && !found.isUsed) this.#use(level, Number(index));
    return found?.hash;
  }

  unneeded() {
    for (const [one, two] of this.#held) {
      if (!this.#levels[one].get(two).isUsed) {
        return (
          "it holds a node of the log's tree that nothing on the walk needs:" +
          ` level ${one}, index ${two}`
        );
      }
    }
    return null;
  }

  #use(level, index) {
    const waiting = [[level, index]];
    while (waiting.length > 0) {
      const [one, two] = waiting.pop();
      const node = this.#levels[one].get(two);
      if (node.isUsed) continue;
      node.isUsed = true;
      if (!node.isHeld) waiting.push([one - 1, 2 * two], [one - 1, 2 * two + 1]);
    }
  }

  #put(level, index, hash, isHeld) {
    (this.#levels[level] ??= new Map()).set(index, { hash, isHeld, isUsed: false });
  }

  // The first node that follows from others; this hashes nothing, and nothing above it matters.
  #spare() {
    const held = this.#held;
    const known = []; // indices by level
    for (const [one, two] of held) (known[one] ??= new Set()).add(two);
    for (let one = 0; one + 1 < known.length; one++) {
      for (const two of known[one] ?? []) {
        if (two % 2 !== 0 || !known[one].has(two + 1)) continue;
        (known[one + 1] ??= new Set()).add(two / 2);
      }
    }
    const has = (one, two) => known[one]?.has(two) ?? false;
    return held.find(([one, two]) => has(one - 1, 2 * two) && has(one - 1, 2 * two + 1));
  }

  // All that follows from the nodes that are here: at most once as many.
  #close() {
    this.#closed = true;
    for (let one = 0; one < this.#levels.length; one++) {
      const level = this.#levels[one];
      for (const two of level?.keys() ?? []) {
        if (two % 2 !== 0) continue;
        const right = level.get(two + 1);
        if (right === undefined || this.#levels[one + 1]?.has(two / 2)) continue;
        this.#put(one + 1, two / 2, nodeHash(level.get(two).hash, right.hash), false);
      }
    }
  }
}

function hashOf([one, two, encoded], path) {
  level(one, `${path}[0]`);
  index(two, `${path}[1]`);
  text(encoded, `${path}[2]`);
  const hash = fromB64(encoded, `${path}[2]`);
  if (hash.length !== HASH_BYTES) throw new Refused(`${path}[2] is not ${HASH_BYTES} bytes`);
  return hash;
}
