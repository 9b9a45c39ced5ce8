/**
 * Law 7: a stage belongs to its boundary. A cradle-to-gate footprint ends at the gate (ISO
 * 14067:2018, 6.3.4; PACT Methodology V3, 3.2.3): neither use nor end of life of the product, nor
 * a credit for its recycling; scrap of the own production (ISO 14044:2006, 4.3.4.3) is of stage
 * manufacturing. What a service emits to its own grave is an input like any other. A part that
 * brings its own end of life has none more in the whole.
 *
 * @typedef {object} StageLine
 * @property {string} stage
 * @property {import('../compatibility.js').Terms | null} cited null where it cites nothing
 * @property {boolean} emission whether it is an own emission, whose factor counts no life cycle
 * @property {string | null} term of the Circular Footprint Formula that it is, if it is one
 */
import { AT_THE_GATE } from '../circular.js';
import { FACTOR } from '../../schema/footprint.js';
import { GRAVE } from '../../schema/words.js';
import { BROKEN, finding, NOTICE, UNSAID } from './finding.js';

const [USE, END_OF_LIFE, DISTRIBUTION] = ['use', 'end-of-life', 'distribution'];
const AFTER_USE = [END_OF_LIFE, 'recycling'];
const MAKING = ['raw-material', 'manufacturing'];
const [YES, NO, NOT_SAID] = ['yes', 'no', 'not said'];

const endsAtGate = ({ boundary }) => boundary.endsWith('-to-gate');
const endsAtGrave = ({ boundary }) => boundary.endsWith('-to-grave');

/**
 * @param {object} rule the compatibility table
 * @param {import('../compatibility.js').Terms} own
 * @param {Map<number, StageLine>} lines that are open, by number
 * @param {string[]} stages that the footprint states cells of, where lines may be hidden
 * @returns {import('./finding.js').Finding[]} in line order
 */
export function stageFindings(rule, own, lines, stages = []) {
  const found = [];
  for (const [number, line] of lines) {
    if (endsAtGate(own)) found.push(...beyondTheGate(rule, own, number, line));
    if (line.cited === null || line.emission) continue;
    found.push(...boundary(rule, own, number, line.cited));
    if (!endsAtGate(own)) found.push(...secondGrave(rule, number, lines));
  }
  if (endsAtGate(own)) found.push(...afterTheGate(own, lines, stages));
  return found;
}

function afterTheGate({ boundary: own }, lines, stages) {
  const of = (wanted) => [...lines].filter(([, { stage }]) => stage === wanted);
  const outbound = of(DISTRIBUTION).map(([number]) => number);
  const beside = 'of stage distribution stands beside the production total';
  return [
    ...(outbound.length > 0 ? [finding(NOTICE, beside, ...outbound)] : []),
    ...beyondInCells(
      own,
      stages.filter((stage) => of(stage).length === 0),
    ),
  ];
}

function beyondInCells(own, stages) {
  const hidden = AFTER_USE.filter((stage) => stages.includes(stage)).map((stage) => {
    const what = `the cells have the stage ${stage}, and what of it lies beyond ${own} is hidden`;
    return finding(UNSAID, what);
  });
  return stages.includes(USE)
    ? [finding(BROKEN, `the cells have the stage use, which lies beyond ${own}`), ...hidden]
    : hidden;
}

// Waste of production may be treated after the gate; nothing of the product itself.
function beyondTheGate(rule, own, number, { stage, cited, emission, term }) {
  const beyond = `is of stage ${stage}, which lies beyond ${own.boundary}`;
  if (stage === USE) return [finding(BROKEN, beyond, number)];
  if (term !== null && !AT_THE_GATE.includes(term)) {
    const what = `is a term of the end of life (${term}), which lies beyond ${own.boundary}`;
    return [finding(BROKEN, what, number)];
  }
  if (!AFTER_USE.includes(stage)) return [];
  const waste = emission || cited === null ? NO : treatsWaste(rule, cited);
  if (waste === YES) return [];
  const unless = `${beyond}, unless what it cites treats waste, which is not said`;
  return [finding(waste === NO ? BROKEN : UNSAID, waste === NO ? beyond : unless, number)];
}

function boundary(rule, own, number, cited) {
  const allowed = endsAtGrave(own) ? rule.cradleToGraveInputs : rule.cradleToGateInputs;
  const service = isService(rule, cited);
  if (allowed.includes(cited.boundary) || service === YES) return [];
  const what = `cites what is ${cited.boundary}`;
  if (service === NO || !endsAtGrave(cited))
    return [finding(BROKEN, `${what}, and this place takes ${allowed.join(', ')}`, number)];
  return [finding(UNSAID, `${what} and does not say whether it is a service`, number)];
}

// Its own use and end of life stand beside those that the cited part brings.
function secondGrave(rule, number, lines) {
  const { cited, stage } = lines.get(number);
  if (cited.boundary !== GRAVE) return [];
  const others = [...lines].filter(([other]) => other !== number);
  const [graves, uses] = [END_OF_LIFE, USE].map((wanted) =>
    others.filter(([, line]) => line.stage === wanted).map(([other]) => other),
  );
  const service = isService(rule, cited);
  if (service === YES || graves.length + uses.length === 0) return [];
  const what = 'cites what is cradle-to-grave';
  if (service === NOT_SAID) {
    const unsaid = `${what} and does not say whether it is a service: if not, its end counts twice`;
    return [finding(UNSAID, unsaid, number)];
  }
  if (graves.length === 0 || !MAKING.includes(stage)) {
    const [beside] = graves.length > 0 ? graves : uses;
    const both = `brings its own use and end of life, beside those of line ${beside}`;
    return [finding(NOTICE, both, number, beside)];
  }
  const twice = `brings its own end of life, and line ${graves[0]} counts one more`;
  return [finding(BROKEN, twice, number, graves[0])];
}

/** Whether what is cited is a service, whose own grave is part of it. */
function isService(rule, { service, unit, role }) {
  if (service !== null || rule.serviceUnits.includes(unit)) return YES;
  if (role !== FACTOR) return NO;
  return rule.serviceUnitsOfFactors.includes(unit) ? YES : NOT_SAID;
}

function treatsWaste(rule, cited) {
  const { service, unit, role } = cited;
  if (rule.wasteServices.includes(service) || rule.serviceUnits.includes(unit)) return YES;
  return role === FACTOR && service === null && endsAtGrave(cited) ? NOT_SAID : NO;
}
