"""Tables that others open: numbers stay exact, and no text of somebody's is computed or obeyed."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.tables import ending_of, harmless, written
from rootprint.ledger.tables import writing as module

BAD = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "＝1",
    "\x1b[2J",
    "\u202egpj",
]


def _csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _xlsx(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [[cell for cell in row] for row in sheet.iter_rows()]  # noqa: C416


@pytest.mark.parametrize("text", BAD)
def test_no_text_is_a_formula_or_steers_a_terminal(text: str) -> None:
    rows = [[text, "steel"]]
    [head, [cell, plain]] = _csv(written("a.csv", [text, "what"], rows))
    assert (head[0], plain) == (cell, "steel")
    assert cell.isprintable()
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    _, [shown, other] = _xlsx(written("a.XLSX", ["x", "what"], rows))
    assert (shown.data_type, shown.value, other.value) == ("s", cell, "steel")


@given(st.text())
def test_whatever_is_written_is_read_back_as_one_harmless_cell(text: str) -> None:
    [_, [cell]] = _csv(written("a.csv", ["x"], [[text]])) if harmless(text) else [[], [""]]
    assert cell == harmless(text)
    assert not cell.startswith(tuple("=+-@\t\r"))


def test_numbers_are_numbers_with_all_their_digits() -> None:
    exact = Decimal("-0.1234567890123456789012345678901234")
    [_, row] = _csv(written("a.csv", ["a", "b", "c", "d"], [[exact, 7, None, Decimal("1E+3")]]))
    assert row == [str(exact), "7", "", "1000"]
    data = written("a.xlsx", ["a", "b", "c"], [[Decimal("-2.50"), 7, None]])
    _, cells = _xlsx(data)
    assert [(cell.data_type, cell.value) for cell in cells] == [("n", -2.5), ("n", 7), ("n", None)]


def test_another_ending_is_refused() -> None:
    assert ending_of("folder/lines.CSV") == ".csv"
    for name in ("lines", "lines.ods", "csv", "-"):
        with pytest.raises(Refused, match=r"does not end in \.csv or \.xlsx"):
            ending_of(name)


def test_a_worksheet_has_no_more_rows_and_no_longer_texts_than_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, [cell] = _xlsx(written("a.xlsx", ["x"], [["steel " * 10_000]]))
    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")
    monkeypatch.setattr(module, "_MOST_ROWS", 3)
    assert len(_xlsx(written("a.xlsx", ["x"], [["a"], ["b"]]))) == 3
    with pytest.raises(Refused, match="more than the 3 rows"):
        written("a.xlsx", ["x"], [["a"], ["b"], ["c"]])
