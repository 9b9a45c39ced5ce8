"""What stands over the columns of an inventory's tables, as members of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.columns import COLUMNS, LISTS
from rootprint.ledger.intake.vocabulary import most_like, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.intake.inventory.problems import Faults
    from rootprint.ledger.intake.inventory.table import Cell

HEADINGS: Final = "headings"  # of a table: where one of them is not known
_NOTE: Final = "note"
_SAY: Final = "docs/inventory.md lists all columns; one for people is headed note"
_OWN: Final = (
    "propose a mapping with rootprint mapping FILE --out map.yaml and compose with --mapping, or"
    " fill in what rootprint template --lang zh makes"
)


@dataclass(frozen=True)
class Kind:
    """A table: the vocabulary's name of it, where its rows stand, and its columns' members."""

    name: str
    path: tuple[str, ...]
    columns: tuple[str, ...]
    lists: tuple[str, ...] = ()


LINES: Final = Kind("inventory", ("inventory",), COLUMNS, LISTS)
OUTPUTS: Final = Kind(
    "outputs",
    ("process", "outputs"),
    (
        *("name", "amount.value", "amount.unit", "productId", "method", "yield"),
        *("physical.value", "physical.unit", "economic.value", "economic.currency"),
        *("uncertainty.distribution", "uncertainty.statedValue"),
        "uncertainty.geometricStandardDeviation",
        *("uncertainty.interval.lower", "uncertainty.interval.upper"),
        "uncertainty.interval.percent",
    ),
)
INPUTS: Final = Kind("inputs", ("inputs",), ("name", "statement"))


def is_note(text: str) -> bool:
    """Tell whether a column of that heading is for people."""
    return names_of("headings").named(text) == _NOTE


def member_named(text: str) -> str:
    """Return the head's member for what a row says; the text itself where it is none."""
    return names_of("head").named(text) or text


def column_named(text: str, kind: Kind = LINES) -> str | None:
    """Return the member that a heading stands for, None where it is not known."""
    if text in kind.columns or (kind.lists and text.startswith(kind.lists)):
        return text
    return names_of(kind.name).named(text)


def headed(header: Sequence[Cell], kind: Kind, faults: Faults) -> tuple[dict[int, str], set[int]]:
    """Return the member of each column, by its index, and the columns that are for people.

    A heading that is not known is a fault; where most are not, it is one that says how a sheet of
    one's own is read.
    """
    columns: dict[int, str] = {}
    notes: set[int] = set()
    unknown: list[Cell] = []
    for number, cell in enumerate(header):
        name = column_named(cell.text, kind) if cell.text else None
        if cell.wrong:
            faults.add((f"column {cell.place.column}",), *cell.wrong, at=cell.place)
        elif not cell.text:
            continue
        elif name is None and is_note(cell.text):
            notes.add(number)
        elif name is None:
            unknown.append(cell)
        elif name in columns.values():
            faults.add((cell.text,), "heads two columns", "keep one", at=cell.place)
        else:
            columns[number] = name
    if len(unknown) > len(columns):
        what = "heads a column that is not known, and so do most"
        faults.add(kind.path, what, _OWN, at=unknown[0].place)
    else:
        for cell in unknown:
            what = "heads a column that is not known"
            faults.add((cell.text,), what, nearest_column(cell.text, kind), at=cell.place)
        if unknown:
            faults.take_over((), [(HEADINGS, kind.name)])
    return columns, notes


def nearest_column(text: str, kind: Kind = LINES) -> str:
    """Return the nearest heading that is known: dotted, Chinese or English."""
    found = most_like(text, kind.columns) or names_of(kind.name).nearest(text)
    return f"did you mean {found}?" if found else _SAY
