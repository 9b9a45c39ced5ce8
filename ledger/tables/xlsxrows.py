"""Rows of an XLSX workbook, read row by row and bounded before anything is unpacked.

What bounds it is ``workbook.check_workbook``: a small file that would grow without end is refused
by its directory, one that would make millions of cells or formats by their number.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables.workbook import WorkbookLimits, check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_UNPACKED: Final = 128 * 1024 * 1024
MAX_MEMBERS: Final = 512
MAX_ROWS: Final = 200_000
# A published table has some 400,000; a reader takes up to 0.7 KB and 15 µs for each.
MAX_TAGS: Final = 1_000_000
# What zipfile, the XML parser and openpyxl raise for files that are not what they say.
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)


def xlsx_rows(
    data: bytes, sheet: str, *, columns: int, where: str
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield (row number from 1, the first ``columns`` cells) for each row of the named sheet.

    Raises TooLarge for what is beyond a limit, Refused for what is no workbook or lacks the sheet.
    """
    import openpyxl  # noqa: PLC0415 - only who hands in a workbook waits for it

    _check_size(data, where)
    try:
        with warnings.catch_warnings():
            # Of what it can't draw (shapes, styles) openpyxl warns; only cells are read here.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if sheet not in book.sheetnames:
            message = f"{where} has no sheet {sheet!r}"
            raise Refused(message, remedy=f"its sheets are {', '.join(book.sheetnames)[:400]}")
        rows = book[sheet].iter_rows(max_col=columns, values_only=True)
        for number, row in enumerate(rows, start=1):
            if number > MAX_ROWS:
                message = f"{where}, sheet {sheet!r}, has more than {MAX_ROWS} rows"
                raise TooLarge(message)
            yield number, row
    except _BROKEN as error:
        message = f"{where} is not a readable XLSX workbook: {type(error).__name__}: {error}"
        raise Refused(message, remedy="open it and save it again as .xlsx") from error


def _check_size(data: bytes, where: str) -> None:
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    try:
        check_workbook(data, WorkbookLimits(MAX_UNPACKED, MAX_MEMBERS, MAX_TAGS), where=where)
    except _BROKEN as error:
        message = f"{where} is not an XLSX workbook: {type(error).__name__}: {error}"
        raise Refused(message) from error
