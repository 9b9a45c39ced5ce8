"""Tables for others to open, as CSV or XLSX: nothing in them is computed, or steers a terminal.

Numbers are written as numbers, with all their digits. Everything else is text that somebody may
have written to do harm: characters that are not shown are written out, and a text that a
spreadsheet program would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import visible
from rootprint.ledger.core.errors import Refused, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value = str | int | Decimal | None
# OWASP, CSV injection; in their wide forms, which East Asian input methods give, too.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_MOST_ROWS: Final = 1_048_576  # of a worksheet (ECMA-376; Excel's specification)
_MOST_CHARACTERS: Final = 32_767  # of a cell there
_CUT: Final = "…"


def written(name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    r"""Return a table as the ending of a file's name asks: ``.csv`` or ``.xlsx``, in any case.

    Raises Refused for another ending, TooLarge for more rows than a worksheet holds.

    >>> written("lines.csv", ["what", "kg"], [["=1+1", Decimal("-0.50")]])
    b"\xef\xbb\xbfwhat,kg\r\n'=1+1,-0.50\r\n"
    """
    return WRITERS[ending_of(name)](columns, rows)


def ending_of(name: str) -> str:
    """Return the ending of a file's name that says how a table is written; else raise Refused."""
    ending = PurePath(name).suffix.lower()
    if ending not in WRITERS:
        message = f"{name} does not end in {' or '.join(WRITERS)}"
        raise Refused(message, remedy="name a file that says by its ending what it should be")
    return ending


def harmless(text: str) -> str:
    r"""Return a text that no spreadsheet program computes and no terminal obeys.

    >>> harmless("=HYPERLINK(1)"), harmless("\x1b[2J"), harmless("steel, 2 mm")
    ("'=HYPERLINK(1)", '\\u001b[2J', 'steel, 2 mm')
    """
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(harmless, columns))
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")  # so that a spreadsheet program opens it as UTF-8


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else format(value, "f" if isinstance(value, Decimal) else "d")


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - only who writes a workbook waits for it

    listed = list(rows)
    if len(listed) >= _MOST_ROWS:
        message = f"the table has more than the {_MOST_ROWS} rows of a worksheet"
        raise TooLarge(message, remedy="write it as .csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([harmless(column) for column in columns])
    for row in listed:
        sheet.append([_xlsx_cell(value) for value in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _xlsx_cell(value: Value) -> Any:
    if not isinstance(value, str):
        return value
    text = harmless(value)
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + _CUT


WRITERS: Final = {".csv": _csv, ".xlsx": _xlsx}
