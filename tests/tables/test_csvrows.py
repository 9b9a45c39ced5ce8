"""CSV rows: where they begin, and what reading them costs."""

from __future__ import annotations

from time import process_time

import pytest

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables import csv_fields, csv_rows
from rootprint.ledger.tables.csvrows import MAX_LINE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_end_of_line_ends_a_row(end: str) -> None:
    found = list(csv_fields(f"a,b{end}1,2{end}{end}3,4", ",", where="x"))
    assert found == [(1, ["a", "b"]), (2, ["1", "2"]), (3, []), (4, ["3", "4"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_bounded_with_its_end(end: str) -> None:
    longest = "x" * (MAX_LINE - len(end))
    assert list(csv_fields(f"{longest}{end}y", ",", where="x")) == [(1, [longest]), (2, ["y"])]
    for rest in ("", "y"):
        with pytest.raises(TooLarge, match=f"x, line 1 has more than {MAX_LINE} characters"):
            list(csv_fields(f"x{longest}{end}{rest}", ",", where="x"))
    with pytest.raises(TooLarge, match="line 1 has more than"):
        list(csv_fields("x" * (MAX_LINE + 1), ",", where="x"))


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_reading_takes_a_time_in_proportion_to_the_file(end: str) -> None:
    text = f"1,2{end}" * 400_000
    begun = process_time()
    assert sum(1 for _ in csv_fields(text, ",", where="x")) == 400_000
    assert process_time() - begun < 15  # half a minute and more, if each line looks at the rest


def test_a_guessed_encoding_is_proved_by_the_columns_names_or_refused() -> None:
    text = "产品名称,value\n数量用于生产的电力,1\n"
    assert next(csv_rows(text.encode("gb18030"), ["产品名称"], where="x"))[0] == 2
    with pytest.raises(Refused, match=r"x is not UTF-8, and may be GB18030 \(GBK\)"):
        next(csv_rows(text.encode("gb18030"), ["value"], where="x"))
