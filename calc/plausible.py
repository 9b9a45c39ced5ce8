"""How many kg CO2e a unit of something can be: bounds by kind of unit, each with its reason.

A figure beyond ``never`` is a mistake of unit or of decimal point, whatever it is of; one beyond
``seldom`` can be right, and should be looked at. The bounds are wide on purpose: they know
nothing of the thing, only how it is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rootprint.calc.rounding import shortest_text
from rootprint.calc.uptake import CO2_OF_CARBON


@dataclass(frozen=True)
class Bound:
    """Kg CO2e per one of a unit; ``why`` says where the two come from."""

    seldom: Fraction
    never: Fraction
    why: str


@dataclass(frozen=True)
class Implausible:
    """A figure beyond a bound: ``never`` if nothing is so large, else it is seldom so.

    ``per`` and ``limit`` are kg CO2e per one of ``unit``.
    """

    unit: str
    per: Fraction
    limit: Fraction
    never: bool
    why: str

    @property
    def said(self) -> str:
        """The figure, the bound and its reason, in words for whoever compares them."""
        per, limit = (shortest_text(one, _PLACES) for one in (self.per, self.limit))
        known = "nothing is known" if self.never else "few are"
        return (
            f"{per} kg CO2e per {self.unit} is more than {limit}, beyond which {known}: {self.why}"
        )


_PLACES: Final = 6
GAS: Final = "kilogram of gas"


def _bound(seldom: str, never: str, why: str) -> Bound:
    return Bound(Fraction(seldom), Fraction(never), why)


_HOURS: Final = (
    "lignite (101 kg CO2 per GJ, IPCC 2006, volume 2, table 2.2) in a station of 25 % efficiency is"
    " 1.5 kg per kWh"
)
_MONEY: Final = "the largest of the EPA's 1,016 factors is below 5 kg per US dollar"
# Made for this reader, from the figures named. A factor of 1,000 (g for kg, kg for t, W for kW) is
# the mistake that is looked for, so ``never`` lies well beyond what is known.
BOUNDS: Final[dict[str, Bound]] = {
    "kilogram": _bound(
        "100",
        "100000",
        "no gas of IPCC AR6, table 7.SM.7, reaches 26,000 kg CO2e per kg, and no metal is known"
        " to need more than some 40,000",
    ),
    GAS: _bound("26000", "100000", "the highest GWP of IPCC AR6, table 7.SM.7, is SF6's, 25,200"),
    "megajoule": _bound("1", "10", _HOURS),
    "kilowatt hour": _bound("3.6", "36", _HOURS),
    "ton kilometer": _bound(
        "10", "1000", "domestic air freight is below 5 kg per t km (UK conversion factors 2025)"
    ),
    "passenger kilometer": _bound(
        "2", "100", "a first-class seat is below 1 kg per km (UK conversion factors 2025)"
    ),
    "kilometer": _bound(
        "10000000",
        "1000000000",
        "of what is built by the kilometre, a metro's tunnels are some 10^8 kg; what drives is"
        " below 10^3",
    ),
    "square meter": _bound("50000", "10000000", "a bridge deck is some 10^4 kg (CPCD)"),
    "cubic meter": _bound("100000", "1000000000", "steel is some 2 · 10^4 kg, gold some 10^8"),
    "liter": _bound(
        "100",
        "1000000",
        "what is drunk or burnt is some kg a litre; of metals mercury is the liquid one",
    ),
    "piece": _bound("100000000", "100000000000", "a railway bridge is some 10^8 kg (CPCD)"),
    "hour": _bound("100000", "1000000000", "a coal-fired station of 1 GW emits some 10^6 kg"),
    "kilowatt": _bound("10000", "1000000", "a solar module is some 500 kg (CPCD)"),
    "megabit second": _bound("1", "1000", "a link of 1 Mbit/s needs some watts"),
}
_OF_MONEY: Final = _bound("20", "1000", _MONEY)
_IS_MONEY: Final = re.compile(r"(US dollar|euro|pound sterling|yuan renminbi) of \d{4}", re.ASCII)

# IPCC 2006 Guidelines, volume 2, table 2.2: the lowest of all fossil fuels is the lower bound for
# coke oven gas; kg CO2 per MJ of net calorific value.
LEAST_OF_FUEL: Final = Fraction("0.0373")


def implausible(unit: str, per: Fraction, *, gas: bool = False) -> Implausible | None:
    """Return what is wrong with ``per`` kg CO2e per one of ``unit``, of either sign; None if fine.

    ``gas`` says that it is a gas set free, whose kilogram is its warming potential. Raises KeyError
    for a unit that is neither money nor has a bound.

    >>> implausible("kilogram", Fraction(41583001)).never
    True
    >>> implausible("kilogram", Fraction(2)) is None
    True
    """
    named = GAS if gas and unit == "kilogram" else unit
    bound = _OF_MONEY if _IS_MONEY.fullmatch(unit) else BOUNDS[named]
    size = abs(per)
    if size > bound.never:
        return Implausible(unit, per, bound.never, never=True, why=bound.why)
    if size > bound.seldom:
        return Implausible(unit, per, bound.seldom, never=False, why=bound.why)
    return None


def carbon_for_co2(per: Fraction) -> Fraction | None:
    """Return what burning a fossil fuel would give if ``per`` (kg/MJ, net) were kg of carbon.

    None where ``per`` can be kg CO2. Tables of carbon contents (t C per TJ) stand beside those of
    emission factors, and a figure of one is taken for the other.
    """
    return per * CO2_OF_CARBON if 0 < per < LEAST_OF_FUEL else None
