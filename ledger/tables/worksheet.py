"""One sheet of a workbook: its filled cells as a person sees them (ECMA-376 part 1, 18.3.1).

What is hidden, struck out, merged or computed is said of each cell; who reads the sheet decides
what that means for it. Cells without content are left out, however many the sheet formats.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf, isinf
from typing import IO, TYPE_CHECKING, Final

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.tables.formats import DATE, GENERAL, ROUNDED, as_shown, plain
from rootprint.ledger.tables.grid import FORMULA, TOO_LONG, Cell, Row, Sheet
from rootprint.ledger.tables.strings import Text, TextReader, shared
from rootprint.ledger.tables.styles import PLAIN
from rootprint.ledger.tables.xmlparts import Attributes, Broken, count, read_part, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rootprint.ledger.tables.styles import Style

DIGITS: Final = 15  # what a spreadsheet shows of a number at most
MAX_MERGED: Final = 200_000
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_ERROR: Final = re.compile(r"#[A-Z0-9/!?_]{1,24}", re.ASCII)
_NUMBER: Final = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
CUT: Final = (
    f"holds more digits than a spreadsheet shows: {DIGITS} are read",
    "round the number itself",
)
LOST: Final = (
    f"is a number of more than {DIGITS} digits, which a spreadsheet does not keep",
    "format the cell as text and write the number",
)
NO_RESULT: Final = (
    "is a formula whose result the file does not keep",
    "open the file in a spreadsheet program and save it there, or paste the value",
)
_SPLIT: Final = "delete what does not belong to it, or split it"
STRUCK: Final = ("is struck out", "delete it, or take off the line through it")
COVERED: Final = ("is part of merged cells", "unmerge them, and write into each cell what it holds")


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """How many rows, columns and cells of a sheet may hold something."""

    rows: int
    columns: int
    cells: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to."""

    styles: Sequence[Style]
    strings: Sequence[Text]


class _Enough(Exception):
    """As many rows were read as were asked for."""


def read_sheet(
    part: IO[bytes], book: Book, limits: SheetLimits, *, first: int | None, where: str
) -> Sheet:
    """Return a sheet as a person sees it, or its first rows. Raises TooLarge, Broken.

    ``where`` names the sheet. Of the first rows alone nothing is known that a file says after them:
    what is merged.
    """
    reading = _Reading(book, limits, where, first)
    with suppress(_Enough):
        read_part(part, reading.start, reading.end, reading.text, where=where)
    rows = reading.rows
    if reading.merged:
        rows = _with_merged(rows, reading.merged, limits.columns, reading.where)
    filled = tuple(row for row in rows if row.cells)
    return Sheet(filled, frozenset(reading.hidden_columns))


def reference(text: str) -> tuple[int, int]:
    """Return row and column of a reference such as ``B12``. Raises Broken."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        message = "a cell has no address"
        raise Broken(message)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


@dataclass
class _Raw:
    """A cell while it is read."""

    column: int
    kind: str
    style: Style
    value: list[str] = field(default_factory=list)
    formula: bool = False


class _Reading:
    """Turns a sheet's elements into rows."""

    def __init__(self, book: Book, limits: SheetLimits, where: str, first: int | None) -> None:
        self.where, self._first = where, first
        self.rows: list[Row] = []
        self.merged: list[str] = []
        self.hidden_columns: set[int] = set()
        self._book, self._limits = book, limits
        self._number = self._column = self._held = 0
        self._hidden = False
        self._cells: list[Cell] = []
        self._cell: _Raw | None = None
        self._inline: TextReader | None = None
        self._in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._inline is not None:
            self._inline.start(name, attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._in_value = True
        elif name == "f" and self._cell is not None:
            self._cell.formula = True
        elif name == "is" and self._cell is not None:
            self._inline = TextReader()
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            self._column_of(attributes)
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def text(self, piece: str) -> None:
        if self._inline is not None:
            self._inline.add(piece)
        elif self._in_value and self._cell is not None:
            self._cell.value.append(piece)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "v":
            self._in_value = False
        elif name == "row":
            if len(self.rows) == self._first:
                raise _Enough
            if self._cells:
                self._held += len(self._cells)
                if self._held > self._limits.cells:
                    message = f"{self.where} has more than {self._limits.cells} cells"
                    raise TooLarge(message, remedy=_SPLIT)
                self.rows.append(Row(self._number, tuple(self._cells), self._hidden))
        elif self._inline is not None and name != "is":
            self._inline.end(name)

    def _begin_row(self, attributes: Attributes) -> None:
        number = count(attributes.get("r")) or self._number + 1
        if number <= self._number:
            message = "its rows are not in order"
            raise Broken(message)
        self._number, self._column, self._cells = number, 0, []
        flat = attributes.get("ht") in {"0", "0.0"} and truth(attributes.get("customHeight"))
        self._hidden = truth(attributes.get("hidden")) or flat

    def _column_of(self, attributes: Attributes) -> None:
        first, last = (count(attributes.get(name)) or 0 for name in ("min", "max"))
        if truth(attributes.get("hidden")) or attributes.get("width") in {"0", "0.0"}:
            self.hidden_columns.update(range(first, min(last, self._limits.columns) + 1))

    def _begin_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            row, column = reference(attributes["r"])
            if row != self._number or column <= self._column:
                message = "its cells are not in order"
                raise Broken(message)
        else:
            column = self._column + 1
        self._column = column
        style = count(attributes.get("s")) or 0
        known = self._book.styles[style] if style < len(self._book.styles) else PLAIN
        self._cell = _Raw(column, attributes.get("t", "n"), known)

    def _end_cell(self) -> None:
        raw, inline = self._cell, self._inline
        self._cell, self._inline = None, None
        if raw is None:
            return
        text = "".join(raw.value)
        if inline is not None:
            cell = self._of_text(raw, inline.taken())
        elif not text.strip():
            # A formula that gives an empty text shows nothing; what one without a result shows is
            # not known.
            unknown = raw.formula and raw.kind != "str"
            cell = self._made(raw, "", NO_RESULT) if unknown else None
        else:
            cell = self._of_value(raw, text)
        if cell is None:
            return
        if raw.column > self._limits.columns or self._number > self._limits.rows:
            raise self._beyond()
        self._cells.append(cell)

    def _of_value(self, raw: _Raw, text: str) -> Cell | None:
        if raw.kind == "s":
            index = count(text.strip())
            if index is None or index >= len(self._book.strings):
                message = "a cell names a text that is not there"
                raise Broken(message)
            return self._of_text(raw, self._book.strings[index])
        if raw.kind == "str":
            return self._of_text(raw, shared(text))
        if raw.kind == "b":
            return self._made(raw, "true" if text.strip() == "1" else "false")
        if raw.kind == "e":
            named = text.strip() if _ERROR.fullmatch(text.strip()) else ""
            wrong = (f"is the error value {named}".rstrip(), "write the value that was meant")
            return self._made(raw, "", wrong)
        if raw.kind == "d":
            return self._made(raw, "", DATE)
        return self._of_number(raw, text.strip())

    def _of_text(self, raw: _Raw, found: Text) -> Cell | None:
        if found.long:
            return self._made(raw, "", TOO_LONG)
        if not found.text:
            return None
        return self._made(raw, found.text, STRUCK if found.struck else None)

    def _of_number(self, raw: _Raw, text: str) -> Cell:
        stored = float(text) if _NUMBER.fullmatch(text) else inf
        if isinf(stored):
            message = "a cell's number is none"
            raise Broken(message)
        value = Decimal(repr(stored))
        notes: tuple[tuple[str, str], ...] = ()
        if len(value.normalize().as_tuple().digits) > DIGITS:
            value = Decimal(format(stored, f".{DIGITS}g"))
            if value == value.to_integral_value():
                return self._made(raw, "", LOST)
            notes = () if raw.formula else (CUT,)
        if raw.style.format == GENERAL:
            return self._made(raw, plain(value), notes=notes)
        shown = as_shown(raw.style.format, value)
        if shown.rounded:
            notes = (ROUNDED,)
        return self._made(raw, shown.text, shown.wrong, notes=notes)

    def _made(
        self,
        raw: _Raw,
        text: str,
        wrong: tuple[str, str] | None = None,
        *,
        notes: tuple[tuple[str, str], ...] = (),
    ) -> Cell:
        if raw.style.struck:
            wrong = STRUCK
        if raw.formula:
            notes = (*notes, FORMULA)
        return Cell(text, self._number, raw.column, wrong, notes)

    def _beyond(self) -> TooLarge:
        message = f"{self.where} is beyond {self._limits.rows} rows"
        message += f" or {self._limits.columns} columns"
        return TooLarge(message, remedy=_SPLIT)


def _with_merged(rows: list[Row], merged: Sequence[str], columns: int, where: str) -> list[Row]:
    """Return the rows with the cells that another is merged over marked so.

    A person sees the first cell of merged ones alone. Where something stands in it all others are
    marked, else those that hold something, which is not seen.
    """
    numbers = [row.number for row in rows]
    filled = {(row.number, cell.column) for row in rows for cell in row.cells}
    covered: dict[int, dict[int, None]] = {}
    cells = len(merged)
    for text in merged:
        (top, left), (bottom, right) = _area(text)
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        across = range(left, min(right, columns) + 1)
        cells += (len(across) + 1) * (last - first)
        if cells > MAX_MERGED:
            message = f"{where} merges more than {MAX_MERGED} cells"
            raise TooLarge(message, remedy="unmerge them")
        shown = (top, left) in filled
        for number in numbers[first:last]:
            marked = (
                column
                for column in across
                if (number, column) != (top, left) and (shown or (number, column) in filled)
            )
            covered.setdefault(number, {}).update(dict.fromkeys(marked))
    return [_row_with(row, covered.get(row.number, {})) for row in rows]


def _area(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and the last row and column of merged cells. Raises Broken."""
    one, _, other = text.partition(":")
    ends = reference(one), reference(other or one)
    (top, bottom), (left, right) = (sorted(both) for both in zip(*ends, strict=True))
    return (top, left), (bottom, right)


def _row_with(row: Row, columns: Iterable[int]) -> Row:
    held = {cell.column: cell for cell in row.cells}
    for column in columns:
        held[column] = Cell("", row.number, column, COVERED, merged=True)
    return Row(row.number, tuple(held[column] for column in sorted(held)), row.hidden)
