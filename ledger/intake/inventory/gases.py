"""Names of gases as people write them: designations, trade names, blends.

``R134a``, ``r-134A`` and ``HFC134a`` are one gas, R-410A is two. An unknown name is reported with
the nearest one that is known, never with a list of all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches  # noqa: TID251 - of a fixed table, a few
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from rootprint.ledger.core.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_BETWEEN: Final = re.compile(r"[\s·‐‑–-]")
_ORIGIN: Final = "say CH4_fossil or CH4_non_fossil: they have different GWPs and components"
_NEAREST: Final = 3
_LIKE: Final = 0.7
_FEW: Final = "state it by the name that docs/inventory.md has, or as a published figure"
_FREON: Final = re.compile(r"(?:氟利昂|氟里昂|freon|f)r?([0-9]{2,4}[a-z]{0,3})", re.ASCII)
_BRACKETED: Final = re.compile(r"([^()]{1,64})\(([^()]{1,64})\)")
_COUNTED: Final = frozenset("一二三四五六七八九十甲乙丙丁戊己氟氯溴碘硫氮碳氢氧氨环异烷烯醚")
_NUMBER: Final = re.compile(r"[0-9].*", re.DOTALL)
_NO_GWP: Final = "has no GWP of the IPCC: leave its line out, and say so in the description"
_AMMONIA: Final = f"ammonia (R-717) {_NO_GWP}"
_ISOBUTANE: Final = f"isobutane (R-600a) {_NO_GWP}"
_UNCLEAR: Final = {
    **dict.fromkeys(("氨", "氨气", "液氨", "nh3", "r717", "ammonia"), _AMMONIA),
    **dict.fromkeys(("异丁烷", "isobutane", "r600a"), _ISOBUTANE),
    "四氟乙烷": "say HFC-134a (1,1,1,2-四氟乙烷) or HFC-134 (1,1,2,2-四氟乙烷)",
    "三氟乙烷": "say HFC-143a (1,1,1-三氟乙烷) or HFC-143 (1,1,2-三氟乙烷)",
    "二氟乙烷": "say HFC-152a (1,1-二氟乙烷) or HFC-152 (1,2-二氟乙烷)",
    "五氟丙烷": "say which, by its number: HFC-245fa, HFC-245ca, HFC-245cb, HFC-245ea or HFC-245eb",
    "六氟丙烷": "say which, by its number: HFC-236fa, HFC-236ea or HFC-236cb",
    **dict.fromkeys(("氟利昂", "氟里昂", "freon"), "say which, by its number, such as R-22"),
}
_METHANE: Final = frozenset({"ch4", "methane", "r50", "甲烷"})


@dataclass(frozen=True)
class Blend:
    """A blend's designation and its gases, in percent of its mass."""

    name: str
    percents: Mapping[str, Fraction]

    @property
    def unknown(self) -> list[str]:
        """Its parts for which no assessment report has a GWP."""
        return sorted(self.percents.keys() - tables().gwp["component"].keys())


def gas_named(text: str) -> str | Blend | None:
    """Return the table's name of a gas, or a blend; None for a name that is not known."""
    if text in tables().gwp["component"]:
        return text
    name = _name(text)
    blends = tables().refrigerants["blends"]
    if name is None or name not in blends:
        return name
    return Blend(name, {gas: Fraction(percent) for gas, percent in blends[name].items()})


def _name(text: str) -> str | None:
    """Return the table's name for a name, or for one with another of the same gas in brackets."""
    key = _key(text)
    found = _names().get(key)
    if found is None and (freon := _FREON.fullmatch(key)) is not None:
        found = _names().get(f"r{freon[1]}")
    if found is None and (both := _BRACKETED.fullmatch(key)) is not None:
        first, second = _name(both[1]), _name(both[2])
        found = first if first == second else None
    return found


def nearest_gas(text: str) -> str:
    """Return the remedy for a name that ``gas_named`` does not know."""
    key = _key(text)
    if key in _METHANE:
        return _ORIGIN
    if key in _UNCLEAR:
        return _UNCLEAR[key]
    # The same substance, written another way: shown as it is written. To compare it with all names
    # would take longer than to read a line, and each line may have another.
    known = _known()
    few = [one for one in {*known.same.get(_identity(key), ()), *known.long.get(len(key), ())}
           if _is_spelling(key, one)]  # fmt: skip
    near = get_close_matches(key[:64], sorted(few), n=_NEAREST, cutoff=_LIKE)
    return f"did you mean {' or '.join(known.written[one] for one in near)}?" if near else _FEW


@dataclass(frozen=True)
class _Known:
    """All names by their keys: as they are written, of one substance, and of one length."""

    written: Mapping[str, str]
    same: defaultdict[str, list[str]]
    long: defaultdict[int, list[str]]


@cache
def _known() -> _Known:
    names = (*_written(), *tables().refrigerants["aliases"])
    found = _Known({_key(name): name for name in names}, defaultdict(list), defaultdict(list))
    for key in found.written:
        found.same[_identity(key)].append(key)
        found.long[len(key)].append(key)
    return found


def _is_spelling(key: str, known: str) -> bool:
    """Tell whether a known name may be another spelling of one: of the same substance."""
    if _identity(key) == _identity(known):
        return True
    differ = [one for one, other in zip(key, known, strict=False) if one != other]
    chinese = not key.isascii() and len(key) == len(known)
    return chinese and not any(char in _COUNTED or char.isdigit() for char in differ)


def _identity(key: str) -> str:
    """Return what says which substance a name is, whatever else is misspelt in it.

    That is the number of a designation and what follows, the counts and elements of a Chinese
    name, and of any other all its letters.
    """
    chinese = "".join(char for char in key if char in _COUNTED)
    number = _NUMBER.search(key)
    if chinese:
        return chinese + "".join(char for char in key if char.isdigit())
    return number[0] if number else "".join(sorted(key))


def _key(text: str) -> str:
    return _BETWEEN.sub("", normalize("NFKC", text)).casefold()


def _written() -> tuple[str, ...]:
    return (*tables().gwp["component"], *tables().refrigerants["blends"])


@cache
def _names() -> dict[str, str]:
    aliases = tables().refrigerants["aliases"]
    names = {_key(alias): str(name) for alias, name in aliases.items()}
    return names | {_key(name): name for name in _written()}
