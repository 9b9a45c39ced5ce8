"""CSV inventories: two tables in one file, ``member,value`` and, after an empty row, activities."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.problems import Faults, Place
from rootprint.ledger.intake.inventory.table import HEAD, Cell, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Document

MAX_ROWS: Final = 16_384
MAX_COLUMNS: Final = 128
_FIRST: Final = re.compile(r'\A\ufeff?"?member"?([,;\t])')
_HEADED: Final = re.compile(r' *"?value"? *(?:[,;\t\r\n]|\Z)')


def looks_like_csv(data: bytes) -> bool:
    """Tell whether a file begins as the template does."""
    return _FIRST.match(data[:32].decode("utf-8", errors="replace")) is not None


def read_csv_inventory(data: bytes, *, where: str) -> Document:
    """Return a CSV file's members and what is wrong with them so far.

    Comma, semicolon or tab, as its first row has it; UTF-8 with or without a mark; rows that
    begin with ``#`` are for people. Raises InventoryProblems for what is no such table at all.
    """
    faults = Faults(where)
    rows = list(_rows(data, faults))
    faults.settle()
    blank = next((n for n, row in enumerate(rows) if not _filled(row)), len(rows))
    head, activity = rows[:blank], [row for row in rows[blank:] if _filled(row)]
    return read_table(_people_apart(head), _people_apart(activity), faults)


def _rows(data: bytes, faults: Faults) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add((), "is not UTF-8", "save it as CSV UTF-8", at=Place(line, 1))
        return
    first = _FIRST.match(text)
    if first is None or not _HEADED.match(text, first.end()):
        faults.add((), f"does not begin with {','.join(HEAD)}", _TEMPLATE, at=Place(1, 1))
        return
    reader, begin = csv.reader(io.StringIO(text, newline=""), delimiter=first[1], strict=True), 1
    try:
        for number, fields in enumerate(reader):
            if number >= MAX_ROWS or len(fields) > MAX_COLUMNS:
                what = f"is beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns"
                faults.add((), what, "split it", at=Place(begin, 1))
                return
            yield [
                Cell(field.strip(), Place(begin, column)) for column, field in enumerate(fields, 1)
            ]
            begin = reader.line_num + 1
    except csv.Error as error:
        faults.add((), f"is not CSV here: {error}", "correct the quotes", at=Place(begin, 1))


_TEMPLATE: Final = "see docs/inventory.md for the template"


def _filled(row: Row) -> bool:
    return any(cell.filled for cell in row)


def _people_apart(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row[0].text.startswith("#")]
