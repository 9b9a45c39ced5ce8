/** What a report says of several statements: notices, what is hidden, what was not checked. */
import { nameOf } from './words.js';
import { ASSURANCE, FOOTPRINT } from '../schema/kinds.js';
import { counted } from '../walk/report.js';

// What an assurance that included the inventory stands in for, and the check that names it.
const COVERED = [5, 7, 8, 10];
const OF_POOLS = 5; // the law of check 5 that an assurance can stand in for

/** All notices, each once; those of an assurance or a status statement name it themselves. */
export function notices({ statements }) {
  return together(
    statements.flatMap((one) =>
      one.notices.map((text) => ({ text, name: one.kind === FOOTPRINT ? nameOf(one) : null })),
    ),
  ).sort();
}

/** What of a verified report is hidden, and on whose word it stands. */
export function hidden(report) {
  if (report.verdict !== 'verified') return [];
  const names = namesOf(report);
  return report.statements
    .map((one) => ({ name: nameOf(one), numbers: covered(one), who: assurers(one, names) }))
    .filter(({ numbers, who }) => numbers.length > 0 && who.length > 0)
    .map(({ name, numbers, who }) => {
      const checks = numbers.length === 1 ? 'check' : 'checks';
      const stand = numbers.length === 1 ? 'stands' : 'stand';
      const them = numbers.join(', ');
      return `${name}: ${checks} ${them} ${stand} on the assurance of ${who.join(', ')}`;
    });
}

/** Checks of statements that were not made, and that no assurance stands in for. */
export function leftOpen(report) {
  return together(
    report.statements.flatMap((one) => {
      const stood = one.auditors.length > 0 ? covered(one) : [];
      return one.checks
        .filter(({ number, state }) => state === 'not_checked' && !stood.includes(number))
        .map(({ number, name, reason }) => ({
          text: `check ${number} ${name}: ${reason}`,
          name: nameOf(one),
        }));
    }),
  );
}

function covered({ checks }) {
  return checks
    .filter(({ number, state }) => COVERED.includes(number) && state === 'not_checked')
    .filter(({ number, law }) => number !== 5 || law === OF_POOLS)
    .map(({ number }) => number);
}

// Legal names where they are known.
function namesOf({ statements }) {
  const found = new Map();
  for (const { kind, issuer, legalName } of statements)
    if (kind === ASSURANCE && issuer !== null && legalName !== null) found.set(issuer, legalName);
  return found;
}

const assurers = ({ auditors }, names) => auditors.map((did) => names.get(did) ?? did);

// Each text once; whose it is, where it is one's alone.
function together(said) {
  const names = new Map();
  for (const { text, name } of said) {
    if (names.has(text)) names.get(text).push(name);
    else names.set(text, [name]);
  }
  return [...names].map(([text, { length, 0: name }]) => {
    if (length > 1) return `${text} (${counted(length, 'statement')})`;
    return name === null ? text : `${name}: ${text}`;
  });
}
