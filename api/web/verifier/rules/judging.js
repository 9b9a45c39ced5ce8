/**
 * Judging a draft by a compiled pack: every rule gives one finding, whether it is kept or not.
 *
 * @typedef {object} CompiledPack a pack with all that it inherits, its tests compiled
 * @property {string} name its id, version and status for people
 * @property {boolean} adopted false for a draft
 * @property {string} validFrom
 * @property {string | null} validUntil
 * @property {import('./finding.js').Rule[]} rules
 */
import { FAILED, failed, Finding, passed } from './finding.js';
import { compileTest } from './logic.js';
import { Scope } from './paths.js';
import { isTime } from './values.js';

const ITSELF = Object.freeze({
  id: 'pack-in-force',
  severity: 'warning',
  clause: 'the rule pack itself',
  remedy: 'take the version that is in force at that time',
  unverified: false,
  roles: new Set(),
});

/**
 * @param {object} pack a document with the rules of all it inherits, of well-formed tests
 * @param {(rule: object) => import('./finding.js').Rule} [compile] anew unless said otherwise
 * @returns {CompiledPack}
 */
export function compilePack(pack, compile = compileRule) {
  return Object.freeze({
    name: `${pack.id} version ${pack.version}, ${pack.status}`,
    adopted: pack.status !== 'draft',
    validFrom: pack.validFrom,
    validUntil: pack.validUntil ?? null,
    rules: pack.rules.map((rule) => compile(rule)),
  });
}

/**
 * One finding per rule of `pack` that applies to the draft's role; the first is about the pack
 * itself.
 * @param {CompiledPack} pack
 * @param {object} draft what is judged, as compose returned it
 * @param {object} given
 * @param {Map<string, object>} [given.cited] subjects of cited statements by digest
 * @param {string} given.at the time that the pack must be in force at (RFC 3339, UTC)
 * @returns {Finding[]}
 */
export function judge(pack, draft, { cited = new Map(), at }) {
  return judgeIn(pack, new Scope(draft, cited), at);
}

/** What `judge` does, in a scope that several packs may share: each path is read once. */
export function judgeIn(pack, scope, at) {
  const { role } = scope.subject;
  const found = [packItself(pack, at)];
  for (const rule of pack.rules) {
    if (rule.roles.size === 0 || rule.roles.has(role))
      found.push(new Finding(rule, outcomeOf(rule, scope)));
  }
  return found;
}

// Each rule is judged once, whichever of the packs of a scope have it.
function outcomeOf({ test }, scope) {
  let found = scope.outcomes.get(test);
  if (found === undefined) {
    found = test.outcome(scope);
    scope.outcomes.set(test, found);
  }
  return found;
}

/** The findings that failed. */
export function broken(findings) {
  return findings.filter(({ state }) => state === FAILED);
}

/** Compiles one rule of a pack document. @returns {import('./finding.js').Rule} */
export function compileRule(rule) {
  const unverified = !rule.verified;
  return Object.freeze({
    id: rule.id,
    severity: unverified && rule.severity === 'error' ? 'warning' : rule.severity,
    clause: rule.clause,
    remedy: rule.remedy,
    unverified,
    roles: new Set(rule.roles ?? []),
    test: compileTest(rule.test),
  });
}

function packItself({ name, adopted, validFrom, validUntil }, at) {
  let outcome = passed(() => `${name}, in force`);
  if (!isTime(at) || at < validFrom)
    outcome = failed(() => `${name}, is in force from ${validFrom}, asked at ${at}`);
  else if (validUntil !== null && at >= validUntil)
    outcome = failed(() => `${name}, expired at ${validUntil}, asked at ${at}`);
  else if (!adopted) outcome = failed(() => `${name}: it is not adopted yet`);
  return new Finding(ITSELF, outcome);
}
