"""Law 5: one live number per question. What makes two footprints answers to the same question.

An issuer states one number for a product, its sites, a boundary, a basis, a rule pack, the GWP set
that most of it rests on, an outlook and a variant, in a role. Who names no sites states it for all.
Two of them that are valid at the same time exclude each other unless the later names the earlier in
``precedingStatements``: pairwise, so that anyone who sees both can judge them without a third.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL
from rootprint.ledger.core.spelling import fold, same_site, same_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement

_UNSTATED: Final = "unstated"
_RETROSPECTIVE: Final = "retrospective"
# By them one of a partner's footprints in a document is another than the next of one product.
_OF_A_FOOTPRINT: Final = (
    *("referencePeriodStart", "referencePeriodEnd", "geographyCountry"),
    *("geographyRegionOrSubregion", "geographyCountrySubdivision"),
)


def number_key(statement: Statement) -> bytes:
    """Return SHA-256 of the question that a footprint answers, but for product and sites.

    It is made of open members only, in one form whatever order they stand in. A pseudonym takes it
    as its input, so it never leaves a machine by itself: whoever guesses a question can hash it.
    """
    return sha256(encode({**question(statement.subject), "issuer": statement.issuer}))


def question(subject: Mapping[str, Any]) -> dict[str, str]:
    """Return what a footprint's number is of, but for issuer, product and sites, by name.

    A variant is held to its base by the same members but for ``variant``::

        question(base.subject)["set"] == question(variant.subject)["set"]
    """
    return {
        "basis": subject["basis"],
        "boundary": subject["boundary"],
        "outlook": subject.get("outlook", _RETROSPECTIVE),
        "role": subject["role"],
        "rule": subject.get("computedWith", {}).get("rule", {}).get("id", ""),
        "set": greatest_set(subject["characterizationSets"]),
        "variant": subject.get("variant", {}).get("code", ""),
    }


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


def received(statement: Statement) -> list[tuple[bytes, str]]:
    """Return (key, the partner's product) of what an attested figure takes from a document.

    A receiver may know a product by another id than the partner does. Two attested figures that
    share a pair are the same footprint of the same document, whatever ids the receiver gives them.
    """
    subject = statement.subject
    if statement.kind != FOOTPRINT or "partner" not in subject:
        return []
    asked = {
        **question(subject),
        **{name: subject["pcf"].get(name, "") for name in _OF_A_FOOTPRINT},
        "document": subject["partner"]["document"],
        "issuer": statement.issuer,
    }
    key = sha256(encode(asked))
    return [(key, product) for product in sorted(set(map(fold, subject["partner"]["productIds"])))]


def products(statement: Statement) -> frozenset[str]:
    """Return the product ids of a footprint in one spelling; two that share one are one product."""
    return frozenset(map(same_urn, statement.subject.get("productIds", ())))


def sites(subject: Mapping[str, Any]) -> frozenset[str]:
    """Return the sites that a footprint names, in one spelling; none named is all of them."""
    return frozenset(map(same_site, subject.get("sites", ())))


def same_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two statements of these sites have a site in common; none named is all of them."""
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
    return asked and sites(one.subject) == sites(other.subject)
