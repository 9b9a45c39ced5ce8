/**
 * Law 5, variants: what a pool gives to its variants is what the base number has. With the
 * remainder, weighted by volume, they are the base number again.
 *
 * @typedef {object} Variant
 * @property {string | null} code null of the remainder: what is sold under the base number's name
 * @property {Rational} volume how much was made of it
 * @property {Rational} value its number per the base's declared amount
 */
import { Rational, ZERO } from '../../core/rational.js';

/**
 * Why the rows of a pool are not its base number apart, or null.
 * @param {Variant[]} rows all of them
 * @param {Rational} base
 * @param {number} places that the base is stated with: half of the last one may be missing
 * @returns {string | null}
 */
export function whyNotOnePool(rows, base, places) {
  const codes = rows.map(({ code }) => code);
  const remainders = codes.filter((code) => code === null).length;
  if (remainders !== 1) return `it has ${remainders} rows of the remainder, and not one`;
  if (new Set(codes).size < codes.length) return 'a variant stands in it twice';
  const volume = rows.reduce((sum, row) => sum.add(row.volume), ZERO);
  if (volume.isZero) return 'nothing was made of any of its variants';
  const total = rows.reduce((sum, row) => sum.add(row.volume.mul(row.value)), ZERO);
  const half = new Rational(1n, 2n * 10n ** BigInt(places));
  const off = total.sub(base.mul(volume)).abs();
  return off.compare(half.mul(volume)) > 0
    ? 'its variants, weighted by volume, do not come to the base number'
    : null;
}
