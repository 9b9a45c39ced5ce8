/** Making elements. Text goes in as text only: nothing here, or on this page, parses HTML. */

const TIME = /(\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?)/;

/**
 * @param {string} name
 * @param {Object<string, string | boolean | Function>} attributes `on…` is a listener; false and
 *   undefined leave an attribute out
 * @param {...(Node | string | null | undefined)} children strings become text
 * @returns {HTMLElement}
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith('on')) made.addEventListener(attribute.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text whose dates and times are never broken over two lines. */
export function unbroken(text) {
  return text
    .split(TIME)
    .map((part, place) => (place % 2 === 1 ? el('span', { class: 'whole' }, part) : part));
}

/** Text that somebody else wrote: in a direction of its own, so that it can't reorder ours. */
export const theirs = (text) => el('bdi', {}, ...unbroken(text));

/** A list of terms; pairs whose value is null are left out. */
export function terms(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined);
  return el(
    'dl',
    {},
    ...shown.map(([term, value]) =>
      el('div', {}, el('dt', {}, term), el('dd', {}, ...[value].flat().flatMap(parted))),
    ),
  );
}

const parted = (one) => (typeof one === 'string' ? unbroken(one) : one);

/** A section under a heading of the second level. */
export function section(id, heading, ...children) {
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    el('h2', { id: `${id}-heading` }, heading),
    ...children,
  );
}
