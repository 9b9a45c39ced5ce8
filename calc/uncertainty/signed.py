"""The result as a statement's ``uncertainty`` member, and whether a signed one agrees with it.

Floats end here: a geometric standard deviation has four decimal places, an interval the places
of the total.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.uncertainty.analytical import Z95

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.uncertainty.analytical import FirstOrder

GSD_PLACES: Final = 4
_ROUNDED: Final = frozenset({"geometricStandardDeviation", "lower", "upper"})


def member(result: FirstOrder, total: Decimal) -> dict[str, Any]:
    """Return the member for a footprint whose signed total is ``total``.

    The interval of a normal holds 95 % about the stated value. Raises CalculationError where
    somebody's spread is missing (an uncertainty is never invented), or where the total is 0.
    """
    missing = max(result.unstated_values, result.unstated_amounts)
    if missing:
        message = f"{missing:.1%} of the contributions have no stated uncertainty"
        raise CalculationError(
            message, remedy="state one for each line and input, or leave uncertainty out"
        )
    if not total:
        message = "a spread relative to a total of 0 has no meaning"
        raise CalculationError(message, remedy="leave uncertainty out")
    stated = {"distribution": result.distribution, "statedValue": decimal_text(total)}
    if result.gsd is not None:
        gsd = half_up(Fraction(result.gsd), GSD_PLACES)
        return {**stated, "geometricStandardDeviation": decimal_text(gsd)}
    # Never narrower than the total's own last digit, which is all that is said of it.
    places, middle = _places(total), Fraction(total)
    half = max(Fraction(half_up(Fraction(Z95 * result.deviation), places)), Fraction(1, 10**places))
    lower, upper = (decimal_text(half_up(end, places)) for end in (middle - half, middle + half))
    return {**stated, "interval": {"lower": lower, "upper": upper, "percent": "95"}}


def agrees(signed: Mapping[str, Any], computed: Mapping[str, Any]) -> bool:
    """Tell whether a signed member is the computed one, within one unit of its last place.

    Two machines' floats may fall on the two sides of a rounding edge; nothing else may differ.
    """
    theirs, ours = _parts(signed), _parts(computed)
    return theirs.keys() == ours.keys() and all(
        _near(theirs[name], value) if name in _ROUNDED else theirs[name] == value
        for name, value in ours.items()
    )


def _parts(member: Mapping[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in member.items() if k != "interval"}, **member.get("interval", {})}


def _near(theirs: str, ours: str) -> bool:
    # Fractions: Decimal's context would round what has more digits than it.
    return abs(Fraction(theirs) - Fraction(ours)) <= Fraction(1, 10 ** _places(Decimal(ours)))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
