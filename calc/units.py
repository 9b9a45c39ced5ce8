"""Units: exact rational factors from a table that the caller hands in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnitNotConvertible(CalculationError):
    """Two units of different dimension, or a unit that the table does not know."""

    code = "unit_not_convertible"


class UnitTable:
    """``{"units": {name: {dimension, factor}}, "aliases": {short: name}}``, read once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._units = {
            name: (str(entry["dimension"]), Fraction(entry["factor"]))
            for name, entry in table["units"].items()
        }
        self._aliases: Mapping[str, str] = table["aliases"]

    def named(self, text: str) -> str:
        """Return the table's name for a name or a usual short form (kWh, kg, tkm)."""
        name = self._aliases.get(text, text)
        if name not in self._units:
            message = f"unit {text!r} is not in the unit table"
            raise UnitNotConvertible(message, remedy=f"use one of {', '.join(sorted(self._units))}")
        return name

    def factor(self, unit: str, into: str) -> Fraction:
        """Return how many ``into`` one ``unit`` is; raises UnitNotConvertible."""
        for name in (unit, into):
            if name not in self._units:
                message = f"unit {name!r} is not in the unit table"
                raise UnitNotConvertible(message)
        (dimension, size), (wanted, into_size) = self._units[unit], self._units[into]
        if dimension != wanted:
            message = f"{unit} ({dimension}) can't be converted to {into} ({wanted})"
            raise UnitNotConvertible(
                message, remedy="give the amount in a unit of the upstream declared unit's kind"
            )
        return size / into_size
