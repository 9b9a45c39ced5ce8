"""What a footprint's open numbers say of each other: law 1, with no tolerance but one.

The one is a publication's: whoever printed a total and its parts rounded each of them, and the
signed difference is bounded by what those roundings can come to, and to one side by what parts may
come to above their total.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import (
    DIFFERENCE,
    EMISSIONS,
    EXCLUDING,
    column,
    excluding,
    including,
)

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


def _places(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)
