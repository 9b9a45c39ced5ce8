"""XLSX inventories: the sheets ``head`` and ``inventory``, read with bounds and without formulas.

A number cell is a binary float to every spreadsheet; its value here is the shortest decimal that
is that float, which is what was typed as long as it has at most 15 digits. With more digits
not what was typed: it is refused, and a text cell says it exactly.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.intake.inventory.csvfile import MAX_COLUMNS, MAX_ROWS
from rootprint.ledger.intake.inventory.problems import Faults, Place
from rootprint.ledger.intake.inventory.table import HEAD, Cell, Row, read_table
from rootprint.ledger.tables import SAVE_AGAIN, WORKBOOK_DIGITS, WorkbookLimits, check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Document

SHEETS: Final = ("head", "inventory")
# The longest inventory, twelve columns with a text of its own in each cell, has some 800,000 tags.
LIMITS: Final = WorkbookLimits(unpacked=32 * 1024 * 1024, parts=256, tags=1_000_000)
MAGIC: Final = b"PK\x03\x04"


def read_xlsx_inventory(data: bytes, *, where: str) -> Document:
    """Return a workbook's members and what is wrong with them so far.

    Raises Refused, TooLarge beyond the bounds, after unpacking too; InventoryProblems for what is
    no such workbook at all.
    """
    faults = Faults(where)
    try:
        check_workbook(data, LIMITS, where=where)
        sheets = _sheets(data, faults)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its XML and ZIP readers do
        faults.add((), f"is not a workbook that can be read: {type(error).__name__}", SAVE_AGAIN)
        sheets = {}
    if "head" not in sheets:
        faults.add((), "has no sheet named head", "see docs/inventory.md for the template")
    faults.settle()
    head, activity = sheets["head"], sheets.get("inventory", [])
    if [cell.text for cell in head[0][:2]] != list(HEAD) if head else True:
        at = Place(1, 1, "head!A1")
        faults.add((), f"does not begin with {' and '.join(HEAD)}", "head the columns so", at=at)
        faults.settle()
    return read_table(head, activity, faults)


def _sheets(data: bytes, faults: Faults) -> dict[str, list[Row]]:
    import openpyxl  # noqa: PLC0415 - only who hands in a workbook waits for it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and print areas, which are not read here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            return {
                name: list(_rows(book[name], name, faults.where))
                for name in SHEETS
                if name in book.sheetnames
            }
        finally:
            book.close()


def _rows(sheet: Any, name: str, where: str) -> Iterator[Row]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            message = f"{where} sheet {name} is beyond {MAX_ROWS} rows"
            message += f" or {MAX_COLUMNS} columns"
            raise TooLarge(message, remedy="delete what is empty, or split it")
        row = [
            _cell(cell, Place(number, column, f"{name}!{_letters(column)}{number}"))
            for column, cell in enumerate(cells, 1)
        ]
        if any(cell.filled for cell in row) and not row[0].text.startswith("#"):
            yield row


def _cell(cell: Any, place: Place) -> Cell:
    value = cell.value
    if value is None:
        return Cell("", place)
    if cell.data_type == "f":
        return Cell("", place, ("is a formula", "paste its value"))
    if cell.data_type == "e":
        return Cell("", place, ("is an error value", "write the value that was meant"))
    if isinstance(value, bool):
        return Cell("true" if value else "false", place)
    if isinstance(value, (date, time, timedelta)):
        remedy = "format it as text: 2025-01-01T00:00:00Z"
        return Cell("", place, ("is a date cell", remedy))
    if isinstance(value, (int, float)):
        return _number(value, place)
    return Cell(str(value).strip(), place)


def _number(value: float, place: Place) -> Cell:
    exact = Decimal(repr(value))
    if not exact.is_finite() or len(exact.normalize().as_tuple().digits) > WORKBOOK_DIGITS:
        what = (
            f"is a number of more than {WORKBOOK_DIGITS} digits, which a spreadsheet does not keep"
        )
        return Cell("", place, (what, "format the cell as text and write the number"))
    text = format(exact, "f")
    return Cell(text.rstrip("0").rstrip(".") if "." in text else text, place)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
