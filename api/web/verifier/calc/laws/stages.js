/**
 * Law 7: a stage belongs to its boundary. A cradle-to-gate footprint ends at the gate (ISO
 * 14067:2018, 6.3.4; PACT Methodology V3, 3.2.3): neither use nor end of life of the product, nor
 * a credit for its recycling, and outbound distribution stands beside the total; scrap of the own
 * production (ISO 14044:2006, 4.3.4.3) is of stage manufacturing. What a service emits to its own
 * grave is an input like any other. A part that brings its own end of life has none more in the
 * whole. A product to the grave that counts neither use nor end of life is reported (ISO
 * 14067:2018, 6.3.4).
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
const BEYOND = [DISTRIBUTION, USE];
const WEIGHTS = Object.freeze({ [DISTRIBUTION]: NOTICE, [USE]: BROKEN });
const AFTER_USE = [END_OF_LIFE, 'recycling'];
const MAKING = ['raw-material', 'manufacturing'];
/** By it a drive is counted, and so is a road, a fabric or a cable. */
const LENGTH = 'kilometer';
const [YES, NO, NOT_SAID] = ['yes', 'no', 'not said'];

const endsAtGate = ({ boundary }) => boundary.endsWith('-to-gate');
const endsAtGrave = ({ boundary }) => boundary.endsWith('-to-grave');

/**
 * @param {object} rule the compatibility table
 * @param {import('../compatibility.js').Terms} own
 * @param {Map<number, StageLine>} lines that are open, by number
 * @param {string[] | null} stages that the footprint states cells of, where lines may be hidden;
 *   null where these are all its lines
 * @returns {import('./finding.js').Finding[]} in line order, then of the whole
 */
export function stageFindings(rule, own, lines, stages) {
  const found = [];
  for (const [number, line] of lines) {
    if (endsAtGate(own)) found.push(...beyondTheGate(rule, own, number, line));
    if (line.cited === null || line.emission) continue;
    found.push(...boundary(rule, own, number, line.cited));
    if (!endsAtGate(own)) found.push(...secondGrave(rule, number, lines));
  }
  if (endsAtGate(own)) found.push(...beyondInCells(own, lines, stages ?? []));
  else if (isService(rule, own) === NO) found.push(...withoutAnEnd(rule, own, lines, stages));
  return found;
}

// A product to the grave that counts no stage after its making; nothing where all is hidden.
function withoutAnEnd(rule, { boundary }, lines, stages) {
  const open = [...lines.values()];
  const after = [...open.map(({ stage }) => stage), ...(stages ?? [])].some((stage) =>
    [USE, ...AFTER_USE].includes(stage),
  );
  if (stages?.length === 0 || after || open.some((line) => ends(rule, line))) return [];
  const where = stages === null ? 'no line is of' : 'cells has none of';
  const missing = `${where} the stages use, end-of-life and recycling`;
  return [finding(NOTICE, `${missing}, and it is stated ${boundary}`)];
}

/** Whether a line is of the end of life by its term, or may bring a use and an end of its own. */
function ends(rule, { term, cited, emission }) {
  if (term !== null && !AT_THE_GATE.includes(term)) return true;
  return cited !== null && !emission && endsAtGrave(cited) && isService(rule, cited) !== YES;
}

// Stages of which the footprint states cells, and no line that is open.
function beyondInCells({ boundary }, lines, stages) {
  const open = new Set([...lines.values()].map(({ stage }) => stage));
  const of = (wanted) => wanted.filter((stage) => stages.includes(stage) && !open.has(stage));
  const hidden = `and what of it lies beyond ${boundary} is hidden`;
  return [
    ...of(BEYOND).map((stage) =>
      finding(WEIGHTS[stage], `the cells have the stage ${stage}, which ${where(stage, boundary)}`),
    ),
    ...of(AFTER_USE).map((stage) =>
      finding(UNSAID, `the cells have the stage ${stage}, ${hidden}`),
    ),
  ];
}

// Outbound distribution is stated apart from the total; the rest is another boundary's.
function where(stage, boundary) {
  return stage === DISTRIBUTION ? 'stands beside the production total' : `lies beyond ${boundary}`;
}

// Waste of production may be treated after the gate; nothing of the product itself. A line of stage
// use or distribution may be a term of the end of life too.
function beyondTheGate(rule, own, number, { stage, cited, emission, term }) {
  const beyond = `is of stage ${stage}, which ${where(stage, own.boundary)}`;
  const found = BEYOND.includes(stage) ? [finding(WEIGHTS[stage], beyond, number)] : [];
  if (term !== null && !AT_THE_GATE.includes(term)) {
    const what = `is a term of the end of life (${term}), which lies beyond ${own.boundary}`;
    return [...found, finding(BROKEN, what, number)];
  }
  if (!AFTER_USE.includes(stage)) return found;
  const waste = emission || cited === null ? NO : treatsWaste(rule, cited);
  if (waste === YES) return found;
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
  if (service !== null || countsServices(rule, unit)) return YES;
  if (role !== FACTOR) return NO;
  return rule.serviceUnitsOfFactors.includes(unit) ? YES : NOT_SAID;
}

/** Whether the unit alone says that a service is cited, which a length does not. */
function countsServices(rule, unit) {
  return rule.serviceUnits.includes(unit) && unit !== LENGTH;
}

function treatsWaste(rule, cited) {
  const { service, unit, role } = cited;
  if (rule.wasteServices.includes(service) || countsServices(rule, unit)) return YES;
  return role === FACTOR && service === null && endsAtGrave(cited) ? NOT_SAID : NO;
}
