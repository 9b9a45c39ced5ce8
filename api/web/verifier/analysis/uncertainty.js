/**
 * A footprint's uncertainty to first order, from its own lines and what it cites
 * (docs/uncertainty.md): (ln GSD)² is the sum of S² (ln GSD)² over independent parameters, where
 * S is a parameter's share and what comes through the same statement is one parameter. In doubles:
 * a signed figure may be one unit of its last place away.
 */
import { Refused } from '../core/errors.js';
import { fromNumber, toNumber } from '../core/float.js';
import { netOf } from '../calc/columns.js';
import { isCredit, scaleOf } from '../calc/lines.js';
import { only } from '../evidence/opened.js';
import { Rational } from '../core/rational.js';
import { LOGNORMAL, NORMAL, spreadOf } from './spread.js';

const Z95 = 1.959963984540054; // standard normal quantile of 97.5 %
const GSD_PLACES = 4;
// Where lognormal spreads bring half of the variance but for this part of what adds to it, two
// machines' doubles may come to different distributions, and both are right.
const EDGE = 1e-9;

/**
 * The members that may be signed, or null unless every line and input states its spread.
 * @param {object} made what check 8 computed
 * @param {object | null} output the spread of the output that all amounts are divided by
 * @param {import('../calc/tables.js').Tables} tables
 */
export function uncertaintiesOf({ lines, exact, computed }, output, tables) {
  const inputs = new Set(lines.map(({ from }) => from).filter((node) => node?.readable));
  const total = Rational.from(computed.excluding);
  if (total.isZero || lines.some(({ value }) => value.uncertainty === undefined)) return null;
  const upstream = new Map([...inputs].map((node) => [node, upstreamOf(node)]));
  if ([...upstream.values()].some(({ spread }) => spread === null)) return null;
  const own = lines.map((line, place) => ownOf(line, exact[place], tables));
  const places = placesOf(computed.excluding);
  return firstOrder(own, upstream, output).map((found) => member(found, total, places));
}

/** Whether a signed member is the computed one, within one unit of its last place. */
export function agrees(signed, computed) {
  const [theirs, ours] = [partsOf(signed), partsOf(computed)];
  return (
    Object.keys(theirs).sort().join() === Object.keys(ours).sort().join() &&
    Object.entries(ours).every(([name, value]) =>
      ['geometricStandardDeviation', 'lower', 'upper'].includes(name)
        ? isNear(theirs[name], value)
        : theirs[name] === value,
    )
  );
}

function upstreamOf({ statement, opened }) {
  const stated = statement.subject.pcf.pcfExcludingBiogenicUptake;
  const open = only(opened, 'uncertainty');
  const spread = open === null ? null : spreadOf(open, stated);
  return { value: Number(stated), spread, takes: 0 };
}

function ownOf(line, result, tables) {
  const { value, cited, from } = line;
  const amount = cited === null ? netOf(result) : signedScale(line, tables);
  return {
    amount: toNumber(amount),
    spread: spreadOf(value.uncertainty, value.amount.value),
    group: value.uncertainty.group ?? null,
    from: from?.readable ? from : null,
  };
}

// A credit takes less than nothing.
function signedScale(line, tables) {
  const times = scaleOf(line, tables);
  return isCredit(line.value) ? times.neg() : times;
}

/** @returns {{distribution: string, deviation: number, gsd: number | null}[]} one or two */
function firstOrder(lines, upstream, output) {
  const parts = [];
  let [stated, mean] = [0, 0];
  for (const { amount, spread, group, from } of lines) {
    const input = from === null ? { value: 1, spread: { mean: 1 } } : upstream.get(from);
    if (from !== null) input.takes += amount;
    parts.push({ part: amount * input.value, spread, group, isEnd: from === null });
    stated += amount * input.value;
    mean += amount * spread.mean * input.value * input.spread.mean;
  }
  for (const { value, spread, takes } of upstream.values())
    parts.push({ part: takes * value, spread, isEnd: true });
  // A larger output makes all of it less.
  if (output !== null) {
    parts.push({ part: -stated, spread: output, isEnd: false });
    mean *= output.inverseMean;
  }
  const { squares, variance } = squaresOf(parts);
  if (![variance, stated, mean].every(Number.isFinite))
    throw new Refused("a footprint's uncertainty is not a finite number");
  const deviation = Math.sqrt(variance);
  const gsd = Math.exp(deviation / Math.abs(stated));
  return distributionsOf(parts, squares, variance).map((distribution) => ({
    distribution,
    deviation,
    gsd: distribution === LOGNORMAL ? gsd : null,
  }));
}

// Lines of one group are off together: their deviations add before they are squared. They may be
// of both signs and cancel, and so rounded their parts may add to less than nothing: the variance
// takes the square of their sum instead.
function squaresOf(parts) {
  const deviations = parts.map(({ part, spread }) => part * spread.deviation);
  const groups = new Map();
  let variance = 0;
  parts.forEach(({ group }, place) => {
    const one = deviations[place];
    if (typeof group === 'string') groups.set(group, (groups.get(group) ?? 0) + one);
    else variance += one * one;
  });
  for (const sum of groups.values()) variance += sum * sum;
  const squares = deviations.map((one, place) => one * (groups.get(parts[place].group) ?? one));
  return { squares, variance };
}

// Parts of both signs, or most of the variance from other distributions: a normal about the mean.
function distributionsOf(parts, squares, variance) {
  const ends = parts.filter(({ isEnd }) => isEnd).map(({ part }) => part);
  const oneSign = ends.every((part) => part >= 0) || ends.every((part) => part <= 0);
  if (!oneSign || ends.every((part) => part === 0)) return [NORMAL];
  const bring = squares
    .filter((_, place) => parts[place].spread.distribution === LOGNORMAL)
    .reduce((sum, square) => sum + square, 0);
  const half = variance / 2;
  // Where a group cancels, what its parts are rounded by is more than EDGE of what is left.
  const scale = squares.reduce((sum, square) => sum + Math.abs(square), 0) / 2;
  if (Math.abs(bring - half) < EDGE * scale) return [LOGNORMAL, NORMAL];
  return [bring >= half ? LOGNORMAL : NORMAL];
}

function member({ distribution, deviation, gsd }, total, places) {
  const stated = { distribution, statedValue: total.fixed(places) };
  if (gsd !== null)
    return { ...stated, geometricStandardDeviation: fromNumber(gsd).fixed(GSD_PLACES) };
  // Never narrower than the total's own last digit, which is all that is said of it.
  const unit = new Rational(1n, 10n ** BigInt(places));
  const width = fromNumber(Z95 * deviation).round(places);
  const half = width.compare(unit) >= 0 ? width : unit;
  return {
    ...stated,
    interval: {
      lower: total.sub(half).fixed(places),
      upper: total.add(half).fixed(places),
      percent: '95',
    },
  };
}

function isNear(theirs, ours) {
  const unit = new Rational(1n, 10n ** BigInt(placesOf(ours)));
  return Rational.from(theirs).sub(Rational.from(ours)).abs().compare(unit) <= 0;
}

function partsOf({ interval = {}, ...rest }) {
  return { ...rest, ...interval };
}

function placesOf(text) {
  return text.split('.')[1]?.length ?? 0;
}
