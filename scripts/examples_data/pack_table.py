"""The table examples/battery-pack/figures.csv: each figure by subject and name, in its order."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "battery-pack"


@dataclass(frozen=True)
class Figure:
    """One row: a figure with its unit, how it was read or how sure it is, and where it stands.

    ``percent`` is the expanded uncertainty (k = 2) of ``meter``; ``pedigree`` five scores in the
    order of the matrix. ``file`` is empty for a figure of a fictional maker.
    """

    subject: str
    name: str
    text: str
    unit: str
    stage: str
    meter: str
    percent: str
    pedigree: str
    file: str
    place: str
    note: str

    @property
    def value(self) -> Fraction:
        """The figure as an exact rational."""
        return Fraction(self.text)

    @property
    def why(self) -> str:
        """Where it comes from, as a comment says it."""
        published = ", ".join(part for part in (self.file, self.place) if part)
        return "; ".join(part for part in (published, self.note) if part) or "fictional"


class Figures:
    """All rows; ``of`` gives a subject's rows whose name begins with a word, by the rest of it."""

    def __init__(self, path: Path = EXAMPLE / "figures.csv") -> None:
        with path.open(encoding="utf-8", newline="") as file:
            self.rows = [Figure(*row) for row in csv.reader(file)][1:]
        self._by_name = {(row.subject, row.name): row for row in self.rows}

    def __call__(self, subject: str, name: str) -> Figure:
        """Look one figure up; KeyError names what figures.csv lacks."""
        return self._by_name[subject, name]

    def has(self, subject: str, name: str) -> bool:
        """Whether figures.csv has the figure."""
        return (subject, name) in self._by_name

    def of(self, subject: str, word: str) -> dict[str, Figure]:
        """Give a subject's rows named ``word REST``, by REST, in the file's order."""
        begin = f"{word} "
        found = (row for row in self.rows if row.subject == subject and row.name.startswith(begin))
        return {row.name.removeprefix(begin): row for row in found}
