/**
 * Law 4: a certificate serves the market that it was issued in. What a registry writes as the
 * market is text; only a country's code can be compared.
 */
import { fold } from '../../core/spelling.js';

const CODE = /^[a-z]{2}$/;
// A market of many, and no code of ISO 3166-1.
const NO_COUNTRIES = ['eu', 'uk'];

/**
 * A notice where a retirement is of another country than what takes of it, or null.
 * @param {object} retirement its statement
 * @param {object} statement of the footprint, which says where its product is made
 * @param {object[]} values its lines that take of it, as signed
 * @param {Map<string, import('../../walk/node.js').Node>} nodes
 * @returns {string | null}
 */
export function elsewhere(retirement, statement, values, nodes) {
  const market = fold(retirement.subject.market);
  if (!CODE.test(market) || NO_COUNTRIES.includes(market)) return null;
  const cited = values
    .map(({ source }) => nodes.get(source.statement))
    .filter((node) => node?.readable && node.isFootprint);
  const taking = [statement, ...cited.map((node) => node.statement)];
  const countries = new Set(taking.map(({ subject }) => countryOf(subject.pcf)));
  const others = [...countries].filter((one) => one !== '' && fold(one) !== market).sort();
  if (others.length === 0) return null;
  const of = `is of market ${market.toUpperCase()}, and serves what is of ${others.join(', ')}`;
  return `retirement ${retirement.digest} ${of}`;
}

// The country's code that a footprint states, by itself or in a subdivision's; or none.
function countryOf({ geographyCountry, geographyCountrySubdivision }) {
  return (geographyCountry ?? geographyCountrySubdivision ?? '').slice(0, 2);
}
