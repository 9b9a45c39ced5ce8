/** A file that one thread reads and judges alone: what slices.js does with others, with none. */
export const ALONE = Object.freeze({
  begin() {},
  seen: () => null,
  note() {},
  judge() {},
  judged: () => null,
  end() {},
});
