"""Rows of a CSV file (RFC 4180), bounded and with their numbers."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_LINE: Final = 64 * 1024


def csv_rows(
    data: bytes, columns: Sequence[str], *, where: str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (row number from 1, the named columns) for each row below the header.

    Raises TooLarge beyond 32 MiB, 200,000 rows or a line of 65,536 characters; Refused for what is
    not UTF-8 or CSV, or lacks a column. A row that is too short has empty cells.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    lines = csv.reader(_lines(data, where))
    try:
        header = next(lines, [])
        missing = [name for name in columns if name not in header]
        if missing:
            message = f"{where}, row 1: there is no column {missing[0]!r}"
            raise Refused(message, remedy=f"it must have {', '.join(columns)}")
        places = {name: header.index(name) for name in columns}
        for number, row in enumerate(lines, start=2):
            if number > MAX_ROWS:
                message = f"{where} has more than {MAX_ROWS} rows"
                raise TooLarge(message)
            if any(row):
                cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
                yield number, cells
    except (csv.Error, UnicodeDecodeError) as error:
        message = f"{where} is not CSV in UTF-8: {error}"
        raise Refused(message) from error


def _lines(data: bytes, where: str) -> Iterator[str]:
    """Yield the lines: a reader makes a field of every other character, and a text of each."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    for number, line in enumerate(text, start=1):
        if len(line) > MAX_LINE:
            message = f"{where}, line {number} has more than {MAX_LINE} characters"
            raise TooLarge(message)
        yield line
