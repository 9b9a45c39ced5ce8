"""From a table's unit to one that a factor may declare, exactly.

What a table gives per tonne or mile becomes a declared amount of 1000 kilogram or 1.609344
kilometer, so the published number stays as it was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.units import UnitTable
from rootprint.ledger.core.schema.names import FACTOR_UNITS
from rootprint.ledger.core.tables import tables

MAX_PLACES = 18


@dataclass(frozen=True)
class Declared:
    """A declared unit and its amount, as pcf has them."""

    unit: str
    amount: str


class NoDeclaredUnit(CalculationError):
    """A unit that no factor can declare: the text says why.

    The units that the readers of tables know can all be declared (a test holds that); this is for
    whoever asks for another.
    """

    code = "no_declared_unit"


def declared(unit: str) -> Declared:
    """Return the declared unit and amount that ``unit``, of the unit table, is.

    There is a unit for a factor in each dimension of the table. Raises NoDeclaredUnit for a unit
    that is not in it, and for one whose amount is no finite decimal.
    """
    if unit in FACTOR_UNITS:
        return Declared(unit, "1")
    known = tables().units["units"]
    if unit not in known:
        message = f"{unit} is not in the unit table"
        raise NoDeclaredUnit(message)
    dimension = known[unit]["dimension"]
    kin = [other for other in FACTOR_UNITS if known[other]["dimension"] == dimension]
    for other in kin:
        amount = _decimal(_units().factor(unit, other))
        if amount is not None:
            return Declared(other, amount)
    message = f"a factor can't declare {unit}: it is no finite decimal of {kin[0]}"
    raise NoDeclaredUnit(message)


def _decimal(factor: Fraction) -> str | None:
    for places in range(MAX_PLACES + 1):
        rounded = half_up(factor, places)
        if Fraction(rounded) == factor:
            return decimal_text(rounded)
    return None


@cache
def _units() -> UnitTable:
    return UnitTable(tables().units)
