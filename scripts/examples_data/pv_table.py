"""The table examples/pv-module/figures.csv: published figures by subject, country and name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "pv-module"


@dataclass(frozen=True)
class Figure:
    """One published figure with its own digits and its place."""

    text: str
    place: str

    @property
    def value(self) -> Fraction:
        """The figure as an exact rational."""
        return Fraction(self.text)


class Figures:
    """figures.csv: (subject, country, figure) to a published figure, in the file's order."""

    def __init__(self) -> None:
        with (EXAMPLE / "figures.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.rows = {
            (row["subject"], row["country"], row["figure"]): Figure(
                row["value"], f"{row['file']}, row {row['row']}, column {row['column']}"
            )
            for row in rows
        }

    def __call__(self, subject: str, figure: str, country: str = "") -> Figure:
        """Look one figure up; KeyError names what figures.csv lacks."""
        return self.rows[subject, country, figure]

    def makers(self, material: str) -> dict[str, Figure]:
        """Give the shares of a material's makers by country, largest first."""
        return {key[1]: f for key, f in self.rows.items() if key[::2] == (material, "share")}

    def mix(self, country: str) -> dict[str, Figure]:
        """Give the fuel shares of a country's grid."""
        return {key[2]: f for key, f in self.rows.items() if key[:2] == ("grid", country)}
