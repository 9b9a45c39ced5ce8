"""Files of other kinds are named, each with what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import read_epa, read_uk
from rootprint.ledger.tables import named

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    """Return the begin of an OLE file with a stream of this name in its directory."""
    return OLE + stream.encode("utf-16-le") + bytes(64)


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (ole("Workbook"), "of the old kind (.xls)", "save it as .xlsx"),
        (ole("Book"), "of the old kind (.xls)", "save it as .xlsx"),
        (ole("EncryptedPackage"), "with a password", "without a password"),
        (ole("WordDocument"), "text document (.doc)", "into an inventory"),
        (OLE, "old Office program", "save it as .xlsx"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", "of the old kind (.xls)", "save it as .xlsx"),
        (b"%PDF-1.7\n", "is a PDF", "into an inventory"),
        (b"\x89PNG\r\n", "is a picture", "into an inventory"),
        (b"\xff\xd8\xff\xe0", "is a picture", "into an inventory"),
        (b"\x1f\x8b\x08", "packed by gzip", "unpack it"),
        (b"Rar!\x1a\x07", "RAR archive", "unpack it"),
        (b"<html><table>", "is a web page", "save it as .xlsx"),
        (b"\r\n<!DOCTYPE html>", "is a web page", "save it as .xlsx"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "XML of 2003", "save it as .xlsx"),
        (b"<?xml version='1.0'?><a/>", "is XML", "into an inventory"),
        (b"{\\rtf1", "(RTF)", "into an inventory"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named(data: bytes, what: str, remedy: str) -> None:
    found = named(data)
    assert found is not None
    assert what in found[0]
    assert remedy in found[1]


@pytest.mark.parametrize("data", [b"", b"member,value\n", b"kind: x\n", b"{}", b"PK\x03\x04", b"#"])
def test_what_may_be_read_is_not_named(data: bytes) -> None:
    assert named(data) is None


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("mimetype", "content.xml"), "OpenDocument"),
        (("[Content_Types].xml", "xl/workbook.bin"), "binary workbook"),
        (("[Content_Types].xml", "word/document.xml"), "text document"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
        (("Index/Document.iwa",), "Apple"),
        (("bracket.xlsx", "notes.txt"), "ZIP archive and no workbook"),
    ],
)
def test_a_zip_of_another_kind_is_named(names: tuple[str, ...], what: str) -> None:
    with pytest.raises(Refused, match=f"^table.xlsx is .*{what}") as caught:
        read_uk(zipped(*names), where="table.xlsx")
    assert caught.value.remedy


def test_a_published_table_of_another_kind_is_named_too() -> None:
    with pytest.raises(Refused, match=r"^table.csv is a workbook of the old kind"):
        read_epa(ole("Workbook"), where="table.csv")
