"""What biomass took up and nothing set free is in the product at the gate: law 3.

ISO 14067:2018 section 7.2 and PACT Methodology V3 section 3.3.2.4: biogenic CO2 that a product
still holds at the gate is 44/12 of its biogenic carbon, and carbon has a mass.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import gross, memo
from rootprint.calc.rounding import MAX_ROUNDING_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CO2_OF_CARBON: Final = Fraction(44, 12)
NOT_CO2: Final = "biogenicNonCO2Emissions"
# Carbon that leaves as methane was taken up as CO2: 44/16 of its mass, which a footprint states
# times its GWP100, 25 or more (AR4 has the least).
CO2_OF_METHANE: Final = Fraction(44, 16) / 25
# Each memo flow is rounded by half a unit of its last place: once as a publication prints it, and
# in the cells of six stages as it is composed.
PRINTED: Final = 1
COMPOSED: Final = 6


def held(components: Mapping[str, Fraction]) -> Fraction:
    """Return the CO2 (kg) that was taken up and not set free again, zero where less was."""
    balance = memo(components)
    return -balance if balance < 0 else Fraction(0)


def most_held(
    components: Mapping[str, Fraction], kilograms: Fraction, rounding: Fraction
) -> Fraction:
    """Return the most CO2 (kg) that so many kilograms of product and packaging can hold.

    Nothing holds more carbon than its mass. What left as methane is on top, and what ``rounding``
    (kg) of the memo flows can come to. How many places are written is the issuer's choice, so
    rounding never counts for more than it may move a total by, 0.1 % of the gross, and as much of
    what the mass can hold.
    """
    carbon = CO2_OF_CARBON * kilograms
    methane = CO2_OF_METHANE * components.get(NOT_CO2, Fraction(0))
    return carbon + methane + min(rounding, MAX_ROUNDING_SHARE * (gross(components) + carbon))


def rounded(printed: Iterable[str], times: int) -> Fraction:
    """Return what rounding of figures can come to (kg): half a unit of the last place of each.

    ``printed`` are decimals as they are written, each of ``times`` rounded summands.

    >>> rounded(["-6", "0.00"], PRINTED)
    Fraction(101, 200)
    """
    places = (len(text.partition(".")[2]) for text in printed)
    return sum((Fraction(times, 2 * 10**many) for many in places), Fraction(0))
