/**
 * Law 5, variants: what a pool gives to its variants is what the base number has. With the
 * remainder, weighted by volume, they are the base number again: the remainder is what they leave.
 *
 * @typedef {object} Variant
 * @property {string | null} code null of the remainder: what is sold under the base number's name
 * @property {Rational} volume how much was made of it
 * @property {Rational} value its number per the base's declared amount
 *
 * @typedef {object} Base a base number as it is signed, in kg CO2e per declared amount
 * @property {Rational} total without biogenic uptake
 * @property {Rational} gross what is emitted, before anything is taken off
 */
import { Rational, ZERO } from '../../core/rational.js';
import { MAX_ROUNDING, plain } from '../rounding.js';

/** How much was made of all of these. @param {Variant[]} rows */
export function volumeOf(rows) {
  return rows.reduce((sum, { volume }) => sum.add(volume), ZERO);
}

/**
 * Why the rows of a pool are not its base number apart, or null. Where something is left, its
 * number is what the variants leave, to the last digit; where nothing is, they come to the base
 * number but for what rounding may move a total by.
 * @param {Variant[]} rows all of them
 * @param {Base} base
 * @returns {string | null}
 */
export function whyNotOnePool(rows, base) {
  const variants = rows.filter(({ code }) => code !== null);
  const [rest, ...more] = rows.filter(({ code }) => code === null);
  if (rest === undefined || more.length > 0)
    return `it has ${rows.length - variants.length} rows of the remainder, and not one`;
  if (new Set(variants.map(({ code }) => code)).size < variants.length)
    return 'a variant stands in it twice';
  const volume = volumeOf(rows);
  if (volume.isZero) return 'nothing was made of any of its variants';
  const given = variants.reduce((sum, row) => sum.add(row.volume.mul(row.value)), ZERO);
  const whole = base.total.mul(volume);
  if (!rest.volume.isZero) {
    const left = plain(whole.sub(given).div(rest.volume));
    if (rest.value.equals(Rational.from(left))) return null;
    return `its remainder is not what its variants leave of the base number: ${left} is`;
  }
  const of = base.gross.isZero ? base.total : base.gross;
  const allowed = MAX_ROUNDING.mul(of.abs()).mul(volume);
  return given.sub(whole).abs().compare(allowed) > 0
    ? 'its variants, weighted by volume, do not come to the base number'
    : null;
}
