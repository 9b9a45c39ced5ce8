"""Tables (CSV, XLSX) as the same members that YAML has: dotted names, list positions from 1.

``head`` rows say ``member, value``, and may have a ``note``; the activity table has a member of a
line over each column, by its dotted name or by a Chinese or English one of the vocabulary. So have
the tables of a process's outputs and of what is cited. Every cell is text; which members are truth
values or integers is known, so the three formats give one draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import MAX_DEPTH
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake.inventory.headings import (
    HEADINGS,
    INPUTS,
    LINES,
    OUTPUTS,
    headed,
    is_note,
    member_named,
)
from rootprint.ledger.intake.inventory.problems import Document, Faults, Place
from rootprint.ledger.intake.inventory.writing import PERCENTS, SHARES
from rootprint.ledger.intake.inventory.yamlfile import MAX_NODES
from rootprint.ledger.intake.vocabulary import is_example
from rootprint.ledger.tables import letters, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.intake.inventory.headings import Kind
    from rootprint.ledger.intake.inventory.problems import Path

NOTE: Final = "note"
HEAD: Final = ("member", "value")
_FEWER: Final = "split it: cite intermediate products as inputs; leave out columns that are empty"
_POSITION: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_BOOLEANS: Final = {
    "primary",
    "includesTransmission",
    "packagingEmissionsIncluded",
    "ccsTechnologicalCO2CaptureIncluded",
}
_INTEGERS: Final = {"lineDigits", "digits", "years"}
# As a person writes 3 %.
_PERCENTAGE: Final = re.compile(
    r"((?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,30})?)[ \u00a0\u202f]?[%\uff05]", re.ASCII
)
_SCORES: Final = ["pedigree", "scores"]  # whole numbers, whatever the indicator is called


@dataclass(frozen=True)
class Cell:
    """A cell's text, stripped, and where it stands.

    ``wrong`` says what is wrong with it, and what to do, where its text can't be known; ``notes``
    what should be known of it. Another cell is merged over it if it is ``merged``.
    """

    text: str
    place: Place
    wrong: tuple[str, str] | None = None
    notes: tuple[tuple[str, str], ...] = ()
    merged: bool = False

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.text) or self.wrong is not None


Row = list[Cell]


def check_cells(held: int, where: str) -> None:
    """Raise TooLarge if a table's rows have so many cells, empty ones before filled ones with them.

    Each of them has its place, so that what is missing can be named.
    """
    if held > MAX_NODES:
        message = (
            f"{where} has more than {MAX_NODES} cells, empty ones before filled ones with them"
        )
        raise TooLarge(message, remedy=_FEWER)


def read_table(
    head: Sequence[Row],
    activity: Sequence[Row],
    faults: Faults,
    further: Mapping[str, Sequence[Row]] | None = None,
) -> Document:
    """Return the members that the head and the activity table say, each with its first row.

    ``further`` are tables of a process's ``outputs`` and of the ``inputs`` that lines cite.
    """
    tree: dict[str, Any] = {}
    notes = _notes(head[0], faults)
    for row in head[1:]:
        _head_row(row, notes, tree, faults)
    members = _plain(tree, (), faults)
    if activity:
        if "inventory" in members:
            faults.add(("inventory",), "stands in the head", "put lines into the activity table")
        if lines := members_of(activity, LINES, faults):
            members["inventory"] = lines
        faults.places.setdefault(("inventory",), activity[0][0].place)
    for kind in (OUTPUTS, INPUTS):
        given = (further or {}).get(kind.name) or []
        rows = members_of(given, kind, faults) if given else []
        if rows:
            _add(members, kind, rows, faults)
        elif given:
            faults.places.setdefault(kind.path, _below(given))
    return Document(members, faults)


def _add(members: dict[str, Any], kind: Kind, rows: list[Any], faults: Faults) -> None:
    """Put the rows of a table where its kind stands among the members."""
    *around, last = kind.path
    inside = members
    for step in around:
        inside = inside.setdefault(step, {})
    if last in inside:
        faults.add(kind.path, "stands in the head, and has a table too", "keep one of the two")
    elif kind is INPUTS:
        inside[last] = _by_name(rows, kind, faults)
    else:
        inside[last] = rows


def _below(rows: Sequence[Row]) -> Place:
    """Return where the next row of a table would begin."""
    line = rows[-1][0].place.line + 1
    sheet, mark, _ = rows[0][0].place.cell.rpartition("!")
    return Place(line, 1, f"{sheet}!A{line}" if mark else "")


def _by_name(rows: list[Any], kind: Kind, faults: Faults) -> dict[str, Any]:
    """Return the statement behind each name."""
    found: dict[str, Any] = {}
    for number, row in enumerate(rows):
        path: Path = (*kind.path, number)
        for name in ("name", "statement"):
            if name not in row:
                faults.add((*path, name), "is missing", "add it, or empty the row")
        if faults.within(path):
            continue
        if row["name"] in found:
            faults.add((*path, "name"), "stands twice", "keep one")
        found[row["name"]] = row["statement"]
        faults.places[*kind.path, row["name"]] = faults.place((*path, "statement"))
    return found


def _notes(header: Row, faults: Faults) -> set[int]:
    """Return the head's columns that are for people; it has no others beyond the first two."""
    for cell in header[len(HEAD) :]:
        if cell.wrong:
            faults.add((f"column {cell.place.column}",), *cell.wrong, at=cell.place)
        elif cell.filled and not is_note(cell.text):
            what = "is beyond the head's columns"
            remedy = f"head it {NOTE}, or leave it out"
            faults.add((f"column {cell.place.column}",), what, remedy, at=cell.place)
    return {number for number, cell in enumerate(header) if cell.filled and number >= len(HEAD)}


def _head_row(row: Row, notes: set[int], tree: dict[str, Any], faults: Faults) -> None:
    member = row[0]
    name = member_named(member.text)
    value = row[1] if len(row) > 1 else Cell("", right_of(member.place, 1))
    unnamed: Path = (f"row {member.place.line}",)
    if member.wrong:
        faults.add(unnamed, *member.wrong, at=member.place)
    elif not name and value.filled:
        faults.add(unnamed, "stands without its member", "name it", at=value.place)
    elif name and not value.filled:
        # An absent member; where it has to be given, this is the cell to fill.
        path = _path(name)
        faults.places.setdefault(path, value.place)
        if isinstance(path[-1], int):
            faults.places.setdefault(path[:-1], value.place)
    elif name:
        _put(tree, (), name, value, faults)
    for number, cell in enumerate(row[len(HEAD) :], len(HEAD)):
        if cell.filled and number not in notes and not cell.merged:
            # What is before it may be half of a number: it is not judged as if it were whole.
            path = _path(name) if name else unnamed
            faults.add(path, "has a cell that stands under no column", _apart(cell), at=cell.place)


def _apart(cell: Cell) -> str:
    """Return how a value stays in one cell, or is kept apart from the others."""
    quote = "" if cell.place.cell else ", quote text that holds the separator"
    return f"write decimals with a point{quote}, or put it under a column {NOTE}"


def members_of(rows: Sequence[Row], kind: Kind, faults: Faults) -> list[Any]:
    """Return the members that each row of a table says; its first row names the columns."""
    columns, notes = headed(rows[0], kind, faults)
    known = {number for number, cell in enumerate(rows[0]) if cell.filled}
    if faults.within((HEADINGS, kind.name)):
        # Each line would lack what stands under a heading that is not known: that is the fault.
        faults.take_over((), [kind.path])
    given = [
        row
        for row in rows[1:]
        if any(cell.filled and number not in notes for number, cell in enumerate(row))
        and not _left_in(row, columns, notes, kind, faults)
    ]
    return [
        _line(row, (*kind.path, number), columns, known, faults) for number, row in enumerate(given)
    ]


def _left_in(
    row: Row, columns: dict[int, str], notes: set[int], kind: Kind, faults: Faults
) -> bool:
    """Tell whether a row is one of the template's examples; one that was changed is a fault."""
    marks = [row[number] for number in notes if number < len(row)]
    mark = next((cell for cell in marks if is_example(cell.text)), None)
    if mark is None:
        return False
    said = {name: row[number].text for number, name in columns.items()
            if number < len(row) and row[number].filled}  # fmt: skip
    if not is_example(mark.text, kind.name, said, columns.values()):
        remedy = "clear that mark if the row is yours, or delete the row"
        what = "is marked as an example, and was changed"
        faults.add((f"{kind.name} row {mark.place.line}",), what, remedy, at=mark.place)
    return True


def _line(row: Row, path: Path, columns: dict[int, str], known: set[int], faults: Faults) -> Any:
    faults.places[path] = row[0].place
    tree: dict[str, Any] = {}
    for index, name in columns.items():
        # Where a member stands that the row leaves empty; a short row ends before it.
        beside = row[0].place
        place = row[index].place if index < len(row) else right_of(beside, index)
        faults.places[*path, *_path(name)] = place
    for index, cell in enumerate(row):
        if cell.filled and index in columns:
            _put(tree, path, columns[index], cell, faults)
        elif cell.filled and index not in known and not cell.merged:
            what = "has a cell that stands under no column"
            faults.add((*path, f"column {index + 1}"), what, _apart(cell), at=cell.place)
    for name in columns.values():
        steps = _path(name)
        for depth in range(1, len(steps)):
            faults.places.setdefault((*path, *steps[:depth]), faults.places[*path, *steps])
    return _plain(tree, path, faults)


def right_of(place: Place, steps: int) -> Place:
    """Return the place so many columns to the right."""
    column = place.column + steps
    sheet, mark, _ = place.cell.rpartition("!")
    cell = f"{sheet}!{letters(column)}{place.line}" if mark else ""
    return Place(place.line, column, cell)


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
    for what, remedy in cell.notes:
        faults.find_alike(path, what, remedy)
    if cell.wrong:
        faults.add(path, *cell.wrong)
    for depth in range(len(base) + 1, len(path)):
        faults.places.setdefault(path[:depth], cell.place)


def _typed(steps: list[str], text: str) -> Any:
    """Return a truth value or an integer where the member is one and the text says one."""
    name = steps[-1]
    if name in _BOOLEANS and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    percentage = _PERCENTAGE.fullmatch(text)
    if percentage and name in PERCENTS:
        return percentage[1]
    if percentage and name in SHARES:
        return plain(Decimal(percentage[1]).scaleb(-2))
    if (name in _INTEGERS or steps[:-1] == _SCORES) and _POSITION.fullmatch(text):
        return int(text)
    return text


@lru_cache(maxsize=1024)
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
