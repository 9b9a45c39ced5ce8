/** Law 5: the question that a footprint's number answers, but for issuer, product and sites. */
import { Rational } from '../../core/rational.js';
import { UNSTATED } from '../../schema/words.js';

/**
 * What a footprint's number is of, by name. A variant is held to its base by the same members but
 * for `variant`.
 * @param {object} subject of a footprint
 * @returns {Record<string, string>} in one order
 */
export function question(subject) {
  return {
    basis: subject.basis,
    boundary: subject.boundary,
    outlook: subject.outlook ?? 'retrospective',
    role: subject.role,
    rule: subject.computedWith?.rule.id ?? '',
    set: greatestSet(subject.characterizationSets),
    variant: subject.variant?.code ?? '',
  };
}

// The set of the greatest share, of equal ones the first by code points; `unstated` if alone.
function greatestSet(items) {
  const named = items.filter(({ set }) => set !== UNSTATED);
  const shares = (named.length > 0 ? named : items).map(({ set, share }) => ({
    set,
    share: Rational.from(share),
  }));
  const [first] = shares.sort(
    (one, other) => other.share.compare(one.share) || (one.set < other.set ? -1 : 1),
  );
  return first.set;
}
