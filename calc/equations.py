"""What a footprint's open numbers say of each other: law 1, with no tolerance but one.

The one is a publication's: whoever printed a total and its parts rounded each of them, and the
signed difference is bounded by what those roundings can come to, and to one side by what parts may
come to above their total.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.amounts import Amounts, over_one
from rootprint.calc.columns import DIFFERENCE, EMISSIONS, EXCLUDING, INCLUDING, MEMO, column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

EXCLUDING_TOTAL: Final = "pcfExcludingBiogenicUptake"
INCLUDING_TOTAL: Final = "pcfIncludingBiogenicUptake"
# A publication whose parts come to more than this above its total is stated at its parts' sum.
MAX_BELOW: Final = Fraction(1, 20)
_PRINTED: Final = tuple(name for name in EXCLUDING if name != DIFFERENCE)


@dataclass(frozen=True)
class Unequal:
    """``name`` is stated as ``stated`` kg CO2e, and what it should be the sum of is ``found``."""

    name: str
    stated: Fraction
    found: Fraction


def unequal_totals(
    components: Mapping[str, Fraction], totals: Mapping[str, Fraction]
) -> Unequal | None:
    """Return the one of both ``totals`` that is not exactly the sum of its components, or None."""
    own, stated = Amounts.of(components), Amounts.of(totals)
    for name, members in ((EXCLUDING_TOTAL, EXCLUDING), (INCLUDING_TOTAL, INCLUDING)):
        found = own.sum(members)
        if stated.above[name] * own.below != found * stated.below:
            return Unequal(name, stated[name], Fraction(found, own.below))
    return None


def unequal_cells(
    cells: Mapping[str, Mapping[str, Fraction]], components: Mapping[str, Fraction]
) -> Unequal | None:
    """Return the component whose cells do not add up to it exactly, None if all do.

    ``cells`` are by stage, then by component; what is absent is zero.
    """
    (own, *rows), below = over_one([Amounts.of(one) for one in (components, *cells.values())])
    sums: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            sums[name] = sums.get(name, 0) + value
    if sums == own:
        return None
    for name in sorted(own.keys() | sums.keys()):
        stated, found = own.get(name, 0), sums.get(name, 0)
        if stated != found:
            return Unequal(name, Fraction(stated, below), Fraction(found, below))
    return None


def difference_range(
    components: Mapping[str, Decimal], total: Decimal
) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a printed total may be beyond its printed parts.

    ``components`` and ``total`` are as they are printed, trailing zeros and all. Half a last place
    of each that is not zero, a part's being no coarser than the total's; and never more than
    ``MAX_BELOW`` of the gross below it, so that a difference can't make a gross negative.
    """
    printed = [total, *(components[name] for name in _PRINTED if components.get(name))]
    most = sum(
        (Fraction(1, 2 * 10 ** max(_places(one), _places(total))) for one in printed),
        Fraction(0),
    )
    return -min(most, MAX_BELOW * column(components, EMISSIONS)), most


def including_slack(components: Mapping[str, Fraction], printed: str) -> Fraction:
    """Return how far a printed including total may be from the figures beside it, in kg CO2e.

    Half a last place of ``printed`` (as it is written) for itself, for the excluding total and for
    each memo flow that is not zero.

    >>> including_slack({"biogenicCO2Uptake": Fraction(-1)}, "8.2")
    Fraction(3, 20)
    """
    rounded = 2 + sum(1 for name in MEMO if components.get(name))
    return Fraction(rounded, 2 * 10 ** len(printed.partition(".")[2]))


def _places(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)
