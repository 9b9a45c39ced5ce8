"""A remedy, followed, ends the error: what is broken, what is said of it, and the same file after.

Each row is a way in which people write something. The message is not held word by word; that it
says what to do, and that doing it is enough, is.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.styles import Font

from rootprint.ledger.intake import InventoryProblems, parse_inventory
from tests.intake.place import inventory_file
from tests.intake.test_inventory import FIRST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

CSV = (FIRST_STEPS / "bracket.csv").read_text(encoding="utf-8")
XLSX = (FIRST_STEPS / "bracket.xlsx").read_bytes()
LINE = (
    '{{stage: use, description: power, amount: {{value: "{}", unit: kg}},'
    " source: {{input: fuel}}, primary: false}}"
)


def problems(data: bytes, where: str) -> list[str]:
    try:
        parse_inventory(data, where=where)
    except InventoryProblems as error:
        return [str(one) for one in error.problems]
    return []


def check(broken: bytes, said: str, fixed: bytes, where: str) -> None:
    told = problems(broken, where)
    assert any(said in one.partition(" — ")[2] for one in told), told
    assert problems(fixed, where) == []


@pytest.mark.parametrize(
    ("written", "said", "after"),
    [
        ("12,5", "the decimal point as a point", "12.5"),
        ("1,234.5", "no thousands separator", "1234.5"),
        ("1.234,5", "no thousands separator", "1234.5"),
        ("1'234.5", "leave the thousands separator out", "1234.5"),
        ("1 234.5", "leave the blanks in it out", "1234.5"),
        ("1\u00a0234.5", "half-width characters, without blanks", "1234.5"),
        ("1.2E+05", "without an exponent", "120000"),
        ("5e-3", "without an exponent", "0.005"),
        ("１２．５", "half-width", "12.5"),
        ("+5", "leave the plus sign out", "5"),
        ("007", "zeros before it", "7"),
        (".5", "write 0 before the point", "0.5"),
        ("5.", "leave the point out", "5"),
        ("5 kg", "the number alone", "5"),
        ("12.5吨", "the number alone", "12.5"),
        ("1.05万", "1.05万 is 10500", "10500"),
        ("1.05 万吨", "1.05万 is 10500", "10500"),
        ("2亿", "with all its digits", "200000000"),
        ("€5", "write a number there", "5"),
        ("~5", "the one figure that is meant", "5"),
        ("约5", "the one figure that is meant", "5"),
        ("12 %", "it is a percentage: write the number itself", "0.12"),
        ("n/a", "write a number there", "0.75"),
        ("1" * 35, "at most 34 digits", "1" * 34),
    ],
)
@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_a_number_is_written_as_its_remedy_says(
    form: str, written: str, said: str, after: str
) -> None:
    def with_amount(text: str) -> bytes:
        if form == "yaml":
            return inventory_file(LINE.format(text))
        if form == "csv":
            return CSV.replace(",0.75,", f',"{text}",', 1).encode()
        return changed(lambda book: book["inventory"].__setitem__("C2", text))

    check(with_amount(written), said, with_amount(after), f"x.{form}")


@pytest.mark.parametrize(
    ("member", "written", "said", "after"),
    [
        ("validFrom", "2025-11-01", "write it like 2025-01-01T00:00:00Z", "2025-11-01T00:00:00Z"),
        ("validFrom", "2025/11/1", "write it like 2025-01-01T00:00:00Z", "2025-11-01T00:00:00Z"),
        ("validUntil", "2020-01-01T00:00:00Z", "say until when it holds", "2027-12-31T23:59:59Z"),
        ("role", "produkt", "did you mean product?", "product"),
        ("boundary", "cradle-to-gat", "cradle-to-gate", "cradle-to-gate"),
        ("digits", "four", "correct it there", "4"),
        ("pcf.exemptedEmissionsPercent", "3.5 per cent", "the number alone", "3.5"),
        ("pcf.declaredUnitAmount", "2,5", "the decimal point as a point", "2.5"),
    ],
)  # fmt: skip
def test_a_member_is_corrected_as_its_remedy_says(
    member: str, written: str, said: str, after: str
) -> None:
    def with_member(text: str) -> bytes:
        rows = [
            f'{member},"{text}"' if row.startswith(f"{member},") else row for row in CSV.split("\n")
        ]
        return "\n".join(rows).encode()

    check(with_member(written), said, with_member(after), "x.csv")


def changed(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(XLSX))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _as_it_was(_book: Any) -> None:
    """Deleting what was added, showing what was hidden, unmerging: the workbook as it was."""


def _cell(value: object, number_format: str = "General") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["inventory"]["C2"] = value
        book["inventory"]["C2"].number_format = number_format

    return change


def _struck(book: Any) -> None:
    book["inventory"]["B2"].font = Font(strike=True)


def _period(value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        row = next(row for row in book["head"].iter_rows() if row[0].value == "validFrom")
        row[1].value = value

    return change


def _titled(sheet: str, title: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet].title = title

    return change


@pytest.mark.parametrize(
    ("broken", "said", "fixed"),
    [
        (lambda book: setattr(book["inventory"].row_dimensions[3], "hidden", True),
         "show it (clear the filter), or delete it", _as_it_was),
        (lambda book: setattr(book["inventory"].column_dimensions["C"], "hidden", True),
         "show it, delete it", _as_it_was),
        (lambda book: setattr(book["inventory"], "sheet_state", "hidden"), "show it", _as_it_was),
        (_struck, "take off the line through it", _as_it_was),
        (lambda book: book["inventory"].merge_cells("A2:A3"), "unmerge them", _as_it_was),
        (_cell("=1+1"), "paste the value", _cell(2)),
        (_cell("#REF!"), "the value that was meant", _cell(2)),
        (_cell(5, "0,"), "number format General", _cell(5)),
        (_cell(5, '0" kg"'), "number format General", _cell(5)),
        (_cell(5, ";;;"), "number format General", _cell(5)),
        (_cell(5, "0000"), "format it as text", _cell("5", "@")),
        (_cell(0.12, "0%"), "write the number itself", _cell(0.12)),
        (_cell(datetime(2025, 1, 1), "yyyy-mm-dd"), "2025-01-01T00:00:00Z", _cell(5)),  # noqa: DTZ001
        (_cell(12345678901234567), "format the cell as text", _cell("12345678901234567", "@")),
        (_period(datetime(2025, 11, 1)),  # noqa: DTZ001 - a workbook's dates have no zone
         "format the cell as text, and type it again", _period("2025-11-01T00:00:00Z")),
        (lambda book: book["inventory"].append(["合计", None, 5]), "delete the row",
         lambda book: book["inventory"].append(["# 合计", None, 5])),
        (lambda book: book["inventory"].append(["Source: purchasing"]), "begin it with #",
         lambda book: book["inventory"].append(["# Source: purchasing"])),
        (lambda book: book["inventory"].append([c.value for c in book["inventory"][1]]),
         "delete the row", _as_it_was),
        (lambda book: book["inventory"].__setitem__("Z2", "ask"), "put it under a column note",
         lambda book: (book["inventory"].__setitem__("Z2", "ask"),
                       book["inventory"].__setitem__("Z1", "note"))),
        (_titled("inventory", "Furnace 2"), "name the sheet of the lines inventory", _as_it_was),
        (_titled("head", "Sheet1"), "name the one with member and value head", _as_it_was),
    ],
    ids=[
        *("row", "column", "sheet", "struck", "merged", "formula", "error", "thousands", "unit"),
        *("nothing", "zeros", "percent", "date", "long", "period", "sum", "footnote", "heads"),
        *("apart", "lines", "head"),
    ],
)  # fmt: skip
def test_a_workbook_is_corrected_as_its_remedy_says(
    broken: Callable[[Any], object], said: str, fixed: Callable[[Any], object]
) -> None:
    check(changed(broken), said, changed(fixed), "x.xlsx")


@pytest.mark.parametrize(
    ("broken", "said", "fixed"),
    [
        (CSV.replace("Steel", "Stahlträger ").encode("latin-1"), "save it as CSV UTF-8",
         CSV.replace("Steel", "Stahlträger ").encode()),
        (CSV.replace("furnace, metered", 'furnace" metered').encode(), "correct the quotes",
         CSV.encode()),
        (CSV.replace("member,value", "name;value", 1).encode(), "docs/inventory.md",
         CSV.encode()),
        (CSV.replace("0.75,kWh", "0,75,kWh").encode(), "write decimals with a point",
         CSV.encode()),
        (CSV.replace("amount.value", "amount.vlaue").encode(), "amount.value", CSV.encode()),
        (CSV.replace("amount.unit", "amount.value").encode(), "keep one", CSV.encode()),
        (CSV.replace("\nstage,", "\n\n合计,,5\nstage,").replace("\nrole,product", "").encode(),
         "say role: product", CSV.encode()),
    ],
)  # fmt: skip
def test_a_csv_is_corrected_as_its_remedy_says(broken: bytes, said: str, fixed: bytes) -> None:
    check(broken, said, fixed, "x.csv")


def test_what_a_file_of_another_kind_asks_for_is_what_is_read() -> None:
    """``.xls``, ODS and the like say: save it as .xlsx; that is read."""
    for first in (b"\xd0\xcf\x11\xe0", b"<html>", b"ID;PWXL"):
        check(first + bytes(600), "save it as .xlsx", XLSX, "x.xls")


def test_a_pact_footprint_is_no_list_of_missing_members() -> None:
    (one,) = problems(b'{"specVersion": "3.0.0", "pcf": {}}', "pact.json")
    assert one.startswith("pact.json is a PACT footprint (JSON), and no inventory — ")
    (one,) = problems(b'{"credentialSubject": {}}', "x.json")
    assert "sign it with rootprint sign" in one
    (one,) = problems(b'{"statements": [], "records": []}', "x.json")
    assert "rootprint verify" in one
