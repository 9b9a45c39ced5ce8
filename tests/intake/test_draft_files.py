"""A draft that another program saved, or another file in its place, is named as what it is."""

from __future__ import annotations

import re

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import template_workbook
from rootprint.ledger.intake.files import parse_draft

TEXT = '{"description": "钢支架，冷轧钢板，外购电力，制造，运输"}'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("utf-16"), "is in UTF-16, and a draft is UTF-8"),
        (TEXT.encode("utf-16-le"), "is in UTF-16"),
        (TEXT.encode("gb18030"), "seems to be in GB18030"),
        (TEXT.encode("utf-8-sig"), "begins with a byte order mark"),
    ],
)
def test_another_encoding_is_named_and_utf_8_is_read(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        parse_draft(data, where="draft.json")
    assert "save it as UTF-8" in caught.value.remedy
    assert parse_draft(TEXT.encode(), where="draft.json")


def test_a_workbook_is_no_draft() -> None:
    with pytest.raises(Refused, match="is a workbook") as caught:
        parse_draft(template_workbook("zh"), where="x.xlsx")
    assert "rootprint compose" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF, and no draft"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "is packed by gzip, and no draft"),
        (b"<!doctype html><p>", "is a web page, whatever its name ends in, and no draft"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "(.doc)"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, said: str) -> None:
    """Bug: a file of gzip "is in UTF-16", and of a PDF the JSON had surrogates."""
    with pytest.raises(Refused, match=re.escape(said)) as caught:
        parse_draft(data, where="draft.json")
    assert "rootprint compose" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{\n"name": "\xe9"}', "draft.json: line 2 is not in UTF-8, and a draft is UTF-8"),
        (b"\xff\xfe{\0\x00", "draft.json: line 1 is not in UTF-16, and a draft is UTF-8"),
    ],
)
def test_what_is_in_no_encoding_is_said_by_line(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parse_draft(data, where="draft.json")
