"""Rows of an XLSX workbook, read row by row and bounded before anything is unpacked.

A workbook is a ZIP of XML. The sizes that its directory states bound what Python's zipfile
unpacks of each member, so a small file that would grow without end is refused by its directory.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl

from ledger.core.errors import Refused, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_UNPACKED: Final = 128 * 1024 * 1024
MAX_MEMBERS: Final = 512
MAX_ROWS: Final = 200_000
_HEAD: Final = 4096
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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                message = f"{where} has more than {MAX_MEMBERS} parts"
                raise TooLarge(message)
            unpacked = sum(member.file_size for member in members)
            if unpacked > MAX_UNPACKED:
                message = f"{where} would unpack to {unpacked} bytes, more than {MAX_UNPACKED}"
                raise TooLarge(message, remedy="a table of factors is smaller: is it the file?")
            for member in members:
                _check_head(archive, member, where)
    except _BROKEN as error:
        message = f"{where} is not an XLSX workbook: {type(error).__name__}: {error}"
        raise Refused(message) from error


def _check_head(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> None:
    """Refuse document types: no workbook needs one, and entities grow from nothing."""
    if member.filename.endswith((".xml", ".rels")):
        with archive.open(member) as part:
            if b"<!DOCTYPE" in part.read(_HEAD):
                message = f"{where}, part {member.filename[:64]}, declares a document type"
                raise Refused(message)
