"""What is wrong with a file that people write, all of it at once, and where.

A message never shows what a cell or member holds: it may be somebody's recipe.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Path = tuple[str | int, ...]
MAX_SHOWN: Final = 50


@dataclass(frozen=True)
class Place:
    """Line and column from 1 (0: unknown); ``cell`` in a workbook, as in ``inventory!C7``.

    ``file`` is named where it is another than the one that is read.
    """

    line: int = 0
    column: int = 0
    cell: str = ""
    file: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or (as a finding) that a reader should know.

    ``member`` is the dotted name that tables use: list positions count from 1.
    """

    file: str
    line: int
    column: int
    cell: str
    member: str
    what: str
    remedy: str

    @property
    def message(self) -> str:
        """What is wrong and where, without what to do."""
        place = f" {self.cell}" if self.cell else f":{self.line}:{self.column}" * bool(self.line)
        if not (place or self.member):
            return f"{self.file} {self.what}"
        subject = f"{self.member} {self.what}" if self.member else self.what
        return f"{self.file}{place}: {subject}"

    def __str__(self) -> str:
        return self.message + f" — {self.remedy}" * bool(self.remedy)


class FileProblems(Refused):
    """A file with at least one problem; ``problems`` has them in the file's order."""

    code = "file"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_order))
        first = self.problems[0]
        if len(self.problems) == 1:
            super().__init__(first.message, remedy=first.remedy)
        else:
            super().__init__("\n".join(self._listed()))

    def json(self) -> dict[str, Any]:
        """Return the error with every problem, however many the message shows."""
        return {**super().json(), "problems": [asdict(problem) for problem in self.problems]}

    def lines(self) -> tuple[str, ...]:
        """Return one line for each problem that is shown, below how many there are."""
        if len(self.problems) == 1:
            return super().lines()
        head, *others = self._listed()
        before = str(self.args[0]).removesuffix("\n".join([head, *others]))
        return (f"{before}{head}", *others)

    def _listed(self) -> tuple[str, ...]:
        count = len(self.problems)
        more = [f"  and {count - MAX_SHOWN} more"] if count > MAX_SHOWN else []
        shown = (f"  {problem}" for problem in self.problems[:MAX_SHOWN])
        return (f"{self.problems[0].file} has {count} problems:", *shown, *more)


class InventoryProblems(FileProblems):
    """An inventory file with at least one problem."""

    code = "inventory"


@dataclass
class Faults:
    """Collects problems and findings of one file.

    ``places`` holds where each member was read. What is inside a faulty member is not reported
    again.
    """

    where: str
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Problem] = field(default_factory=list)
    _alike: dict[tuple[str, Path], int] = field(default_factory=dict)  # places in findings
    _counts: dict[int, int] = field(default_factory=dict)
    _faulty: set[Path] = field(default_factory=set)
    _around: set[Path] = field(default_factory=set)  # the faulty, and what they are in

    def add(self, path: Path, what: str, remedy: str, *, at: Place | None = None) -> None:
        """Note that the member at ``path`` is wrong."""
        if self._inside_faulty(path):
            return
        self._mark(path)
        self.problems.append(self._problem(path, what, remedy, at))

    def find(self, path: Path, what: str, remedy: str, *, at: Place | None = None) -> None:
        """Note what is allowed but should be known."""
        self.findings.append(self._problem(path, what, remedy, at))

    def find_alike(self, path: Path, what: str, remedy: str) -> None:
        """Note what holds of many members of one name: the first is named, the others counted."""
        key = (what, tuple(step for step in path if isinstance(step, str)))
        if key not in self._alike:
            self._alike[key] = len(self.findings)
            self.find(path, what, remedy)
            return
        at = self._alike[key]
        self._counts[at] = self._counts.get(at, 0) + 1
        more = f"{what} (and {self._counts[at]} more of this name)"
        self.findings[at] = replace(self.findings[at], what=more)

    def within(self, path: Path) -> bool:
        """Tell whether anything at or below ``path``, or above it, is wrong."""
        return path in self._around or self._inside_faulty(path)

    @property
    def show_more(self) -> bool:
        """Whether a message shows one problem more: only for those is it asked what was meant."""
        return len(self.problems) < MAX_SHOWN

    @property
    def faulty(self) -> frozenset[Path]:
        """Where something is wrong."""
        return frozenset(self._faulty)

    def take_over(self, problems: Iterable[Problem], faulty: Iterable[Path]) -> None:
        """Begin with what another has found: ``problems``, which stand at ``faulty``."""
        self.problems.extend(problems)
        for path in faulty:
            self._mark(path)

    def place(self, path: Path) -> Place:
        """Return where a member stands, or the nearest one around it that stands somewhere."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place())

    def settle(self, kind: type[FileProblems] = InventoryProblems) -> None:
        """Raise ``kind`` if anything is wrong."""
        if self.problems:
            raise kind(self.problems)

    def _mark(self, path: Path) -> None:
        self._faulty.add(path)
        self._around.update(path[:depth] for depth in range(len(path) + 1))

    def _inside_faulty(self, path: Path) -> bool:
        return any(path[:depth] in self._faulty for depth in range(len(path) + 1))

    def _problem(self, path: Path, what: str, remedy: str, at: Place | None) -> Problem:
        place = at or self.place(path)
        file = place.file or self.where
        return Problem(file, place.line, place.column, place.cell, dotted(path), what, remedy)


@dataclass(frozen=True)
class Document:
    """A file's members as plain values (text, integers, booleans, lists, mappings)."""

    members: Mapping[str, object]
    faults: Faults


def dotted(path: Path) -> str:
    """Write a path as tables name it: ``inventory.1.amount.value``."""
    return ".".join(str(step + 1) if isinstance(step, int) else step[:64] for step in path)


def _order(problem: Problem) -> tuple[str, int, int]:
    return problem.cell.partition("!")[0], problem.line, problem.column
