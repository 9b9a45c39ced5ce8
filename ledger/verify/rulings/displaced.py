"""What check 7 asks of a credit's source: the displaced product is not the credited one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.sharing import SUBSTITUTION
from rootprint.ledger.core.spelling import same_urn
from rootprint.ledger.verify.rulings.lawful import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rootprint.ledger.core.statement import Statement

ITSELF: Final = "a credit for displacing the product that is credited"
OWN: Final = "credits what its own issuer states of another product"


def displaces_itself(
    issuer: str, products: Collection[str], line: Mapping[str, Any], cited: Statement
) -> bool:
    """Whether a line credits an ``issuer``'s footprint of ``products`` for displacing one of them.

    ``products`` are the product ids of the footprint that is credited, ``cited`` is what the line
    cites: an own number of whatever time, boundary or variant would pay for its successor.
    """
    if not _is_own(issuer, line, cited):
        return False
    theirs = set(map(same_urn, cited.subject["productIds"]))
    return not theirs.isdisjoint(map(same_urn, products))


def notices(issuer: str, lines: Iterable[tuple[int, Mapping[str, Any], Statement]]) -> list[str]:
    """Return what a reader should know of credits: the credited issuer set their size itself."""
    own = [number for number, line, cited in lines if _is_own(issuer, line, cited)]
    return [f"{named(own)}: {OWN}"] if own else []


def _is_own(issuer: str, line: Mapping[str, Any], cited: Statement) -> bool:
    if "allocation" not in line:
        return False
    return line["allocation"].get("method") == SUBSTITUTION and cited.issuer == issuer
