"""The rows of somebody's own sheet: a workbook's, or those of a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake.inventory.csvfile import rows_of, text_of
from rootprint.ledger.intake.inventory.parse import MAX_BYTES
from rootprint.ledger.intake.inventory.xlsxfile import MAGIC, opened, shown_rows
from rootprint.ledger.intake.vocabulary import most_like
from rootprint.ledger.tables import named, unusable

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults
    from rootprint.ledger.intake.inventory.table import Row

_SEPARATORS: Final = ",;\t"
_PEEKED: Final = 20  # lines, in which the separator is the mark that stands most often


def sheet_rows(data: bytes, sheet: str | None, faults: Faults) -> tuple[str | None, list[Row]]:
    """Return the name of the sheet that is read, and its rows that hold something.

    ``sheet`` may be None where the workbook has one sheet; a CSV file's has no name. A sheet that
    is hidden, and what is hidden or struck out in it, is noted as for an inventory. Raises
    InventoryProblems, TooLarge.
    """
    if len(data) > MAX_BYTES:
        message = f"{faults.where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message, remedy="keep only the sheet that is read")
    wrong = unusable(data, faults.where)
    if wrong is not None:
        faults.add((), *wrong)
        faults.settle()
    if not data.startswith(MAGIC):
        other = named(data)
        if other is not None:
            faults.add((), *other)
            faults.settle()
        return None, [row for row in _csv_rows(data, faults) if any(cell.filled for cell in row)]
    book = opened(data, faults)
    name = _chosen(book.names, sheet, faults)
    rows = shown_rows(book, name, faults, for_people=False)
    return name, [row for row in rows if any(cell.filled for cell in row)]


def _chosen(names: tuple[str, ...], sheet: str | None, faults: Faults) -> str:
    if sheet in names:
        return str(sheet)
    held = ", ".join(f"'{name}'" for name in names)[:400]
    if sheet is None and len(names) == 1:
        return names[0]
    if sheet is None:
        faults.add((), f"has several sheets: {held}", "say which one is read: --sheet, or sheet:")
    else:
        near = most_like(sheet, names)
        remedy = f"did you mean '{near}'?" if near else f"its sheets are {held}"
        faults.add((), "has no sheet of the name that is asked for", remedy)
    faults.settle()
    return ""


def _csv_rows(data: bytes, faults: Faults) -> list[Row]:
    text = text_of(data, faults)
    faults.settle()
    if text is None:
        return []
    first = "\n".join(text.splitlines()[:_PEEKED])
    rows = list(rows_of(text, max(_SEPARATORS, key=first.count), faults))
    faults.settle()
    return rows
