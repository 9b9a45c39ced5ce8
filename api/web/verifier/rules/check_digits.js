/** The operator on numbers with a check digit: those of GS1 behind a URN's prefix. */
import { failed, notApplicable, passed } from './finding.js';
import { reading } from './nodes.js';
import { pathOf } from './paths.js';

export const SCHEMES = Object.freeze(['gs1']);

/**
 * Every text at `path` with one of the prefixes ends in a number whose check digit is right. A
 * prefix is compared without regard to ASCII case (RFC 8141: "urn" and the namespace have none);
 * the number is all that follows it, and must have one of the lengths.
 */
export function checkDigits({ path: at, prefixes: wanted, lengths: allowed }) {
  const [path, lengths] = [pathOf(at), new Set(allowed)];
  const listed = [...lengths].sort((a, b) => a - b).join(' or ');
  const prefixes = wanted.map(lower);
  const nothing = notApplicable(() => `${path.text} has no ${wanted.join(' or ')}`);
  return reading([path], (scope) => {
    let checked = 0;
    for (const value of path.values(scope)) {
      const prefix = prefixOf(value, prefixes);
      if (prefix === undefined) continue;
      checked += 1;
      const number = value.slice(prefix.length);
      if (!/^[0-9]+$/.test(number) || !lengths.has(number.length))
        return failed(() => `${value} does not end in ${listed} digits`);
      const digit = gs1(number.slice(0, -1));
      if (digit !== Number(number.at(-1)))
        return failed(() => `the check digit of ${value} is not right: it would be ${digit}`);
    }
    return checked === 0
      ? nothing
      : passed(() => `${path.text} has ${checked} with the right check digit`);
  });
}

/**
 * The check digit of the digits before it (GS1 General Specifications, 7.9.1): from the right,
 * digits weigh 3, 1, 3, …; the check digit makes the sum a multiple of ten.
 */
export function gs1(digits) {
  const weighed = [...digits]
    .reverse()
    .reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (weighed % 10)) % 10;
}

function prefixOf(value, prefixes) {
  if (typeof value !== 'string') return undefined;
  return prefixes.find((prefix) => lower(value.slice(0, prefix.length)) === prefix);
}

function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
