"""What the fuzzing found, once each: what came in, and what is said of it since."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core import canonical, encoding
from rootprint.ledger.core.errors import NotReadable, Refused, TooLarge
from rootprint.ledger.evidence import read
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.factors import read_cpcd, read_uk
from rootprint.ledger.intake import parse_draft, parse_inventory
from rootprint.ledger.intake.inventory import InventoryProblems
from rootprint.ledger.rules import parse_pack
from tests.fuzz import bombs, seeds
from tests.fuzz.targets import TARGETS
from tests.partner import documents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("length", ["\u00b2", "\u00b9\u00b2", "-1", "x", "0x10"])
def test_a_declared_length_that_is_no_number_is_left_to_what_arrives(length: str) -> None:
    """Found: a superscript two is a digit to Python's isdigit and none to its int (ValueError)."""
    head = f"application/json\n{length}\n".encode("latin-1")
    TARGETS["http-body"].call(head + b"{}")
    with pytest.raises(TooLarge, match="longer than 1024 bytes"):
        TARGETS["http-body"].call(head + b"x" * 1025)


@pytest.mark.parametrize("hour", ["24:00:00", "25:00:00", "99:59:59"])
def test_no_day_has_a_25th_hour(hour: str) -> None:
    """Found: Python 3.14 reads 24:00:00 as the next day, the second verifier and 3.11 refuse it."""
    assert encoding.time_seconds("2026-01-01T23:59:59Z", what="t") == 1_767_311_999
    with pytest.raises(Refused, match="RFC 3339"):
        encoding.time_seconds(f"2026-01-01T{hour}Z", what="t")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_is_packed_as_workbooks_are(method: int) -> None:
    """Found: broken LZMA raised LZMAError, a dictionary of 4 GiB raised MemoryError."""
    data = bombs.workbook({"xl/styles.xml": b"<styleSheet/>"}, method)
    with pytest.raises(Refused, match="packed in a way that no spreadsheet"):
        parse_inventory(data, where="x.xlsx")
    with pytest.raises(Refused, match="packed in a way that no spreadsheet"):
        read_uk(data)


@pytest.mark.parametrize("encoded", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", [0, 5000, (1 << 20) - 4])
def test_a_document_type_is_found_wherever_it_begins(encoded: str, before: int) -> None:
    """Found: a comment of 4 KiB hid it from the reader of tables; so might the edge of a piece."""
    text = f"<!--{'x' * before}--><!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"
    data = bombs.workbook({"xl/media/a": text.encode(encoded)})
    with pytest.raises(TooLarge, match="declares a document type"):
        read_uk(data)
    with pytest.raises(TooLarge, match="declares a document type"):
        parse_inventory(data, where="x.xlsx")


def test_cells_and_formats_are_counted_before_they_are_made() -> None:
    """Found: 20 KB of ZIP made three million formats, a minute and gigabytes."""
    data = bombs.workbook({"xl/styles.xml": bombs.styles(1_000_000)})
    assert len(data) < 32 * 1024
    with pytest.raises(TooLarge, match="more than 65536 cell formats"):
        parse_inventory(data, where="x.xlsx")
    with pytest.raises(TooLarge, match="more than 1000000 cells, formats"):
        read_uk(bombs.workbook({"xl/styles.xml": bombs.styles(1_000_000)}))


def test_a_line_of_a_table_is_bounded() -> None:
    """Found: 32 MiB of commas made ten million texts, 900 MiB."""
    with pytest.raises(TooLarge, match="line 2 has more than 65536 characters"):
        read_cpcd(seeds.cpcd_tables()[0].split(b"\n")[0] + b"\n" + b"," * 65_537)


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_name_that_stands_twice_is_found_in_one_pass(place: str) -> None:
    """Found: each name was counted in all the others, minutes for a mebibyte of them."""
    names = [f'"{number}":0' for number in range(3000)]
    names.append(names[0 if place == "first" else -1])
    answer = "'0' twice" if place == "first" else "'2999' twice"
    with pytest.raises(Refused, match=answer):
        parse_draft(f"{{{','.join(names)}}}".encode(), where="draft")
    pack = seeds.packs()[0].replace(b'"title"', b'"title":"x","title"', 1)
    with pytest.raises(Refused, match="'title' twice"):
        parse_pack(pack, where="pack")


def test_what_a_long_text_is_made_of_is_counted_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Found: 240 MiB of empty lists passed for an evidence file until 7 GiB were made of them."""
    lines = seeds.evidence()[0].split(b"\n")
    marks = max(sum(line.count(mark) for mark in (b",", b"[", b"{")) for line in lines)
    data = pack(lines)
    monkeypatch.setattr(canonical, "MAX_MARKS", marks)
    read(data)
    monkeypatch.setattr(canonical, "MAX_MARKS", marks - 1)
    with pytest.raises(NotReadable, match="the evidence file has more than"):
        read(data)


def test_a_factors_spread_without_its_distribution_is_reported(root: Path) -> None:
    """Bug: a faulty uncertainty was read as if it were none, which ended in a KeyError."""
    text = (root / "examples" / "first-steps" / "electricity.yaml").read_text(encoding="utf-8")
    assert "{distribution: lognormal" in text
    with pytest.raises(InventoryProblems, match="uncertainty lacks distribution"):
        parse_inventory(
            text.replace("{distribution:", "{distribute:").encode(), where="factor.yaml"
        )


@pytest.mark.parametrize("word", [{}, [], None, 1, "TRUE"])
def test_a_word_of_mass_balance_may_be_any_json(word: object) -> None:
    """Found: an object where a text is expected was looked up in a set (TypeError)."""
    document = documents.catena_x()
    method = document["pcfAssessmentAndMethodology"][0]["pcfMethodology"][0]
    method["massBalancingInformation"][0]["freeAttributionInMassBalancing"] = word
    custody = documents.only(document).subject["chainOfCustody"]
    assert custody["freeAttribution"] is (word == "TRUE")
