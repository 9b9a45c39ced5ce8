"""CSV and XLSX: what only tables can get wrong, and what a workbook may not do."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rootprint.ledger.core.canonical import MAX_DEPTH
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake import InventoryProblems, parse_inventory
from rootprint.ledger.intake.inventory import MAX_BYTES, MAX_LINES
from rootprint.ledger.intake.inventory.csvfile import MAX_COLUMNS, MAX_ROWS
from rootprint.ledger.intake.inventory.xlsxfile import LIMITS
from rootprint.ledger.intake.inventory.yamlfile import MAX_NODES
from rootprint.ledger.tables.csvrows import MAX_LINE
from rootprint.ledger.tables.grid import MAX_TEXT
from tests.intake.test_inventory import FIRST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

CSV = (FIRST_STEPS / "bracket.csv").read_text(encoding="utf-8")
XLSX = (FIRST_STEPS / "bracket.xlsx").read_bytes()
LINES = parse_inventory(CSV.encode(), where="x.csv").lines


def faults(data: bytes | str, where: str = "x.csv") -> list[str]:
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(data.encode() if isinstance(data, str) else data, where=where)
    return [str(one) for one in caught.value.problems]


def workbook(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(XLSX))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CSV,
        CSV.replace("\n", "\r\n"),
        CSV.replace(",true,", ",TRUE,"),
        CSV.replace("stage,", "#,,,,,,,,\nstage,"),
    ],
)
def test_what_programs_make_of_a_csv_is_read_alike(text: str) -> None:
    assert parse_inventory(text.encode(), where="x.csv").lines == LINES


CHINESE = CSV.replace("Steel bracket", "钢支架（铸件，外购）标准型")


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_programs_save(name: str) -> None:
    for file in ("x.csv", "-"):  # a file, and what comes through a pipe
        found = parse_inventory(CHINESE.encode(name), where=file)
        assert found.subject["productNameCompany"].endswith("标准型")
        told = [str(one) for one in found.findings]
        guessed = f"{file}:1:1: is not UTF-8, and is read as GB18030 (GBK)"
        assert [one.partition(" — ")[0] for one in told] == [guessed] * (name == "gb18030")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (CSV.replace("\n", "\r"), []),
        ("sep=,\n" + CSV, []),
        ("Casting line,2024\n\n" + CSV, ["x.csv:1:1: row 1"]),
        (CSV.replace("role,product", ",,\nrole,product", 1), []),
        (CSV.replace("\nstage,", "\nLines of 2024,,\nstage,"), ["x.csv:28:1: row 28"]),
        (CSV.replace("\n\nstage,", "\nstage,"), []),
        (CSV + "\n,,,,,,,,\n\n", []),
    ],
)
def test_a_csv_has_titles_and_blank_rows_as_people_leave_them(text: str, titles: list[str]) -> None:
    found = parse_inventory(text.encode(), where="x.csv")
    assert found.lines == LINES
    assert [str(one).partition(" stands")[0] for one in found.findings] == titles


@pytest.mark.parametrize(
    "head", ["项目,填写内容", "Member,Value", '" Item", Entry', "member,VALUE", "成员,值"]
)
@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_a_csv_s_head_is_named_as_a_workbook_s_is(head: str, name: str) -> None:
    text = CHINESE.replace("member,value", head, 1)
    for long in range(3):  # what is looked at may end within a character
        padded = text.replace("标准型", "标准型" + "x" * long + "钢支架铸件外购标准型" * 200)
        for file in ("x.csv", "-"):
            assert parse_inventory(padded.encode(name), where=file).lines == LINES


@pytest.mark.parametrize("mark", [";", "\t"])
def test_the_first_row_says_the_separator(mark: str) -> None:
    rows = CSV.replace("furnace, metered", "furnace metered").replace("maker, ", "maker ")
    rows = rows.replace("maker; ", "maker ")
    text = rows.replace('"', "").replace("Nothing is exempted, as", "Nothing is exempted as")
    text = text.replace(": every amount is made up, to show", "").replace(",", mark)
    found = parse_inventory(text.encode(), where="x.csv").lines
    assert [one["amount"] for one in found] == [one["amount"] for one in LINES]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0.75,kWh", "0,75,kWh", "x.csv:29:17"),
        ("0.75,kWh", "x,kWh", "x.csv:29:3: inventory.1.amount.value is not a plain decimal"),
        (
            "amount.value",
            "amount.val",
            "amount.val heads a column that is not known — did you mean",
        ),
        ("amount.value", "amuont.value", "x.csv:28:3: amuont.value heads a column that is not"),
        ("source.set", "source.gas", "x.csv:28:7: source.gas heads two columns"),
        ("digits,4", "digits,four", "x.csv:26:2: digits is not an integer from 3 to 30"),
        ("digits,4", ",4", "x.csv:26:2: row 26 stands without its member"),
        ("digits,4", "digits,x,", "x.csv:26:2: digits is not an integer"),
        ("role,product", "role,product\nrole,factor", "x.csv:6:2: role stands twice"),
        ("productIds.1", "productIds.2", "productIds is a list with gaps"),
        ("productIds.1", "productIds..1", "is no member name"),
        ("pcf.geographyCountry", "pcf.geographyCountry.x", "x.csv:17:2"),
        ("1,1,2\n", "1,1,2,17\n", "x.csv:29:17"),
        ("member,value", "member,5", "x.csv:1:1: does not begin with member,value"),
        ("member,value", "name,value", "x.csv:1:1: does not begin with member,value"),
        ('"One steel', '"One" steel', "is not CSV here"),
    ],
)
def test_a_fault_of_a_table_has_its_row_and_column(old: str, new: str, message: str) -> None:
    text = CSV.replace("One steel bracket of", '"One steel bracket of').replace(
        "are made up.\n", 'are made up."\n', 1
    )
    assert old in text
    assert any(message in one for one in faults(text.replace(old, new, 1)))


def test_a_table_in_another_encoding_is_refused_with_its_line() -> None:
    data = CSV.replace("Steel bracket", "Stahlträger").encode("latin-1")
    assert faults(data) == ["x.csv:7:1: is not UTF-8 — save it as CSV UTF-8"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Amount,1\n", "Amount,2,5\n", "x.csv:14:3: pcf.declaredUnitAmount has a cell"),
        ("productDescription,One", "productDescription,One, two", "x.csv:8:3: productDescription"),
        ("digits,4", "digits,4,,,5", "x.csv:26:5: digits has a cell that stands under no column"),
        ("member,value", "member,value,unit", "x.csv:1:3: column 3 is beyond the head's columns"),
        ("digits,4", ",,x", "x.csv:26:3: row 26 has a cell that stands under no column"),
    ],
)
def test_no_cell_of_the_head_is_dropped(old: str, new: str, expected: str) -> None:
    """Bug: 2,5 was signed as 2."""
    assert old in CSV
    (found,) = [one for one in faults(CSV.replace(old, new, 1)) if expected in one]
    assert "write decimals with a point, quote text that holds" in found or "head it note" in found


def test_the_head_of_a_workbook_drops_no_cell() -> None:
    data = workbook(lambda book: book["head"].__setitem__("C5", "junk"))
    (found,) = faults(data, "x.xlsx")
    assert found.startswith("x.xlsx head!C5: role has a cell that stands under no column — write")
    assert "quote" not in found


def test_a_head_may_have_notes_and_empty_cells() -> None:
    noted = CSV.replace("member,value", "member,value,note,,", 1)
    noted = noted.replace("digits,4", "digits,4,by default,,")
    assert parse_inventory(noted.encode(), where="x.csv").lines == LINES


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1234567890123456789, "is a number of more than 15 digits"),
        ("=1+1", "inventory.1.amount.value is a formula whose result the file does not keep"),
        (date(2025, 1, 1), "inventory.1.amount.value is a date cell"),
        (True, "inventory.1.amount.value is not a plain decimal"),
        ("0,75", "inventory.1.amount.value is not a plain decimal"),
    ],
)
def test_a_cell_that_is_not_what_was_typed_is_refused(value: Any, message: str) -> None:
    data = workbook(lambda book: book["inventory"].__setitem__("C2", value))
    (found,) = faults(data, "x.xlsx")
    assert message in found
    assert found.startswith("x.xlsx inventory!C2: inventory.1.amount.value is ")
    assert "exponent" not in found


@pytest.mark.parametrize(
    ("sheet", "cell", "expected"),
    [
        ("head", "B5", "x.xlsx head!B5: role is a formula"),
        ("head", "A5", "x.xlsx head!A5: row 5 is a formula"),
        ("head", "C5", "x.xlsx head!C5: role has a cell that stands under no column"),
        ("inventory", "C1", "x.xlsx inventory!C1: column 3 is a formula"),
        ("inventory", "Z2", "x.xlsx inventory!Z2: inventory.1.column 26 has a cell that stands"),
    ],
)
def test_a_formula_is_reported_with_its_member(sheet: str, cell: str, expected: str) -> None:
    data = workbook(lambda book: book[sheet].__setitem__(cell, "=1+1"))
    assert any(one.startswith(expected) for one in faults(data, "x.xlsx"))


def test_what_people_note_may_be_anything() -> None:
    def note(book: Any) -> None:
        book["inventory"]["I2"] = "=1+1"
        assert book["inventory"]["I1"].value == "note"

    assert parse_inventory(workbook(note), where="x.xlsx").lines == LINES


@pytest.mark.parametrize(
    ("typed", "text"),
    [(0.1, "0.1"), (1e-7, "0.0000001"), (75, "75"), (75.0, "75"), (12345.6789012345, None)],
)
def test_a_number_of_at_most_15_digits_is_what_was_typed(typed: float, text: str | None) -> None:
    data = workbook(lambda book: book["inventory"].__setitem__("C2", typed))
    found = parse_inventory(data, where="x.xlsx").lines[0]["amount"]["value"]
    assert found == (text or repr(typed))


def test_several_cells_are_reported_at_once() -> None:
    def spoil(book: Any) -> None:
        book["head"]["B5"] = "maker"
        book["inventory"]["A2"] = "melting"
        book["inventory"]["H3"] = "maybe"

    assert [one.partition(": ")[0] for one in faults(workbook(spoil), "x.xlsx")] == [
        "x.xlsx head!B5",
        "x.xlsx inventory!A2",
        "x.xlsx inventory!H3",
    ]


def test_a_workbook_needs_its_sheets() -> None:
    data = workbook(lambda book: setattr(book["head"], "title", "Sheet1"))
    (found,) = faults(data, "x.xlsx")
    assert "has no sheet named head; its sheets are 'Sheet1', 'inventory'" in found
    data = workbook(lambda book: book["head"].__setitem__("A1", "x"))
    assert faults(data, "x.xlsx") == [
        "x.xlsx head!A1: does not begin with member and value — head the columns so"
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(64), XLSX[:-40], b"x"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    what = "is cut short: the end" if len(data) > 1 else "is not a workbook that can be read"
    assert what in faults(data, "x.xlsx")[0]
    assert "save it as .xlsx" in faults(b"\xd0\xcf\x11\xe0" + data, "x.xls")[0]


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO(XLSX)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = zipped("xl/bomb.xml", bytes(65 * 1024 * 1024))
    assert len(data) < 128 * 1024
    with pytest.raises(TooLarge, match="unpacks to more than 67108864 bytes"):
        parse_inventory(data, where="x.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(encoding: str) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><x>&a;</x>'
    with pytest.raises(TooLarge, match="a document type"):
        parse_inventory(zipped("xl/more.xml", text.encode(encoding)), where="x.xlsx")


def test_a_sheet_is_bounded() -> None:
    data = workbook(lambda book: book["inventory"].__setitem__("A16385", "use"))
    with pytest.raises(TooLarge, match="beyond 16384 rows or 128 columns"):
        parse_inventory(data, where="x.xlsx")
    data = workbook(lambda book: book["head"].cell(row=2, column=140, value="x"))
    with pytest.raises(TooLarge, match="beyond 16384 rows or 128 columns"):
        parse_inventory(data, where="x.xlsx")
    assert "is beyond 16384 rows or 128 columns" in faults(CSV + "\n" * 17_000)[0]


def test_the_broken_example_shows_a_newcomer_every_mistake() -> None:
    data = (FIRST_STEPS / "broken.csv").read_bytes()
    assert [one.split(": ")[0] for one in faults(data)] == [
        f"x.csv:{place}" for place in ("5:2", "17:2", "26:2", "29:3", "29:8", "30:4", "30:6")
    ]


def test_the_document_has_the_code_s_limits() -> None:
    document = FIRST_STEPS.parents[1] / "docs" / "inventory.md"
    _, _, section = document.read_text(encoding="utf-8").partition("\n**Limits**: ")
    told = [
        int(one.replace(",", "")) for one in re.findall(r"[0-9,]*[0-9]", section.split("\n\n")[0])
    ]
    mib = 1024 * 1024
    assert told == [
        *(MAX_BYTES // mib, MAX_LINES, MAX_DEPTH, MAX_NODES, MAX_ROWS, MAX_COLUMNS),
        *(MAX_LINE, MAX_TEXT, LIMITS.unpacked // mib, LIMITS.tags),
    ]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "x.xlsx", "is empty: it has 0 bytes"),
        (XLSX[:3000], "x.xlsx", "is cut short"),
        (b"\x05zhang", "a/~$x.xlsx", "is the lock file"),
    ],
)
def test_what_holds_no_table_is_named_as_what_it_is(data: bytes, name: str, said: str) -> None:
    (one,) = faults(data, name)
    assert said in one
    assert "password" not in one
