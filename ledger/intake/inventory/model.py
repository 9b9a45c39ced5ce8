"""An inventory as it is composed: lines in the statement's closed form, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.intake.inventory.problems import Path, Place, Problem

LINE_DIGITS: Final = 12
DIGITS: Final = 6


@dataclass(frozen=True)
class Inventory:
    """A parsed file. ``lines`` is empty for a factor that only carries published values.

    A line's source is ``{input: NAME}``, ``{emission: CO2e, factor: NAME}``, ``{gas, set}`` or
    ``{published, per, component, reference}``; its amount is what enters the declared amount, after
    allocation and yield. ``where`` is what messages call the file, ``findings`` what is allowed
    but should be known, ``places`` where each member was read, ``paths`` each line's path in the
    file (lines that serve another output are not here), ``makes`` the product ids of the process's
    outputs. ``problems`` are those of lines that are left out as faulty: nothing is composed then.
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
    places: Mapping[Path, Place] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    makes: frozenset[str] = frozenset()

    @property
    def inputs(self) -> frozenset[str]:
        """The names of the statements that its lines cite."""
        named = (line["source"].get("input") or line["source"].get("factor") for line in self.lines)
        return frozenset(name for name in named if name is not None)

    def path(self, number: int) -> Path:
        """Return where the line with this index stands in the file."""
        return self.paths[number] if self.paths else ("inventory", number)
