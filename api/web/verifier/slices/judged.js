/** What checks 8 and 10 came to, as one thread tells another: JSON, which both read faster. */
import { Conformity } from '../walk/conformed.js';

/**
 * @param {import('../walk/node.js').Node} node
 * @param {import('../walk/report.js').Check[]} checks 8 and 10
 */
export function toJudged({ recomputed, notices, conformity }, checks) {
  return {
    checks: checks.map(({ laws, ...check }) => ({
      ...check,
      ...(laws === undefined ? {} : { laws: [...laws] }),
    })),
    recomputed: [...recomputed],
    notices,
    conformity: conformity.map(({ pack, ...counts }) => ({ digest: pack.digest, counts })),
  };
}

/** @param {import('../rules/resolving.js').Library} packs */
export function fromJudged({ checks, recomputed, notices, conformity }, packs) {
  return {
    checks: checks.map((check) =>
      check.laws === undefined ? check : { ...check, laws: new Map(check.laws) },
    ),
    recomputed: new Set(recomputed),
    notices,
    conformity: conformity.map(({ digest, counts }) => Conformity.told(packs.get(digest), counts)),
  };
}
