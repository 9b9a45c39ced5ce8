"""Rows of a published table in an XLSX workbook, as a person sees them.

A publisher's table is read whole or not at all: a cell among the columns that are read which is
hidden, struck out or not what it shows is refused with its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables.grid import address
from rootprint.ledger.tables.package import open_workbook
from rootprint.ledger.tables.workbook import WorkbookLimits
from rootprint.ledger.tables.worksheet import SheetLimits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.tables.grid import Cell, Sheet

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_UNPACKED: Final = 128 * 1024 * 1024
MAX_MEMBERS: Final = 512
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 256
# A published table has some 400,000; a reader takes some 5 µs for each.
MAX_TAGS: Final = 1_000_000
_SHOWN: Final = 20
_HIDDEN: Final = ("is hidden, by hand or by a filter", "show it, or give the table as published")


def xlsx_rows(
    data: bytes, sheet: str, *, columns: int, where: str
) -> Iterator[tuple[int, tuple[Cell | None, ...]]]:
    """Yield (row number from 1, the first ``columns`` cells) for each filled row of the sheet.

    A cell is None where nothing is seen in it; what its ``notes`` say is for the caller to report.
    Raises TooLarge for what is beyond a limit, Refused for what is no workbook, lacks the sheet,
    hides it, or has cells that can't be read as they are seen.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    limits = WorkbookLimits(MAX_UNPACKED, MAX_MEMBERS, MAX_TAGS)
    book = open_workbook(data, limits, SheetLimits(MAX_ROWS, MAX_COLUMNS, MAX_TAGS), where=where)
    if sheet not in book.names:
        message = f"{where} has no sheet {sheet!r}"
        raise Refused(message, remedy=f"its sheets are {', '.join(book.names)[:400]}")
    if sheet in book.hidden:
        message = f"{where}: sheet {sheet!r} is hidden"
        raise Refused(message, remedy=_HIDDEN[1])
    found = book.sheet(sheet)
    _require_readable(found, sheet, columns, where)
    for row in found.rows:
        held = {cell.column: cell for cell in row.cells if cell.text}
        yield row.number, tuple(held.get(column) for column in range(1, columns + 1))


def _require_readable(sheet: Sheet, name: str, columns: int, where: str) -> None:
    wrong = [
        (cell, *why)
        for row in sheet.rows
        for cell in row.cells
        if cell.column <= columns and not cell.merged
        for why in (_wrong(cell, hidden=row.hidden or cell.column in sheet.hidden_columns),)
        if why is not None
    ]
    if wrong:
        places = [f"{address(name, cell.row, cell.column)} {what}" for cell, what, _ in wrong]
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        message = f"{where}: {'; '.join(places[:_SHOWN])}{more}"
        raise Refused(message, remedy=wrong[0][2])


def _wrong(cell: Cell, *, hidden: bool) -> tuple[str, str] | None:
    return _HIDDEN if hidden else cell.wrong
