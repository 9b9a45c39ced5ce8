"""Law 5: one live number per question. What makes two footprints answers to the same question.

An issuer states one number for a product, its sites, a boundary, a basis, a rule pack, GWP sets, an
outlook and a variant, in a role. Two of them that are valid at the same time exclude each other
unless the later names the earlier in ``precedingStatements``: pairwise, so that anyone who sees
both can judge them without a third.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement

_UNSTATED: Final = "unstated"
_RETROSPECTIVE: Final = "retrospective"


def number_key(statement: Statement) -> bytes:
    """Return SHA-256 of the question that a footprint answers, but for the product.

    It is made of open members only, in one form whatever order they stand in. A pseudonym takes it
    as its input, so it never leaves a machine by itself: whoever guesses a question can hash it.
    """
    subject = statement.subject
    sets = {item["set"] for item in subject["characterizationSets"]} - {_UNSTATED}
    question = {
        "basis": subject["basis"],
        "boundary": subject["boundary"],
        "issuer": statement.issuer,
        "outlook": subject.get("outlook", _RETROSPECTIVE),
        "role": subject["role"],
        "rule": subject.get("computedWith", {}).get("rule", {}).get("id", ""),
        "sets": sorted(sets),
        "sites": sorted(subject.get("sites", ())),
        "variant": subject.get("variant", {}).get("code", ""),
    }
    return sha256(encode(question))


def questions(statement: Statement) -> list[tuple[bytes, str]]:
    """Return (key, product) of each question that a statement answers, none where it answers none.

    A variant pool answers how one base number is parted: two of them would part it twice.
    """
    if statement.kind == POOL:
        asked = {"base": statement.subject["base"], "issuer": statement.issuer}
        return [(sha256(encode(asked)), statement.subject["product"])]
    if statement.kind != FOOTPRINT:
        return []
    key = number_key(statement)
    return [(key, product) for product in products(statement)]


def products(statement: Statement) -> Sequence[str]:
    """Return the product ids of a footprint; two that share one are of one product."""
    ids: Sequence[str] = statement.subject["productIds"]
    return ids


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two validities have a second in common; both ends belong to them."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def names(later: Statement, earlier: bytes) -> bool:
    """Whether a footprint says that it takes the place of the one with that digest."""
    return digest_text(earlier) in later.subject.get("precedingStatements", ())


def of_one_number(one: Statement, other: Statement) -> bool:
    """Whether two footprints, or two pools, answer one question, at whatever times."""
    return not set(questions(one)).isdisjoint(questions(other))
