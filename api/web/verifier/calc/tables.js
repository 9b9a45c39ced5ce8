/**
 * The data that every verifier shares: unit table, GWP sets, base compatibility table
 * (ledger/core/data). A statement names the first two by one digest and the rule by its own.
 *
 * @typedef {object} Tables
 * @property {{units: object, gwp: object, compatibility: object}} documents as they were parsed
 * @property {Map<string, {dimension: string, factor: Rational}>} units
 * @property {object} gwp
 * @property {object} rule the compatibility table
 * @property {string} digest of unit table and GWP sets
 * @property {string} ruleDigest of the compatibility table
 */
import { hex } from '../core/bytes.js';
import { encode } from '../core/canonical.js';
import { sha256 } from '../core/digest.js';
import { Refused } from '../core/errors.js';
import { Rational } from '../core/rational.js';

/**
 * @param {{units: object, gwp: object, compatibility: object}} parsed the files' JSON
 * @returns {Tables}
 */
export function makeTables({ units, gwp, compatibility }) {
  return {
    documents: { units, gwp, compatibility },
    units: new Map(
      Object.entries(units.units).map(([name, { dimension, factor }]) => [
        name,
        { dimension, factor: Rational.ratio(factor) },
      ]),
    ),
    gwp,
    rule: compatibility,
    digest: digestOf({ gwp, units }),
    ruleDigest: digestOf(compatibility),
  };
}

/**
 * How many `into` one `unit` is. Only full names count: short forms are for people's files.
 * @throws {Refused} for a unit that the table does not have, or one of another dimension
 */
export function unitFactor(tables, unit, into) {
  const [from, to] = [unit, into].map((name) => {
    const found = tables.units.get(name);
    if (found === undefined)
      throw new Refused(`unit ${name.slice(0, 64)} is not in the unit table`);
    return found;
  });
  if (from.dimension !== to.dimension) {
    throw new Refused(
      `${unit} (${from.dimension}) can't be converted to ${into} (${to.dimension})`,
    );
  }
  return from.factor.div(to.factor);
}

/** Whether the table has both units, and they are of one dimension. */
export function unitsConvert(tables, unit, into) {
  const [from, to] = [unit, into].map((name) => tables.units.get(name)?.dimension);
  return from !== undefined && from === to;
}

/** SHA-256 of a value's canonical bytes, as statements name tables and rule packs. */
export function digestOf(value) {
  return `sha256:${hex(sha256(encode(value)))}`;
}
