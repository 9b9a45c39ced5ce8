"""Tables (CSV, XLSX) as the same members that YAML has: dotted names, list positions from 1.

``head`` rows say ``member, value``, and may have a ``note``; the activity table has a dotted member
of a line over each column. Every cell is text; which members are truth values or integers is known,
so the three formats give one draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import MAX_DEPTH
from rootprint.ledger.intake.inventory.closest import closest
from rootprint.ledger.intake.inventory.columns import COLUMNS, LISTS
from rootprint.ledger.intake.inventory.problems import Document, Faults, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.intake.inventory.problems import Path

NOTE: Final = "note"
HEAD: Final = ("member", "value")
_POSITION: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_BOOLEANS: Final = {
    "primary",
    "includesTransmission",
    "packagingEmissionsIncluded",
    "ccsTechnologicalCO2CaptureIncluded",
}
_INTEGERS: Final = {"lineDigits", "digits", "years"}
_SCORES: Final = ["pedigree", "scores"]  # whole numbers, whatever the indicator is called


@dataclass(frozen=True)
class Cell:
    """A cell's text, stripped, and where it stands.

    ``wrong`` says what is wrong with it, and what to do, where its text can't be known.
    """

    text: str
    place: Place
    wrong: tuple[str, str] | None = None

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.text) or self.wrong is not None


Row = list[Cell]


def read_table(head: Sequence[Row], activity: Sequence[Row], faults: Faults) -> Document:
    """Return the members that the head and the activity table say, each with its first row."""
    tree: dict[str, Any] = {}
    notes = _notes(head[0], faults)
    for row in head[1:]:
        _head_row(row, notes, tree, faults)
    members = _plain(tree, (), faults)
    if activity:
        if "inventory" in members:
            faults.add(("inventory",), "stands in the head", "put lines into the activity table")
        members["inventory"] = _lines(activity, faults)
        faults.places.setdefault(("inventory",), activity[0][0].place)
    return Document(members, faults)


def _notes(header: Row, faults: Faults) -> set[int]:
    """Return the head's columns that are for people; it has no others beyond the first two."""
    for cell in header[len(HEAD) :]:
        if cell.filled and cell.text != NOTE:
            what = "is beyond the head's columns"
            remedy = f"head it {NOTE}, or leave it out"
            faults.add((f"column {cell.place.column}",), what, remedy, at=cell.place)
    return {number for number, cell in enumerate(header) if cell.filled and number >= len(HEAD)}


def _head_row(row: Row, notes: set[int], tree: dict[str, Any], faults: Faults) -> None:
    member = row[0]
    value = row[1] if len(row) > 1 else Cell("", member.place)
    unnamed: Path = (f"row {member.place.line}",)
    if member.wrong:
        faults.add(unnamed, *member.wrong, at=member.place)
    elif not member.text and value.filled:
        faults.add(unnamed, "stands without its member", "name it", at=value.place)
    elif member.text and not value.filled:
        faults.add(_path(member.text), "has no value", "give it one, or leave out", at=value.place)
    elif member.text:
        _put(tree, (), member.text, value, faults)
    for number, cell in enumerate(row[len(HEAD) :], len(HEAD)):
        if cell.filled and number not in notes:
            # What is before it may be half of a number: it is not judged as if it were whole.
            path = _path(member.text) if member.text else unnamed
            faults.add(path, "has a cell that stands under no column", _apart(cell), at=cell.place)


def _apart(cell: Cell) -> str:
    """Return how a value stays in one cell, or is kept apart from the others."""
    quote = "" if cell.place.cell else ", quote text that holds the separator"
    return f"write decimals with a point{quote}, or put it under a column {NOTE}"


def _lines(rows: Sequence[Row], faults: Faults) -> list[Any]:
    header = rows[0]
    columns: dict[int, str] = {}
    for number, cell in enumerate(header):
        if cell.wrong:
            faults.add((f"column {cell.place.column}",), *cell.wrong, at=cell.place)
        if cell.text in {"", NOTE}:
            continue
        if cell.text in columns.values():
            faults.add((cell.text,), "heads two columns", "keep one", at=cell.place)
        elif cell.text not in COLUMNS and not cell.text.startswith(LISTS):
            near = closest(cell.text, COLUMNS)
            faults.add((cell.text,), "heads a column that is not known", near, at=cell.place)
        else:
            columns[number] = cell.text
    headed = {number for number, cell in enumerate(header) if cell.filled}
    return [
        _line(row, ("inventory", number), columns, headed, faults)
        for number, row in enumerate(rows[1:])
    ]


def _line(row: Row, path: Path, columns: dict[int, str], headed: set[int], faults: Faults) -> Any:
    faults.places[path] = row[0].place
    tree: dict[str, Any] = {}
    for index, cell in enumerate(row):
        if cell.filled and index in columns:
            _put(tree, path, columns[index], cell, faults)
        elif cell.filled and index not in headed:
            what = "has a cell that stands under no column"
            faults.add((*path, f"column {index + 1}"), what, _apart(cell), at=cell.place)
    return _plain(tree, path, faults)


def _put(tree: dict[str, Any], base: Path, name: str, cell: Cell, faults: Faults) -> None:
    steps = name.split(".")
    path = (*base, *_path(name))
    if not all(steps) or len(steps) > MAX_DEPTH or isinstance(path[0], int):
        faults.add(path, "is no member name", "write it as in docs/inventory.md", at=cell.place)
        return
    node = tree
    for step in steps[:-1]:
        inner = node.setdefault(step, {})
        if not isinstance(inner, dict):
            faults.add(path, "is inside a member that has a value", "keep one", at=cell.place)
            return
        node = inner
    if steps[-1] in node:
        faults.add(path, "stands twice", "leave one of the two", at=cell.place)
        return
    node[steps[-1]] = _typed(steps, cell.text)
    faults.places[path] = cell.place
    if cell.wrong:
        faults.add(path, *cell.wrong)
    for depth in range(len(base) + 1, len(path)):
        faults.places.setdefault(path[:depth], cell.place)


def _typed(steps: list[str], text: str) -> Any:
    """Return a truth value or an integer where the member is one and the text says one."""
    name = steps[-1]
    if name in _BOOLEANS and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if (name in _INTEGERS or steps[:-1] == _SCORES) and _POSITION.fullmatch(text):
        return int(text)
    return text


def _path(name: str) -> Path:
    return tuple(
        int(step) - 1 if _POSITION.fullmatch(step) else step for step in name.split(".")[:MAX_DEPTH]
    )


def _plain(tree: dict[str, Any], path: Path, faults: Faults) -> Any:
    """Turn ``{"1": …, "2": …}`` into a list; whatever else stays a mapping."""
    positions = sorted(int(name) for name in tree if _POSITION.fullmatch(name))
    if not positions:
        return {
            name: _plain(value, (*path, name), faults) if isinstance(value, dict) else value
            for name, value in tree.items()
        }
    if positions != list(range(1, len(tree) + 1)) or len(positions) != len(tree):
        faults.add(path, "is a list with gaps", "count its items from 1 without a gap")
        return []
    return [
        _plain(value, (*path, number - 1), faults) if isinstance(value, dict) else value
        for number in positions
        for value in (tree[str(number)],)
    ]
