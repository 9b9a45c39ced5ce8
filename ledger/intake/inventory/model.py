"""An inventory as it is composed: lines in the statement's closed form, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.intake.inventory.problems import Path, Place, Problem
    from rootprint.ledger.intake.inventory.process import Process

LINE_DIGITS: Final = 12
DIGITS: Final = 6


@dataclass(frozen=True)
class Activity:
    """A line of a process as its file gives it: what the period took or gave off.

    ``serves`` names the one output that it serves; ``taken`` is the index of the inventory's line
    that is made of it, None where it enters nothing of the product.
    """

    line: Mapping[str, Any]
    serves: str | None
    path: Path
    taken: int | None


@dataclass(frozen=True)
class Inventory:
    """A parsed file. ``lines`` is empty for a factor that only carries published values.

    A line's source is ``{input: NAME}``, ``{emission: CO2e, factor: NAME}``, ``{gas, set}`` or
    ``{published, per, component, reference}``; its amount is what enters the declared amount, after
    allocation and yield. ``where`` is what messages call the file, ``findings`` what is allowed
    but should be known, ``places`` where each member was read, ``paths`` each line's path in the
    file (lines that serve another output are not here), ``makes`` the product ids of the process's
    outputs, ``process`` and ``activities`` the whole process that it is a part of, ``statements``
    the digests of signed statements that the file itself names behind inputs' names.

    With ``problems``, which stand at ``faulty``, nothing is composed, and the rest is there to be
    judged all the same: ``subject`` then has only what decides whether an input fits, each faulty
    member of it as wide as it may be; ``partial`` are the lines (by index) that have no amount per
    declared amount, so only what they cite can be judged.
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
    faulty: frozenset[Path] = frozenset()
    partial: frozenset[int] = frozenset()
    makes: frozenset[str] = frozenset()
    process: Process | None = None
    activities: tuple[Activity, ...] = ()
    statements: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> frozenset[str]:
        """The names of the statements and records that it cites, of its whole process."""
        lines = [*self.lines, *(activity.line for activity in self.activities)]
        named = {cited_name(line) for line in lines}
        named |= {line.get("certificate", {}).get("claim") for line in lines}
        named.add(None if self.process is None else self.process.record)
        named.add(pool_name(self.subject))
        return frozenset(name for name in named if name is not None)

    def path(self, number: int) -> Path:
        """Return where the line with this index stands in the file."""
        return self.paths[number] if self.paths else ("inventory", number)


def cited_name(line: Mapping[str, Any]) -> str | None:
    """Return the input name of what a line cites, None where it cites nothing."""
    named: str | None = line["source"].get("input") or line["source"].get("factor")
    return named


def pool_name(subject: Mapping[str, Any]) -> str | None:
    """Return what a file calls the pool of its variant; None without one, or for a digest."""
    name: str | None = subject.get("variant", {}).get("pool")
    return None if name is None or name.startswith("sha256:") else name
