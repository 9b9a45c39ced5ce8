"""Direct land-use change: the carbon that land has lost, over the years that are charged with it.

ISO 14067:2018 section 6.4.9.5 and PAS 2050:2011 section 5.6 charge it over 20 years, or over one
harvest period where that is longer, which the line then names (ledger.core.schema.line). IPCC 2006
Guidelines volume 4 section 2.3 (equations 2.15 and 2.25) gives the stocks before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.uptake import CO2_OF_CARBON

if TYPE_CHECKING:
    from fractions import Fraction

LEAST_YEARS: Final = 20
_KILOGRAMS: Final = 1000  # a tonne


def land_use_change(
    hectares: Fraction, *, before: Fraction, after: Fraction, years: int
) -> Fraction:
    """Return kg of CO2 that a year's use of ``hectares`` is charged with, exactly.

    ``before`` and ``after`` are carbon stocks (biomass, dead matter and soil) in t C per hectare;
    ``years`` is at least 20. Raises CalculationError for a stock below zero and for land that has
    gained carbon: that is land management, with removals of its own.
    """
    if years < LEAST_YEARS:
        _refuse(f"it is spread over {years} years", f"spread it over {LEAST_YEARS} or more")
    if hectares < 0 or before < 0 or after < 0:
        _refuse("an area or a carbon stock is below 0", "give t C per hectare before and after")
    if after > before:
        remedy = "state it as CO2_land_management_removal, with its method and evidence"
        _refuse("the land holds more carbon after than before", remedy)
    return hectares * (before - after) * _KILOGRAMS * CO2_OF_CARBON / years


def _refuse(what: str, remedy: str) -> None:
    message = f"land-use change can't be charged: {what}"
    raise CalculationError(message, remedy=remedy)
