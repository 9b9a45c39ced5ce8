"""A mass of a blend as masses of its parts: exact, and adding up to what there was."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_WHOLE: Final = 100


def parts_of(mass: Fraction, percents: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Return what of ``mass`` each part is, exactly, in the same unit.

    ``percents`` are of the mass, more than 0, and add to 100. Raises CalculationError where they
    don't, and for a mass so long that a part of it takes more than 34 digits.
    """
    if sum(percents.values()) != _WHOLE or any(percent <= 0 for percent in percents.values()):
        message = "a blend's parts don't add to 100 % of its mass"
        raise CalculationError(message, remedy="give each part's percentage by mass")
    exact = {gas: mass * percent / _WHOLE for gas, percent in percents.items()}
    found = {gas: plain_decimal(part) for gas, part in exact.items()}
    if any(Fraction(found[gas]) != part for gas, part in exact.items()):
        message = "a part of a blend has more than 34 digits"
        raise CalculationError(message, remedy="give the blend's mass with fewer digits")
    return found
