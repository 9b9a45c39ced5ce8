"""Which GWP set a table rests on, recognised by its own numbers, and whether its gases are whole.

A table that does not say it is "unstated", unless what it prints fits one of our sets and no other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.compatibility import UNSTATED
from rootprint.calc.gases import characterise
from rootprint.calc.rounding import MAX_ROUNDING_SHARE
from rootprint.ledger.core.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

METHANE: Final = "CH4"  # of all origins, as most tables print it
_ORIGINS: Final = ("CH4_fossil", "CH4_non_fossil")
_LEAST: Final = 5


def set_of_gwps(printed: Mapping[str, Decimal]) -> str:
    """Return the set that has every one of these GWPs (at least five), or ``unstated``.

    ``CH4`` is methane of all origins: a table that prints one GWP for it rests on a set that has
    one, as AR5 read with 28 for all.
    """
    fitting = [
        name
        for name, values in tables().gwp["sets"].items()
        if len(shared := _origins(printed).keys() & values.keys()) >= _LEAST
        and all(Fraction(values[gas]) == Fraction(_origins(printed)[gas]) for gas in shared)
    ]
    return fitting[0] if len(fitting) == 1 else UNSTATED


def _origins(printed: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the GWPs with one of methane written for each of its origins."""
    others = {gas: value for gas, value in printed.items() if gas != METHANE}
    return others | dict.fromkeys(_ORIGINS, printed[METHANE]) if METHANE in printed else others


def origin_decides(methane: Decimal, total: Decimal) -> bool:
    """Whether it matters, beyond 0.1 % of the total in any set, if that methane is fossil.

    ``methane`` in kg, ``total`` in kg CO2e per the same unit.
    """
    apart = max(
        abs(Fraction(gwps["CH4_fossil"]) - Fraction(gwps["CH4_non_fossil"]))
        for gwps in tables().gwp["sets"].values()
    )
    return Fraction(methane) * apart > MAX_ROUNDING_SHARE * Fraction(total)


def are_whole(gases: Mapping[str, Decimal], component: str, value: Decimal, gwp_set: str) -> bool:
    """Whether these kg of gases are all of ``value`` (kg CO2e), within 0.1 % or its last place.

    Gases that are not the whole can't be characterised again, so they are not given.
    """
    gwp = tables().gwp
    if gwp_set not in gwp["sets"] or not gases.keys() <= gwp["sets"][gwp_set].keys():
        return False
    masses = {gas: Fraction(mass) for gas, mass in gases.items()}
    found = {name: kg for name, kg in characterise(masses, gwp_set, gwp).items() if kg}
    slack = MAX_ROUNDING_SHARE * Fraction(value) + Fraction(10) ** int(value.as_tuple().exponent)
    return (
        found.keys() <= {component}
        and abs(found.get(component, Fraction(0)) - Fraction(value)) <= slack
    )
