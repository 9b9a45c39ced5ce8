"""Workbooks are untrusted: what is hostile or broken ends in a clear error, soon."""

from __future__ import annotations

import io
import zipfile

import pytest

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.factors import read_uk
from tests.factors.tables import flat_file


def rewritten(data: bytes, **parts: bytes) -> bytes:
    """Return the workbook with other bytes in the parts whose names end so."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            stem = name.rsplit("/", 1)[-1].split(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_by_its_directory() -> None:
    """Nothing of it is unpacked: 200 MiB of zeros in 200 KiB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (200 * 1024 * 1024))
    assert len(held.getvalue()) < 1024 * 1024
    with pytest.raises(TooLarge, match="unpacks to more than 134217728 bytes"):
        read_uk(held.getvalue(), where="bomb.xlsx")


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    """Python unpacks no more than the directory says, so the lie is found by its checksum."""
    data = bytearray(rewritten(flat_file([]), sheet1=b"<a>" + b" " * 100_000 + b"</a>"))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"sheet1.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused, match=r"is not a workbook that can be read: BadZipFile"):
        read_uk(bytes(data))


def test_entities_that_grow_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with pytest.raises(Refused, match="declares a document type"):
        read_uk(rewritten(flat_file([]), sheet1=bomb))


@pytest.mark.parametrize("data", [b"", b"PK", b"ID,Scope\n1,2\n", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"flat\.xlsx is not a workbook that can"):
        read_uk(data, where="flat.xlsx")


@pytest.mark.parametrize("part", ["sheet1", "workbook"])
def test_a_broken_part_is_refused(part: str) -> None:
    with pytest.raises(Refused, match="is not a workbook that can be read: a part is no XML"):
        read_uk(rewritten(flat_file([("a_1", *["x"] * 8, 1)]), **{part: b"<worksheet"}))


def test_a_workbook_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = flat_file([])
    monkeypatch.setattr("rootprint.ledger.tables.xlsxrows.MAX_ROWS", 3)
    with pytest.raises(TooLarge, match="is beyond 3 rows or 256 columns"):
        read_uk(data)
    monkeypatch.setattr("rootprint.ledger.tables.xlsxrows.MAX_MEMBERS", 2)
    with pytest.raises(TooLarge, match="more than 2 parts"):
        read_uk(data)
    monkeypatch.setattr("rootprint.ledger.tables.xlsxrows.MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="longer than 100 bytes"):
        read_uk(data)


def test_a_row_far_down_costs_no_more_rows_than_the_limit() -> None:
    """A sheet may say that its next row is the millionth: its number is bounded."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(TooLarge, match="beyond 200000 rows"):
        read_uk(rewritten(flat_file([]), sheet1=sheet))
