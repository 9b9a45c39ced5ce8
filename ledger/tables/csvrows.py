"""Rows of a CSV file (RFC 4180), bounded, with the place where each begins."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables.encodings import UTF8_AGAIN, decoded
from rootprint.ledger.tables.grid import trimmed
from rootprint.ledger.tables.otherfiles import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_LINE: Final = 64 * 1024
_END: Final = re.compile(r"\r\n?|\n")


class BrokenCsv(Exception):
    """A row that is no CSV: ``line`` is where it begins, ``why`` what the reader says."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


def csv_fields(text: str, separator: str, *, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where it begins, fields) for each row of a text, blanks around fields taken off.

    Raises TooLarge beyond a line of 65,536 characters, BrokenCsv for what is no CSV.
    """
    reader = csv.reader(_lines(text, where), delimiter=separator, strict=True)
    begin = 1
    try:
        for fields in reader:
            yield begin, [trimmed(field) for field in fields]
            begin = reader.line_num + 1
    except csv.Error as error:
        raise BrokenCsv(begin, str(error)) from error


def csv_rows(
    data: bytes, columns: Sequence[str], *, where: str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (row number from 1, the named columns) for each row below the header.

    Raises TooLarge beyond 32 MiB, 200,000 rows or a line of 65,536 characters; Refused for what is
    not CSV in an encoding that is known, or lacks a column. A row that is too short has empty
    cells. An encoding that is guessed is proved by the columns' names, where these are Chinese.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    other = named(data)
    if other is not None:
        message = f"{where} {other[0]}"
        raise Refused(message, remedy="give the table as CSV")
    found = decoded(data)
    if found.text is None:
        message = f"{where}, line {found.line}, is not UTF-8"
        raise Refused(message, remedy=UTF8_AGAIN)
    if found.guessed and all(map(str.isascii, columns)):
        message = f"{where} is not UTF-8, and may be {found.guessed}"
        raise Refused(message, remedy=UTF8_AGAIN)
    try:
        lines = csv_fields(found.text, ",", where=where)
        _, header = next(lines, (1, []))
        missing = [name for name in columns if name not in header]
        if missing:
            message = f"{where}, row 1: there is no column {missing[0]!r}"
            raise Refused(message, remedy=f"it must have {', '.join(columns)}")
        places = {name: header.index(name) for name in columns}
        for number, (_, row) in enumerate(lines, start=2):
            if number > MAX_ROWS:
                message = f"{where} has more than {MAX_ROWS} rows"
                raise TooLarge(message)
            if any(row):
                cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
                yield number, cells
    except BrokenCsv as error:
        message = f"{where}, line {error.line}, is not CSV: {error.why}"
        raise Refused(message, remedy="correct the quotes") from error


def _lines(text: str, where: str) -> Iterator[str]:
    """Yield the lines: a reader makes a field of every other character, and a text of each."""
    at, number = 0, 0
    while at < len(text):
        number += 1
        end = _line_end(text, at)
        if end - at > MAX_LINE:
            message = f"{where}, line {number} has more than {MAX_LINE} characters"
            raise TooLarge(message)
        yield text[at:end]
        at = end


def _line_end(text: str, at: int) -> int:
    """Return where the line that begins at ``at`` ends, its end of line with it.

    Of a line that is too long only so much is looked at as shows that.
    """
    most = at + MAX_LINE + 2
    found = _END.search(text, at, most)
    return min(most, len(text)) if found is None else found.end()
