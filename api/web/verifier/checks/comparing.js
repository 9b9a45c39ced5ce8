/** What is signed beside what was computed: texts, or maps of texts. */
import { only } from '../evidence/opened.js';
import { COMPONENTS } from '../schema/components.js';
import { PRODUCT } from '../schema/footprint.js';
import { has, isZero } from '../schema/rules.js';

export const TEMPORAL = 'dqi.temporalDQR';
const RATINGS = ['technologicalDQR', 'geographicalDQR', 'temporalDQR'];

/**
 * @typedef {object} Compared
 * @property {string} name of the member
 * @property {string | Map<string, string>} signed
 * @property {string | Map<string, string>} mine
 * @property {boolean} [differs] where texts that differ may both be right
 */

/**
 * What is signed beside what was computed; what is absent is the zero that it means.
 * @param {import('../walk/node.js').Node} node
 * @param {ReturnType<import('../calc/totals.js').totalsOf>} computed
 * @returns {Compared[]}
 */
export function comparisons({ statement: { subject }, opened }, computed) {
  const { pcf } = subject;
  return [
    ...figures(pcf, computed),
    ...ofCells(only(opened, 'cells'), computed),
    ...(subject.role === PRODUCT ? [share(pcf, computed)] : []),
    ...(pcf.dqi === undefined ? [] : ratings(pcf.dqi, computed)),
    {
      name: 'characterizationSets',
      signed: new Map(subject.characterizationSets.map(({ set, share: part }) => [set, part])),
      mine: computed.sets,
    },
  ];
}

function figures(pcf, { excluding, including, components }) {
  const found = [
    ['pcfExcludingBiogenicUptake', excluding],
    ['pcfIncludingBiogenicUptake', including],
  ].map(([name, mine]) => ({ name, signed: pcf[name], mine }));
  for (const name of COMPONENTS) {
    const mine = components.get(name);
    if (has(pcf, name)) {
      const nothing = isZero(pcf[name]) ? pcf[name] : '0';
      found.push({ name, signed: pcf[name], mine: mine ?? nothing });
    } else if (mine !== undefined && !isZero(mine)) found.push({ name, signed: 'absent', mine });
  }
  return found;
}

function ofCells(signed, { cells }) {
  if (signed === null) return [];
  return [{ name: 'cells', signed: flat(entriesOfEach(signed)), mine: flat(cells) }];
}

function entriesOfEach(stages) {
  return new Map(Object.entries(stages).map(([stage, parts]) => [stage, entries(parts)]));
}

function flat(stages) {
  return new Map(
    [...stages].flatMap(([stage, parts]) =>
      [...parts].map(([name, text]) => [`${stage} ${name}`, text]),
    ),
  );
}

function share(pcf, { primaryShare }) {
  return { name: 'primaryDataShare', signed: pcf.primaryDataShare, mine: primaryShare };
}

function ratings(dqi, { quality }) {
  return RATINGS.map((name, place) => ({
    name: `dqi.${name}`,
    signed: dqi[name],
    mine: quality?.[place] ?? 'no rating',
  }));
}

/** An object of texts as a map. */
export function entries(value) {
  return new Map(Object.entries(value));
}

/** Texts, or maps of texts: by names and values, never as they are shown. */
export function same(signed, mine) {
  if (!(mine instanceof Map)) return signed === mine;
  return signed.size === mine.size && [...mine].every(([name, text]) => signed.get(name) === text);
}

/** A text, or a map of texts, for people. */
export function shown(values) {
  if (!(values instanceof Map)) return values;
  return [...values.keys()]
    .sort()
    .map((name) => `${name} ${values.get(name)}`)
    .join(', ');
}
