"""Units: exact rational factors from a table that the caller hands in."""

from __future__ import annotations

import re
from difflib import get_close_matches  # noqa: TID251 - a fixed table; below ledger.intake
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnitNotConvertible(CalculationError):
    """Two units of different dimension, or a unit that the table does not know."""

    code = "unit_not_convertible"


# Chinese counts before a unit, the longer first: 百万千焦 is a million kilojoules.
_TIMES = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10,
          "千亿": 10**11, "万亿": 10**12, "十": 10, "百": 100, "千": 1000, "万": 10**4,
          "亿": 10**8}  # fmt: skip
_SIZES = frozenset("十百千万亿兆吉太毫微厘分纳公大标/每0123456789²³")
_PREFIX = re.compile(r"kilo|mega|giga|tera|milli|micro|centi|hecto|deci", re.IGNORECASE)
_OF_ITS_KIND = "give the amount in a unit of the upstream declared unit's kind"
_NO_RATE = "give what was paid in the prices that it counts, and how you came by it"


class UnitTable:
    """``{"units": {name: {dimension, factor}}, "aliases": {short: name}}``, read once.

    Money of each currency and year is a dimension of its own, beginning with ``money``. With
    ``"unclear": {text: remedy}`` for what people write and what could be several units.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._units = {
            name: (str(entry["dimension"]), Fraction(entry["factor"]))
            for name, entry in table["units"].items()
        }
        self._aliases: Mapping[str, str] = table["aliases"]
        self._unclear: Mapping[str, str] = table.get("unclear", {})
        self._factors: dict[tuple[str, str], Fraction] = {}

    def named(self, text: str) -> str:
        """Return the table's name for a name or a usual short form (kWh, kg, tkm)."""
        name = self._aliases.get(text, text)
        if name not in self._units:
            message = f"unit {text!r} is not in the unit table"
            raise UnitNotConvertible(message, remedy=self._instead(text))
        return name

    def factor(self, unit: str, into: str) -> Fraction:
        """Return how many ``into`` one ``unit`` is; raises UnitNotConvertible."""
        known = self._factors.get((unit, into))
        if known is None:  # as many as the table has pairs of a kind, whoever asks
            known = self._factors[unit, into] = self._divided(unit, into)
        return known

    def _divided(self, unit: str, into: str) -> Fraction:
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

    def knows(self, unit: str) -> bool:
        """Whether the table has a unit of that name; a short form is none."""
        return unit in self._units

    def base(self, unit: str) -> tuple[str, Fraction]:
        """Return a unit's dimension and how many of its base unit it is. Raises as ``factor``."""
        self.factor(unit, unit)
        return self._units[unit]

    def _instead(self, text: str) -> str:
        """Return the remedy for a unit that is not known: what it may mean, else all that are."""
        if text in self._unclear:
            return self._unclear[text]
        money = {name for name, (kind, _) in self._units.items() if _is_money(kind)}
        written = [*self._aliases, *sorted(self._units.keys() - money)]
        same = [one for one in written if one.casefold() == text.casefold()]
        times = self._multiple(text[:64])
        if times is not None:
            return times
        near = (
            same
            or [one for one in get_close_matches(text[:64], written) if _is_spelling(text, one)][:1]
        )
        if not near and not text.isascii():
            chinese = [one for one in self._aliases if not one.isascii()]
            return f"use one of {', '.join(chinese)}; or {self._offered()}"
        if not near:
            return f"use one of {self._offered()}"
        # mW is no MW: which is meant is for people to say.
        meant = [f"{one} ({self._aliases[one]})" if one in self._aliases else one for one in near]
        return f"did you mean {' or '.join(meant)}? Capitals count"

    def _multiple(self, text: str) -> str | None:
        """Return the remedy for ten thousands and the like of a unit that is known."""
        for count, times in _TIMES.items():
            unit = text.removeprefix(count).strip()
            if text.startswith(count) and self._aliases.get(unit, unit) in self._units:
                return f"multiply the amount by {times} and write {unit}"
        return None

    def _offered(self) -> str:
        """Return the units' names, and of all the money that there may be only the first."""
        money = sorted(name for name, (kind, _) in self._units.items() if _is_money(kind))
        names = sorted(self._units.keys() - set(money))
        return ", ".join([*names, *(f"money such as {name}" for name in money[:1])])


def _is_spelling(text: str, known: str) -> bool:
    """Tell whether a known unit may be another spelling of a text: never one of another size.

    They have the same counts, prefixes, powers and denominators, and neither is the other with
    something before it: 卡 is no 大卡.
    """
    if text.endswith(known) or known.endswith(text) or text[1:] == known[1:]:
        return False
    sizes = [[char for char in one if char in _SIZES] for one in (text, known)]
    return sizes[0] == sizes[1] and _PREFIX.findall(text) == _PREFIX.findall(known)


def _is_money(dimension: str) -> bool:
    return dimension.startswith("money")
