"""Units: exact rational factors from a table that the caller hands in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnitNotConvertible(CalculationError):
    """Two units of different dimension, or a unit that the table does not know."""

    code = "unit_not_convertible"


_OF_ITS_KIND = "give the amount in a unit of the upstream declared unit's kind"
_NO_RATE = "give what was paid in the prices that it counts, and how you came by it"


class UnitTable:
    """``{"units": {name: {dimension, factor}}, "aliases": {short: name}}``, read once.

    Money of each currency and year is a dimension of its own, beginning with ``money``.
    """

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
            raise UnitNotConvertible(message, remedy=f"use one of {self._offered()}")
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
            remedy = _NO_RATE if _is_money(dimension) and _is_money(wanted) else _OF_ITS_KIND
            raise UnitNotConvertible(message, remedy=remedy)
        return size / into_size

    def base(self, unit: str) -> tuple[str, Fraction]:
        """Return a unit's dimension and how many of its base unit it is. Raises as ``factor``."""
        self.factor(unit, unit)
        return self._units[unit]

    def _offered(self) -> str:
        """Return the units' names, and of all the money that there may be only the first."""
        money = sorted(name for name, (kind, _) in self._units.items() if _is_money(kind))
        names = sorted(self._units.keys() - set(money))
        return ", ".join([*names, *(f"money such as {name}" for name in money[:1])])


def _is_money(dimension: str) -> bool:
    return dimension.startswith("money")
