"""Law 5: one live number per question. What makes two footprints answers to the same question.

An issuer states one number for a product, its sites, a boundary, a basis, a rule pack, the GWP set
that most of it rests on, an outlook and a variant, in a role. Who names no sites speaks of all. Two
of them that are valid at the same time exclude each other unless the later names the earlier in
``precedingStatements``: pairwise, so that anyone who sees both can judge them without a third.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL
from rootprint.ledger.core.spelling import same_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement

_UNSTATED: Final = "unstated"
_RETROSPECTIVE: Final = "retrospective"


def number_key(statement: Statement) -> bytes:
    """Return SHA-256 of the question that a footprint answers, but for product and sites.

    It is made of open members only, in one form whatever order they stand in. A pseudonym takes it
    as its input, so it never leaves a machine by itself: whoever guesses a question can hash it.
    """
    subject = statement.subject
    question = {
        "basis": subject["basis"],
        "boundary": subject["boundary"],
        "issuer": statement.issuer,
        "outlook": subject.get("outlook", _RETROSPECTIVE),
        "role": subject["role"],
        "rule": subject.get("computedWith", {}).get("rule", {}).get("id", ""),
        "set": greatest_set(subject["characterizationSets"]),
        "variant": subject.get("variant", {}).get("code", ""),
    }
    return sha256(encode(question))


def greatest_set(items: Iterable[Mapping[str, Any]]) -> str:
    """Return the set of the greatest share, of equal ones the first by code points.

    A trace of another set makes no other number; ``unstated`` is a set only if there is no other.
    """
    shares = {item["set"]: Fraction(item["share"]) for item in items}
    named = shares.keys() - {_UNSTATED} or shares.keys()
    first: str = min(named, key=lambda name: (-shares[name], name))
    return first


def questions(statement: Statement) -> list[tuple[bytes, str]]:
    """Return (key, product) of each question that a statement answers, none where it answers none.

    A variant pool answers how one base number is parted: two of them would part it twice.
    """
    if statement.kind == POOL:
        asked = {"base": statement.subject["base"], "issuer": statement.issuer}
        return [(sha256(encode(asked)), same_urn(statement.subject["product"]))]
    if statement.kind != FOOTPRINT:
        return []
    key = number_key(statement)
    return [(key, product) for product in sorted(products(statement))]


def products(statement: Statement) -> frozenset[str]:
    """Return the product ids of a footprint in one spelling; two that share one are one product."""
    return frozenset(map(same_urn, statement.subject.get("productIds", ())))


def sites(statement: Statement) -> frozenset[str]:
    """Return the sites that a statement names, in one spelling; none named is all of them."""
    return frozenset(map(same_urn, statement.subject.get("sites", ())))


def same_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two statements of these sites speak of a site in common."""
    return not one or not other or not one.isdisjoint(other)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two validities have a second in common; both ends belong to them."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def names(later: Statement, earlier: bytes) -> bool:
    """Whether a footprint says that it takes the place of the one with that digest."""
    return digest_text(earlier) in later.subject.get("precedingStatements", ())


def of_one_number(one: Statement, other: Statement) -> bool:
    """Whether two footprints, or two pools, answer one question of the same sites, at any times."""
    asked = not set(questions(one)).isdisjoint(questions(other))
    return asked and sites(one) == sites(other)
