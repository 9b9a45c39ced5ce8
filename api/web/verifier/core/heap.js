/** A binary heap: what goes first comes out first. */
export class Heap {
  #items = [];
  #goesFirst;

  /** @param {(one: unknown, other: unknown) => boolean} goesFirst a strict order */
  constructor(goesFirst) {
    this.#goesFirst = goesFirst;
  }

  get size() {
    return this.#items.length;
  }

  push(item) {
    const items = this.#items;
    let at = items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#goesFirst(item, items[parent])) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  pop() {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#goesFirst(items[child + 1], items[child])) child += 1;
      if (!this.#goesFirst(items[child], last)) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return first;
  }
}
