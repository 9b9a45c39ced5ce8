"""Claims on something that can be claimed once: which of them still fit (law 4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


# What is taken for all that was produced is a line's amount times that over the declared amount, of
# which two may be rounded to 15 digits: so much of it is surely taken.
AS_ROUNDED: Final = 1 - Fraction(1, 10**14)


@dataclass(frozen=True)
class Drawn:
    """What one claim takes, in the unit of what it is taken from, and its place in the log."""

    place: int
    amount: Fraction


def overdrawn(claims: Iterable[Drawn], limit: Fraction) -> Drawn | None:
    """Return the first claim, in the order of the log, that is not covered by ``limit`` any more.

    What was claimed before it is covered, whatever comes later: no later claim takes
    anything from an earlier one.
    """
    total = Fraction(0)
    for claim in sorted(claims, key=lambda one: one.place):
        total += claim.amount
        if total > limit:
            return claim
    return None
