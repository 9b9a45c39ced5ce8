"""An inventory as it is composed: lines in the statement's closed form, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.intake.inventory.problems import Problem

LINE_DIGITS: Final = 12
DIGITS: Final = 6


@dataclass(frozen=True)
class Inventory:
    """A parsed file. ``lines`` is empty for a factor that only carries published values.

    A line's source is ``{input: NAME}``, ``{emission: CO2e, factor: NAME}``, ``{gas, set}`` or
    ``{published, per, component, reference}``; its amount is what enters the declared amount, after
    allocation and yield. ``where`` is what messages call the file, ``findings`` what is allowed
    but should be known, ``places`` what messages call each line, ``makes`` the product ids of the
    process's outputs.
    """

    issuer: str
    valid_from: str
    valid_until: str
    line_digits: int
    digits: int
    lines: tuple[Mapping[str, Any], ...]
    subject: Mapping[str, Any]
    where: str = ""
    findings: tuple[Problem, ...] = ()
    places: tuple[str, ...] = ()
    makes: frozenset[str] = frozenset()

    @property
    def inputs(self) -> frozenset[str]:
        """The names of the statements that its lines cite."""
        named = (line["source"].get("input") or line["source"].get("factor") for line in self.lines)
        return frozenset(name for name in named if name is not None)

    def place(self, number: int) -> str:
        """Return what messages call the line with this index: place, number and description."""
        if number < len(self.places):
            return self.places[number]
        named = line_place(number + 1, self.lines[number])
        return f"{self.where}: {named}" if self.where else named


def line_place(number: int, value: Any) -> str:
    """Return what messages call a line: its number from 1 and its description."""
    description = value.get("description") if isinstance(value, dict) else None
    return f"line {number}" + (f" ({description})" if isinstance(description, str) else "")
