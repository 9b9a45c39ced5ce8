"""What an XLSX workbook may be before anybody reads it: a ZIP of XML whose size is known.

A few bytes of ZIP can stand for gigabytes of XML, and a few bytes of XML for many objects of who
reads it. So parts are unpacked here first, a piece at a time, and what is in them is counted.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from rootprint.ledger.core.errors import Refused, TooLarge

_PIECE: Final = 1 << 20
_DOCTYPE: Final = b"<!DOCTYPE"
SAVE_AGAIN: Final = "save it as .xlsx without a password"


@dataclass(frozen=True)
class WorkbookLimits:
    """How many bytes unpacked, how many parts, how many tags (``<``) in all of them."""

    unpacked: int
    parts: int
    tags: int


def check_workbook(data: bytes, limits: WorkbookLimits, *, where: str) -> None:
    """Return if the workbook is within its limits; raise Refused or TooLarge if not.

    What is no ZIP raises an error of ``zipfile``, which the caller turns into a refusal. A ZIP's
    reader stops at the size that its directory declares, so a directory that lies ends in a wrong
    checksum.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > limits.parts:
            raise TooLarge(f"{where} has more than {limits.parts} parts")
        if sum(part.file_size for part in parts) > limits.unpacked:
            message = f"{where} unpacks to more than {limits.unpacked} bytes"
            raise TooLarge(message, remedy="keep only the sheets that are read")
        if any(part.compress_type not in _METHODS for part in parts):
            # LZMA takes a dictionary of the size that the file says, gigabytes if it says so.
            message = f"{where} is packed in a way that no spreadsheet program uses"
            raise Refused(message, remedy=SAVE_AGAIN)
        tags = sum(_tags(archive, part, where) for part in parts)
    if tags > limits.tags:
        message = f"{where} holds more than {limits.tags} cells, formats and other elements"
        raise TooLarge(message, remedy="keep only the sheets that are read, without formats")


_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> int:
    """Count the tags of a part; refuse a document type, whose entities could grow once more."""
    count, tail = 0, b""
    with archive.open(part) as content:
        while piece := content.read(_PIECE):
            count += piece.count(b"<")
            # UTF-16 has zero bytes between.
            piece = tail + piece.replace(b"\0", b"")
            if _DOCTYPE in piece:
                message = f"{where}, part {part.filename[:64]}, declares a document type"
                raise TooLarge(f"{message}, which no spreadsheet program writes", remedy=SAVE_AGAIN)
            tail = piece[1 - len(_DOCTYPE) :]
    return count
