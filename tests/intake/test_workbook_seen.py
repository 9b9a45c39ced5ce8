"""Workbooks: what a person sees is what is read, or is refused at its cell."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from rootprint.ledger.intake import InventoryProblems, parse_inventory
from tests.intake.test_inventory import FIRST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.intake import Inventory

XLSX = (FIRST_STEPS / "bracket.xlsx").read_bytes()
AS_IT_IS = parse_inventory(XLSX, where="x.xlsx")


def changed(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(XLSX))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(change: Callable[[Any], object]) -> Inventory:
    return parse_inventory(changed(change), where="x.xlsx")


def faults(change: Callable[[Any], object]) -> list[str]:
    with pytest.raises(InventoryProblems) as caught:
        read(change)
    assert all(one.remedy for one in caught.value.problems)
    return [str(one) for one in caught.value.problems]


def found(change: Callable[[Any], object]) -> list[str]:
    inventory = read(change)
    assert [line["description"] for line in inventory.lines] == [
        line["description"] for line in AS_IT_IS.lines
    ]
    return [str(one) for one in inventory.findings]


def put(sheet: str, cell: str, value: object, **more: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value
        for name, member in more.items():
            setattr(book[sheet][cell], name, member)

    return change


def percent(book: Any) -> Any:
    return next(row for row in book["head"].iter_rows()
                if row[0].value == "pcf.exemptedEmissionsPercent")[1]  # fmt: skip


@pytest.mark.parametrize("stored", [0.03, "3%", "3 %", "3\u00a0%", "3％"])
def test_a_percentage_is_read_as_it_is_shown(stored: Any) -> None:
    def change(book: Any) -> None:
        cell = percent(book)
        cell.value = stored
        cell.number_format = "0%"

    assert read(change).subject["pcf"]["exemptedEmissionsPercent"] == "3"


def test_an_amount_in_percent_is_no_amount() -> None:
    (one,) = faults(put("inventory", "C2", 0.12, number_format="0.0%"))
    assert one.startswith("x.xlsx inventory!C2: inventory.1.amount.value is not a plain decimal")
    assert "it is a percentage" in one


def process_of(text: str) -> Callable[[Any], None]:
    members = {
        "process.name": "Furnace", "process.outputs.1.name": "bracket",
        "process.outputs.1.amount.value": "100", "process.outputs.1.amount.unit": "piece",
        "process.yield": text,
    }  # fmt: skip

    def change(book: Any) -> None:
        for pair in members.items():
            book["head"].append(pair)

    return change


def test_a_yield_in_percent_is_a_share() -> None:
    whole, share = read(process_of("0.95")), read(process_of("95 %"))
    assert whole.lines == share.lines


@pytest.mark.parametrize("sheet", ["head", "inventory"])
def test_a_hidden_row_is_refused(sheet: str) -> None:
    (one,) = faults(lambda book: setattr(book[sheet].row_dimensions[3], "hidden", True))
    assert one.startswith(f"x.xlsx {sheet}!A3: row 3 is hidden, by hand or by a filter — show it")


def test_rows_that_follow_each_other_are_one_fault() -> None:
    def change(book: Any) -> None:
        for number in range(5, 9):
            book["inventory"].append(["raw-material", f"part {number}"])
        for number in (5, 6, 7):
            book["inventory"].row_dimensions[number].hidden = True

    told = [one for one in faults(change) if "hidden" in one]
    (one,) = told
    assert one.startswith("x.xlsx inventory!A5: rows 5 to 7 are hidden, by hand or by a filter — ")


def test_a_row_for_people_and_an_empty_one_may_be_hidden() -> None:
    def change(book: Any) -> None:
        book["inventory"].append(["# last year", 5])
        for number in (4, 5, 6):
            book["inventory"].row_dimensions[number].hidden = True

    assert found(change) == []


def test_a_hidden_column_is_refused_where_it_is_read() -> None:
    (one,) = faults(lambda book: setattr(book["inventory"].column_dimensions["C"], "hidden", True))
    assert one.startswith("x.xlsx inventory!C1: column C is hidden — show it")
    assert found(
        lambda book: setattr(book["inventory"].column_dimensions["I"], "hidden", True)
    ) == []  # fmt: skip


@pytest.mark.parametrize("sheet", ["head", "inventory"])
def test_a_hidden_sheet_is_refused(sheet: str) -> None:
    (one,) = faults(lambda book: setattr(book[sheet], "sheet_state", "hidden"))
    assert one.startswith(f"x.xlsx {sheet}!A1: sheet {sheet} is hidden — show it")


def struck(*cells: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for cell in cells:
            book["inventory"][cell].font = Font(strike=True)

    return change


def test_a_struck_out_row_is_one_fault() -> None:
    (one,) = faults(struck(*(f"{letter}3" for letter in "ABCDEFGHIJKLMNOPQ")))
    assert one.startswith("x.xlsx inventory!A3: row 3 is struck out — delete it")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((46086, True), (46087.25, True), ("46088", True)),
        *((12345, False), (460860, False), ("A46086", False)),
    ],
)
def test_a_number_in_the_place_of_a_text_may_have_been_a_date(value: Any, *, said: bool) -> None:
    """A date in a cell of the format General is the number of its day."""

    def change(book: Any) -> None:
        page = book["inventory"]
        page["B2"], page["B3"] = value, value  # descriptions
        page["C2"] = 46086  # an amount

    told = [str(one) for one in read(change).findings]
    assert len(told) == said
    for one in told:
        assert one.startswith("x.xlsx inventory!B2: inventory.1.description is a number such as")
        assert "(and 1 more of this name) — if it was a date, write it as text" in one


def test_a_row_that_only_merged_cells_cover_is_not_struck_out() -> None:
    def change(book: Any) -> None:
        page = book["inventory"]
        last = page.max_row
        page.cell(last + 1, 2, "under the cell above")
        page.merged_cells.add(f"B{last}:B{last + 1}")

    assert found(change) == []


def test_a_struck_out_cell_is_refused() -> None:
    (one,) = faults(struck("C2"))
    assert one.startswith("x.xlsx inventory!C2: inventory.1.amount.value is struck out")


def test_a_text_that_is_struck_out_in_part_is_refused() -> None:
    text = CellRichText("steel ", TextBlock(InlineFont(strike=True), "old"))
    (one,) = faults(put("inventory", "B2", text))
    assert one.startswith("x.xlsx inventory!B2: inventory.1.description is struck out")


@pytest.mark.parametrize(
    ("number_format", "word"),
    [
        ("0,", "thousands"),
        ('0" t"', "text of its number format"),
        ("[$¥-804]0.00", "text of its number format"),
        (";;;", "shows nothing"),
        ("0000", "zeros before"),
    ],
)
def test_a_format_that_changes_the_meaning_is_refused(number_format: str, word: str) -> None:
    (one,) = faults(put("inventory", "C2", 12, number_format=number_format))
    assert one.startswith("x.xlsx inventory!C2: inventory.1.amount.value shows ")
    assert word in one


@pytest.mark.parametrize("number_format", ["#,##0.00", "0.000", "@", "0.00_);(0.00)"])
def test_a_format_that_does_not_is_read(number_format: str) -> None:
    def change(book: Any) -> None:
        put("inventory", "C2", 1234.5, number_format=number_format)(book)

    assert read(change).lines[0]["amount"]["value"] == "1234.5"
    assert found(change) == []


def test_rounding_is_said_once_for_a_column() -> None:
    def change(book: Any) -> None:
        for cell in ("C2", "C3"):
            put("inventory", cell, 0.7531, number_format="0.0")(book)

    (one,) = found(change)
    assert one == (
        "x.xlsx inventory!C2: inventory.1.amount.value shows fewer digits than it holds: those that"
        " it holds are read (and 1 more of this name) — show them all, or round the number itself"
    )
    assert read(change).lines[0]["amount"]["value"] == "0.7531"


def test_more_digits_than_are_shown_are_said() -> None:
    (one,) = found(put("inventory", "C2", 0.1234567890123456))
    assert "x.xlsx inventory!C2: inventory.1.amount.value holds more digits" in one


@pytest.mark.parametrize(
    ("area", "cell"), [("A2:A3", "A3"), ("C2:D2", "D2"), ("A1:B1", "B1"), ("B2:C3", "C2")]
)
def test_merged_cells_are_refused_where_they_are_read(area: str, cell: str) -> None:
    told = faults(lambda book: book["inventory"].merge_cells(area))
    assert any(
        one.startswith(f"x.xlsx inventory!{cell}: ") and "is part of merged cells" in one
        for one in told
    )


def test_cells_merged_over_nothing_that_is_read_do_not_matter() -> None:
    def change(book: Any) -> None:
        book["head"].merge_cells("B5:E5")
        book["inventory"].merge_cells("T2:V3")
        book["inventory"]["A5"] = "# a footnote"
        book["inventory"].merge_cells("A5:H5")

    assert found(change) == []


def test_titles_above_the_heads_are_said() -> None:
    def change(book: Any) -> None:
        for sheet in ("head", "inventory"):
            book[sheet].insert_rows(1, 2)
            book[sheet]["A1"] = "Casting line, 2024"
            book[sheet].merge_cells("A1:H1")

    assert found(change) == [
        f"x.xlsx {sheet}!A1: row 1 stands above the heads of its table, and is not read"
        " — see that it is a title"
        for sheet in ("head", "inventory")
    ]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["合计", None, 42], "is a sum"),
        (["Total:", None, 42, "kg"], "is a sum"),
        ([None, "小计", 42], "is a sum"),
        (["Summe", "", 1], "is a sum"),
        (["Source: purchasing, 2024"], "holds one cell, as a title or a footnote"),
        ([None, None, 42], "holds one cell"),
        (["stage", "description", "amount.value", "amount.unit"], "says the heads again"),
    ],
)
def test_a_row_that_is_no_line_is_told_as_what_it_is(row: list[Any], what: str) -> None:
    (one,) = faults(lambda book: book["inventory"].append(row))
    assert f"row 4 {what}" in one
    assert "delete the row" in one


def test_a_line_may_be_called_total() -> None:
    assert read(put("inventory", "B2", "Total")).lines[0]["description"] == "Total"


def test_a_row_of_notes_alone_is_no_line() -> None:
    assert found(put("inventory", "I6", "to be asked")) == []


def test_blank_rows_and_columns_do_not_shift_anything() -> None:
    def change(book: Any) -> None:
        book["inventory"].insert_rows(3, 2)
        book["inventory"].insert_cols(3)
        book["inventory"]["B5"] = " \u200b"

    (one,) = faults(change)
    assert one.startswith("x.xlsx inventory!B5: inventory.2.description is missing")


def test_each_empty_cell_is_named_by_its_own_address() -> None:
    def change(book: Any) -> None:
        for cell in ("C2", "D3", "B3"):
            book["inventory"][cell] = None

    told = [one.partition(" is ")[0] for one in faults(change)]
    assert told == [
        "x.xlsx inventory!C2: inventory.1.amount.value",
        "x.xlsx inventory!B3: inventory.2.description",
        "x.xlsx inventory!D3: inventory.2.amount.unit",
    ]


@pytest.mark.parametrize("name", ["Inventory ", "INVENTORY", " inventory"])
def test_a_sheet_s_name_may_have_capitals_and_blanks(name: str) -> None:
    def change(book: Any) -> None:
        book["inventory"].title = "Sheet2"  # openpyxl knows the old name as taken
        book["Sheet2"].title = name

    assert found(change) == []


def test_two_sheets_of_one_name_are_asked_about() -> None:
    def change(book: Any) -> None:
        book.copy_worksheet(book["inventory"]).title = "inventory "

    (one,) = faults(change)
    assert "several sheets that may be inventory: 'inventory' and 'inventory '" in one


def test_a_missing_sheet_is_told_with_those_that_are_there() -> None:
    def change(book: Any) -> None:
        book["inventory"].title = "Lines 2024"

    (one,) = faults(change)
    assert one.startswith("x.xlsx Lines 2024!A1: inventory has no sheet of that name, and sheet ")
    (one,) = faults(lambda book: setattr(book["head"], "title", "Sheet1"))
    assert "has no sheet named head; its sheets are 'Sheet1', 'inventory'" in one


def test_a_further_sheet_of_lines_is_said_and_others_are_not() -> None:
    def change(book: Any) -> None:
        book.create_sheet("README")["A1"] = "how to"
        book.copy_worksheet(book["inventory"]).title = "2023"

    (one,) = found(change)
    assert one.startswith("x.xlsx 2023!A1: sheet 2023 has the columns of lines, and is not read")


def test_a_sheet_that_is_not_read_need_not_be_readable() -> None:
    wide = [f"column {number}" for number in range(130)]
    assert found(lambda book: book.create_sheet("raw data").append(wide)) == []
    added = changed(lambda book: book.create_sheet("raw data").append([1, 2]))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(added)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                assert content.count(b'r="A1"') == 1
                content = content.replace(b'r="A1"', b'r="C1"')  # its cells are not in order
            new.writestr(name, content)
    assert parse_inventory(held.getvalue(), where="x.xlsx").lines == AS_IT_IS.lines


def test_one_sheet_may_have_both_tables_as_a_csv_has() -> None:
    def change(book: Any) -> None:
        sheet = book.create_sheet("Sheet1")
        for name in ("head", "inventory"):
            for row in book[name].iter_rows(values_only=True):
                sheet.append(row)
            sheet.append([])
            if name == "head":
                sheet.append(["Lines of 2024"])
            del book[name]

    inventory = read(change)
    assert inventory.lines == AS_IT_IS.lines
    (one,) = inventory.findings
    assert "stands above the heads" in str(one)
