"""Files that are no table read here, known by their first bytes, and what to do with each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.filekinds import FIRST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

_AS_XLSX: Final = "open it in a spreadsheet program and save it as .xlsx"
_BY_HAND: Final = "write its figures into an inventory: docs/inventory.md has the form"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Of BIFF 2 to 5 without an OLE container: a BOF record of 4 to 16 bytes.
_BIFF: Final = re.compile(rb"\A\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_END: Final = b"PK\x05\x06"  # the end of a ZIP's directory, and what may follow it
_LAST: Final = 66_000
_HTML: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|meta|head)\b", re.IGNORECASE
)
_SPREADSHEET_2003: Final = b"urn:schemas-microsoft-com:office:spreadsheet"

_UNPACK: Final = "unpack it, and give the file inside"
# What to do with each kind that ``FIRST_BYTES`` knows; those left out are looked into further.
_REMEDIES: Final = {
    "is a PDF": _BY_HAND,
    "is a picture": _BY_HAND,
    "is a RAR archive": _UNPACK,
    "is a 7z archive": _UNPACK,
    "is packed by gzip": _UNPACK,
    "is a text document (RTF)": _BY_HAND,
}
_SYLK: Final = b"ID;P"
# Parts that only one kind of ZIP has, the more particular first.
_IN_ZIP: Final = (
    ("xl/workbook.bin", "is a binary workbook (.xlsb)", _AS_XLSX),
    ("content.xml", "is an OpenDocument file (.ods)", _AS_XLSX),
    ("word/document.xml", "is a text document (.docx)", _BY_HAND),
    ("ppt/presentation.xml", "is a presentation (.pptx)", _BY_HAND),
    ("Index/Document.iwa", "is a file of Apple's programs", "export it as Excel (.xlsx)"),
)


def unusable(data: bytes, name: str) -> tuple[str, str] | None:
    """Return why a file holds no table at all, and what to do; None for any other.

    >>> unusable(b"", "a.xlsx")[0]
    'is empty: it has 0 bytes'
    """
    if re.split(r"[/\\\\]", name)[-1].startswith("~$"):
        what = "is the lock file that a spreadsheet program keeps beside an open workbook"
        return what, "close the workbook there, and give the file without ~$ in its name"
    if not data and name.lower().endswith((".xlsx", ".xlsm", ".csv", ".tsv")):
        return "is empty: it has 0 bytes", "save, copy or download it again"
    if data.startswith(b"PK\x03\x04") and _END not in data[-_LAST:]:
        return "is cut short: the end of the workbook is not there", "copy or download it again"
    return None


def named(data: bytes) -> tuple[str, str] | None:
    """Return what a file is that is neither a text nor a ZIP, and what to do; None if it may be.

    >>> named(b"%PDF-1.7")[0]
    'is a PDF'
    """
    if data.startswith(_OLE[:4]):
        return _of_ole(data)
    for first, what in FIRST_BYTES:
        if data.startswith(first) and what in _REMEDIES:
            return what, _REMEDIES[what]
    if data.startswith(_SYLK):
        return "is a workbook in SYLK", _AS_XLSX
    if _BIFF.match(data):
        return "is a workbook of the old kind (.xls)", _AS_XLSX
    if _HTML.match(data[:256]):
        return "is a web page, whatever its name ends in", _AS_XLSX
    if data[:256].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if _SPREADSHEET_2003 in data[:4096]:
            return "is a workbook in XML of 2003", _AS_XLSX
        return "is XML", _BY_HAND
    return None


def _of_ole(data: bytes) -> tuple[str, str]:
    """Tell OLE files apart by the names in their directory, which are UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "is a workbook with a password", "save it as .xlsx without a password"
    if holds("WordDocument"):
        return "is a text document (.doc)", _BY_HAND
    if holds("Workbook") or holds("Book"):
        return "is a workbook of the old kind (.xls)", _AS_XLSX
    return "is a file of an old Office program", "save it as .xlsx without a password"


def zip_named(names: Sequence[str]) -> tuple[str, str] | None:
    """Return what a ZIP is that is no XLSX workbook, and what to do; None if it may be one."""
    held = set(names)
    for part, what, remedy in _IN_ZIP:
        if part in held:
            return what, remedy
    if not held & {"[Content_Types].xml", "xl/workbook.xml"}:
        return "is a ZIP archive and no workbook", "unpack it, and give the file inside"
    return None
