"""Names of gases as people write them: designations, trade names, blends.

``R134a``, ``r-134A`` and ``HFC134a`` are one gas, R-410A is two. An unknown name is reported with
the nearest one that is known, never with a list of all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
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
    name = _names().get(_key(text))
    blends = tables().refrigerants["blends"]
    if name is None or name not in blends:
        return name
    return Blend(name, {gas: Fraction(percent) for gas, percent in blends[name].items()})


def nearest_gas(text: str) -> str:
    """Return the remedy for a name that ``gas_named`` does not know."""
    key = _key(text)
    if key in _METHANE:
        return _ORIGIN
    # By what they have in common without hyphens and capitals, shown as they are written.
    names = {_key(name): name for name in (*_written(), *tables().refrigerants["aliases"])}
    near = get_close_matches(key[:64], names, n=_NEAREST, cutoff=_LIKE)
    return f"did you mean {' or '.join(names[one] for one in near)}?" if near else _FEW


def _key(text: str) -> str:
    return _BETWEEN.sub("", normalize("NFKC", text)).casefold()


def _written() -> tuple[str, ...]:
    return (*tables().gwp["component"], *tables().refrigerants["blends"])


@cache
def _names() -> dict[str, str]:
    aliases = tables().refrigerants["aliases"]
    names = {_key(alias): str(name) for alias, name in aliases.items()}
    return names | {_key(name): name for name in _written()}
