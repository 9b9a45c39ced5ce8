/**
 * Biogenic CO2 that a footprint to the gate took up and did not set free is carbon in the product
 * and its packaging, and carbon has a mass (law 3). Asked of every footprint, its inventory hidden
 * or not, and of those without one.
 */
import { CO2_OF_CARBON } from '../../calc/carbon.js';
import { grossOf, includingOf, netOf } from '../../calc/columns.js';
import { MAX_ROUNDING } from '../../calc/rounding.js';
import { massesOf } from '../../calc/weighing.js';
import { Rational, ZERO } from '../../core/rational.js';
import { MEMO } from '../../schema/components.js';
import { broken } from '../../walk/laws.js';

const LAW = 3;
// Carbon that leaves as methane was taken up as CO2: 44/16 of its mass, whose GWP100 is 25 or more.
const CO2_OF_METHANE = new Rational(11n, 100n);
// Each memo flow is rounded by half a unit of its last place: once as it is printed, and in the
// cells of six stages as it is composed.
const [PRINTED, COMPOSED] = [1n, 6n];
const PLACES = 6; // in a message

/**
 * @param {object} subject of a footprint
 * @param {import('../../calc/columns.js').Components} components exact values of those stated
 * @returns {import('../../walk/laws.js').Ruling | null} a breach
 */
export function holdingFault(subject, components) {
  const masses = asked(subject, components);
  if (masses === null) return null;
  const held = heldOf(components);
  const most = mostHeld(subject, components, masses.product.add(masses.packaging));
  if (held.compare(most) <= 0) return null;
  const why = 'took up more biogenic CO2 than product and packaging can hold as carbon';
  const both = [`${held.fixed(PLACES)} kg CO2 held`, `at most ${most.fixed(PLACES)} kg`];
  return broken(LAW, why, both);
}

/**
 * A notice where packaging holds what the product alone can't.
 * @param {object} subject of a footprint
 * @param {import('../../calc/columns.js').Components} components
 * @returns {string[]}
 */
export function packedNotice(subject, components) {
  const masses = asked(subject, components);
  if (masses === null) return [];
  const { product, packaging } = masses;
  const most = mostHeld(subject, components, product);
  if (heldOf(components).compare(most) <= 0) return [];
  const [heavy, light] = [packaging.fixed(PLACES), product.fixed(PLACES)];
  const around = `packaging of ${heavy} kg around ${light} kg of product`;
  const what = "biogenic CO2 that was taken up and that the product can't hold";
  return [`law 3: ${around} holds ${what}`];
}

function heldOf(components) {
  return netOf(components).sub(includingOf(components));
}

// The masses that are asked of, or null where nothing is.
function asked(subject, components) {
  if (heldOf(components).sign <= 0 || !subject.boundary.endsWith('-to-gate')) return null;
  return massesOf(subject.pcf);
}

function mostHeld(subject, components, mass) {
  const carbon = CO2_OF_CARBON.mul(mass);
  const methane = CO2_OF_METHANE.mul(components.get('biogenicNonCO2Emissions') ?? ZERO);
  // How many places are written is the issuer's choice: rounding may move a total by no more.
  const bound = MAX_ROUNDING.mul(grossOf(components).add(carbon));
  const rounding = roundingOf(subject);
  return carbon.add(methane).add(rounding.compare(bound) < 0 ? rounding : bound);
}

function roundingOf({ pcf, inventory }) {
  const times = inventory === undefined ? PRINTED : COMPOSED;
  return MEMO.filter((name) => pcf[name] !== undefined).reduce((sum, name) => {
    const places = pcf[name].split('.')[1]?.length ?? 0;
    return sum.add(new Rational(times, 2n * 10n ** BigInt(places)));
  }, ZERO);
}
