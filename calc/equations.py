"""What a footprint's open numbers say of each other: law 1, with no tolerance but one.

The one is a publication's: whoever printed a total and its parts rounded each of them, and the
signed difference is bounded by what those roundings can come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import DIFFERENCE, EXCLUDING, excluding, including

if TYPE_CHECKING:
    from collections.abc import Mapping

EXCLUDING_TOTAL: Final = "pcfExcludingBiogenicUptake"
INCLUDING_TOTAL: Final = "pcfIncludingBiogenicUptake"


@dataclass(frozen=True)
class Unequal:
    """``name`` is stated as ``stated`` kg CO2e, and what it should be the sum of is ``found``."""

    name: str
    stated: Fraction
    found: Fraction


def unequal_totals(
    components: Mapping[str, Fraction], stated_excluding: Fraction, stated_including: Fraction
) -> Unequal | None:
    """Return the total that is not exactly the sum of its components, None if both are."""
    for name, stated, found in (
        (EXCLUDING_TOTAL, stated_excluding, excluding(components)),
        (INCLUDING_TOTAL, stated_including, including(components)),
    ):
        if stated != found:
            return Unequal(name, stated, found)
    return None


def unequal_cells(
    cells: Mapping[str, Mapping[str, Fraction]], components: Mapping[str, Fraction]
) -> Unequal | None:
    """Return the component whose cells do not add up to it exactly, None if all do.

    ``cells`` are by stage, then by component; what is absent is zero.
    """
    sums: dict[str, Fraction] = {}
    for row in cells.values():
        for name, value in row.items():
            sums[name] = sums.get(name, Fraction(0)) + value
    for name in sorted(components.keys() | sums.keys()):
        stated, found = components.get(name, Fraction(0)), sums.get(name, Fraction(0))
        if stated != found:
            return Unequal(name, stated, found)
    return None


def most_difference(components: Mapping[str, Fraction], printed_places: int) -> Fraction:
    """Return the most that rounding can put between a printed total and its printed parts.

    Half a last place of the printed total for itself and for each part that is not zero.
    """
    printed = sum(
        1 for name in EXCLUDING if name != DIFFERENCE and components.get(name, Fraction(0))
    )
    return Fraction(1 + printed, 2 * 10**printed_places)
