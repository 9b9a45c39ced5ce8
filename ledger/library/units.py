"""From a table's unit to one that a statement may declare, exactly.

A statement declares PACT's units only. What a table gives per tonne or GJ becomes a declared amount
of 1000 kilogram or megajoule, so the published number stays as it was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from calc.errors import CalculationError
from calc.rounding import decimal_text, half_up
from calc.units import UnitTable
from ledger.core.schema.footprint import DECLARED_UNITS
from ledger.core.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PLACES = 18


@dataclass(frozen=True)
class Declared:
    """A declared unit and its amount, as pcf has them."""

    unit: str
    amount: str


class NoDeclaredUnit(CalculationError):
    """A unit that no statement can declare: the text says why. Readers make a problem of it."""

    code = "no_declared_unit"


def declared(unit: str, allowed: Sequence[str] = DECLARED_UNITS) -> Declared:
    """Return the declared unit and amount that ``unit``, of the unit table, is.

    ``allowed`` are the units that a statement may declare. Raises NoDeclaredUnit for a unit whose
    dimension has none of them, or whose amount is no finite decimal.
    """
    if unit in allowed:
        return Declared(unit, "1")
    known = tables().units["units"]
    if unit not in known:
        message = f"{unit} is not in the unit table"
        raise NoDeclaredUnit(message)
    dimension = known[unit]["dimension"]
    kin = [other for other in allowed if other in known and known[other]["dimension"] == dimension]
    for other in kin:
        amount = _decimal(_units().factor(unit, other))
        if amount is not None:
            return Declared(other, amount)
    why = f"is no finite decimal of {kin[0]}" if kin else f"PACT has no unit of {dimension}"
    message = f"a statement can't declare {unit}: {why}"
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
