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
  #held = new Map(); // [level, index] by place
  #all = new Map();
  #used = new Set();
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
      this.#held.set(placeOf(node[0], node[1]), [node[0], node[1]]);
      this.#all.set(placeOf(node[0], node[1]), hash);
    });
    const spare = this.#spare();
    if (spare !== undefined) {
      const [one, two] = spare;
      throw new Refused(
        `evidence.proofs.nodes holds level ${one}, index ${two}, which follows from those below it`,
      );
    }
  }

  /** The node, or undefined. @param {number} level @param {bigint} index */
  get(level, index) {
    if (!this.#closed) this.#close();
    const place = placeOf(level, index);
    const found = this.#all.get(place);
    if (found !== undefined) this.#use(level, BigInt(index));
    return found;
  }

  unneeded() {
    for (const [place, [one, two]] of this.#held) {
      if (!this.#used.has(place)) {
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
      const place = placeOf(one, two);
      if (this.#used.has(place)) continue;
      this.#used.add(place);
      if (!this.#held.has(place)) waiting.push([one - 1, 2n * two], [one - 1, 2n * two + 1n]);
    }
  }

  // The first node that follows from others; this hashes nothing, and nothing above it matters.
  #spare() {
    const held = [...this.#held.values()];
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
    const levels = [];
    for (const [one, two] of this.#held.values()) (levels[one] ??= []).push(two);
    for (let one = 0; one < levels.length; one++) {
      for (const two of levels[one] ?? []) {
        if (two % 2 !== 0) continue;
        const right = this.#all.get(placeOf(one, two + 1));
        const above = placeOf(one + 1, two / 2);
        if (right === undefined || this.#all.has(above)) continue;
        this.#all.set(above, nodeHash(this.#all.get(placeOf(one, two)), right));
        (levels[one + 1] ??= []).push(two / 2);
      }
    }
  }
}

const placeOf = (level, index) => `${level}/${index}`;

function hashOf([one, two, encoded], path) {
  level(one, `${path}[0]`);
  index(two, `${path}[1]`);
  text(encoded, `${path}[2]`);
  const hash = fromB64(encoded, `${path}[2]`);
  if (hash.length !== HASH_BYTES) throw new Refused(`${path}[2] is not ${HASH_BYTES} bytes`);
  return hash;
}
