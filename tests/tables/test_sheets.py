"""A sheet's cells as a person sees them, from files as programs write them."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.tables import STRUCK, Cell, Sheet, SheetLimits, WorkbookLimits, open_workbook
from rootprint.ledger.tables.formats import DATE, ROUNDED
from rootprint.ledger.tables.grid import FORMULA
from rootprint.ledger.tables.worksheet import COVERED, CUT, LOST, NO_RESULT
from tests.tables.books import MAIN, book

LIMITS = WorkbookLimits(unpacked=1 << 24, parts=64, tags=100_000)
SHEET = SheetLimits(rows=1000, columns=64, cells=2000)
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/>'
    '<numFmt numFmtId="165" formatCode="0&quot; kg&quot;"/></numFmts>'
    "<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/>'
    '<xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="0" fontId="1"/>'
    '<xf numFmtId="0" fontId="2"/><xf numFmtId="1"/></cellXfs>'
)


def read(xml: str, **parts: object) -> Sheet:
    data = book({"s": xml}, styles=STYLES, **parts)  # type: ignore[arg-type]
    return open_workbook(data, LIMITS, SHEET, where="b.xlsx").sheet("s")


def cells(inner: str, **parts: object) -> tuple[Cell, ...]:
    sheet = read(f'<sheetData><row r="1">{inner}</row></sheetData>', **parts)
    return sheet.rows[0].cells if sheet.rows else ()


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<c r="A1"><v>1.1000000000000001</v></c>', "1.1"),
        ('<c r="A1"><v>1.2E5</v></c>', "120000"),
        ('<c r="A1"><v>1E-7</v></c>', "0.0000001"),
        ('<c r="A1"><v> 5 </v></c>', "5"),
        ("<c><v>5</v></c>", "5"),
        ('<c r="A1" t="b"><v>1</v></c>', "true"),
        ('<c r="A1" t="b"><v>0</v></c>', "false"),
        ('<c r="A1" t="s"><v>0</v></c>', "kg"),
        ('<c r="A1" t="str"><v>kg</v></c>', "kg"),
        ('<c r="A1" t="inlineStr"><is><t>kg</t></is></c>', "kg"),
        ('<c r="A1" t="inlineStr"><is><r><t>k</t></r><r><t>g</t></r></is></c>', "kg"),
        ('<c r="A1" s="1"><v>0.035</v></c>', "3.5%"),
        ('<c r="A1" s="5"><v>5</v></c>', "5"),
        ('<c r="A1" s="99"><v>5</v></c>', "5"),
    ],
)
def test_a_cell_s_text(inner: str, text: str) -> None:
    (cell,) = cells(inner, strings=["<t xml:space='preserve'>\u00a0kg\u200b\u3000</t>"])
    assert cell == Cell(text, 1, 1)


@pytest.mark.parametrize(
    ("inner", "wrong"),
    [
        ('<c r="A1" s="3"><v>45000</v></c>', DATE),
        ('<c r="A1" t="d"><v>2025-01-01</v></c>', DATE),
        ('<c r="A1" s="4"><v>5</v></c>', STRUCK),
        ('<c r="A1"><v>12345678901234567</v></c>', LOST),
        ('<c r="A1"><f>1+1</f></c>', NO_RESULT),
        ('<c r="A1"><f>1+1</f><v></v></c>', NO_RESULT),
        ('<c r="A1" t="shared"><f t="shared" si="0"/><v/></c>', NO_RESULT),
    ],
)
def test_a_cell_that_can_t_be_read(inner: str, wrong: tuple[str, str]) -> None:
    (cell,) = cells(inner)
    assert cell.wrong == wrong


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_an_error_value_is_named(error: str) -> None:
    (cell,) = cells(f'<c r="A1" t="e"><f>A2</f><v>{error}</v></c>')
    assert cell.wrong is not None
    assert error in cell.wrong[0]


def test_a_formula_s_kept_result_is_read_and_said() -> None:
    two, text, empty = (
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="B1" t="str"><f>A2</f><v>kg</v></c>',
        '<c r="C1" t="str"><f>""</f><v></v></c>',
    )
    found = cells(two + text + empty)
    assert [(cell.text, cell.notes) for cell in found] == [("2", (FORMULA,)), ("kg", (FORMULA,))]


def test_digits_that_are_not_shown_are_said() -> None:
    (cell,) = cells('<c r="A1"><v>0.33333333333333331</v></c>')
    assert (cell.text, cell.notes) == ("0.333333333333333", (CUT,))
    (cell,) = cells('<c r="A1" s="6"><v>2.5</v></c>')
    assert (cell.text, cell.notes) == ("2.5", (ROUNDED,))


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("<r><rPr><strike/></rPr><t>old</t></r><r><t>new</t></r>", True),
        ("<r><rPr><strike val='1'/></rPr><t>old</t></r>", True),
        ("<r><rPr><strike val='0'/></rPr><t>old</t></r>", False),
        ("<r><rPr><strike/></rPr><t> </t></r><r><t>new</t></r>", False),
        ("<t>废钢</t><rPh sb='0' eb='2'><t>feigang</t></rPh>", False),
    ],
)
def test_a_part_of_a_text_may_be_struck_out(text: str, *, struck: bool) -> None:
    (cell,) = cells('<c r="A1" t="s"><v>0</v></c>', strings=[text])
    assert (cell.wrong == STRUCK) == struck
    assert "feigang" not in cell.text


def test_escaped_characters_are_what_they_stand_for() -> None:
    (cell,) = cells('<c r="A1" t="s"><v>0</v></c>', strings=["<t>a_x000A_b_x0041__xD800_</t>"])
    assert cell.text == "a\nbA_xD800_"


def test_hidden_rows_and_columns_are_marked() -> None:
    one = '<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c r="F{0}"><v>6</v></c>'
    sheet = read(
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/>'
        '<col min="40" max="16384" hidden="true"/></cols><sheetData>'
        f'<row r="1">{one.format(1)}</row><row r="2" hidden="1">{one.format(2)}</row>'
        f'<row r="3" ht="0" customHeight="1">{one.format(3)}</row><row r="4" hidden="1"/>'
        f'<row r="7">{one.format(7)}</row></sheetData>'
    )
    assert [(row.number, row.hidden) for row in sheet.rows] == [
        (1, False), (2, True), (3, True), (7, False)
    ]  # fmt: skip
    assert {2, 3, 40, 64} <= sheet.hidden_columns
    assert 1 not in sheet.hidden_columns
    assert max(sheet.hidden_columns) == SHEET.columns


def test_merged_cells_are_marked_where_something_stands_in_them() -> None:
    sheet = read(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row></sheetData><mergeCells>'
        '<mergeCell ref="A1:A3"/><mergeCell ref="D1:XFD1"/><mergeCell ref="F1:G2"/></mergeCells>'
    )
    first, second = sheet.rows
    assert [(cell.column, cell.merged) for cell in first.cells][:3] == [
        (1, False), (4, False), (5, True)
    ]  # fmt: skip
    assert first.cells[-1].column == SHEET.columns
    assert [(cell.column, cell.wrong) for cell in second.cells] == [(1, COVERED), (2, None)]


@pytest.mark.parametrize("area", ["B2:C2", "C2:B2", "B1:C2", "$B$2:$C$2"])
def test_what_cells_are_merged_over_is_not_seen_though_nothing_stands_in_the_first(
    area: str,
) -> None:
    sheet = read(
        '<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>5</v></c></row></sheetData>'
        f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
    )
    (row,) = sheet.rows
    assert [(cell.column, cell.text, cell.wrong) for cell in row.cells] == [
        (1, "1", None), (3, "", COVERED)
    ]  # fmt: skip


def test_cells_that_only_have_a_format_are_no_cells() -> None:
    styled = "".join(f'<row r="{n}"><c r="ZZ{n}" s="1"/></row>' for n in range(2, 3000))
    sheet = read(f'<sheetData><row r="1"><c><v>1</v></c></row>{styled}</sheetData>')
    assert [row.number for row in sheet.rows] == [1]


def test_the_strict_form_and_prefixes_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = book({"s": "<sheetData><row><c><v>1</v></c></row></sheetData>"}, main=strict)
    assert open_workbook(data, LIMITS, SHEET, where="b").sheet("s").rows[0].cells[0].text == "1"
    prefixed = f'<x:sheetData xmlns:x="{MAIN}"><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>'
    assert read(prefixed).rows[0].cells[0].text == "1"
    other = '<y:row xmlns:y="urn:other"><c r="A9"/></y:row><sheetData/>'
    assert read(other).rows == ()


def test_sheets_are_listed_with_what_is_hidden() -> None:
    states = {"b": "hidden", "c": "veryHidden"}
    data = book({"a": "", "b": "", "c": ""}, states=states)
    found = open_workbook(data, LIMITS, SHEET, where="b.xlsx")
    assert (found.names, found.hidden) == (("a", "b", "c"), {"b", "c"})


@pytest.mark.parametrize(
    ("inner", "word"),
    [
        ('<sheetData><row r="1"><c r="A2"><v>1</v></c></row></sheetData>', "not in order"),
        ('<sheetData><row r="2"/><row r="1"/></sheetData>', "not in order"),
        ('<sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData>', "not in order"),
        ('<sheetData><row r="x"/></sheetData>', "no number"),
        ('<sheetData><row><c r="?"/></row></sheetData>', "no address"),
        ('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>', "not there"),
        ("<sheetData><row><c><v>1e999</v></c></row></sheetData>", "number is none"),
        ("<sheetData><row><c><v>NaN</v></c></row></sheetData>", "number is none"),
        ("<sheetData>", "no XML"),
    ],
)
def test_a_sheet_that_is_not_what_it_says_is_refused(inner: str, word: str) -> None:
    with pytest.raises(Refused, match=word) as caught:
        read(inner)
    assert caught.value.remedy == "save it as .xlsx without a password"


def test_a_sheet_has_limits() -> None:
    far = '<sheetData><row r="1001"><c><v>1</v></c></row></sheetData>'
    with pytest.raises(TooLarge, match=r"b\.xlsx sheet s is beyond 1000 rows or 64 columns"):
        read(far)
    with pytest.raises(TooLarge, match="beyond 1000 rows or 64 columns"):
        cells('<c r="XFD1"><v>1</v></c>')
    merges = '<mergeCell ref="A1:BL1000"/>' * 50_000
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 1001))
    with pytest.raises(TooLarge, match="merges more than 200000 cells"):
        read(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    empty = '<mergeCell ref="BA1:BL1000"/>' * 50_000
    with pytest.raises(TooLarge, match="merges more than 200000 cells"):
        read(f"<sheetData>{rows}</sheetData><mergeCells>{empty}</mergeCells>")
    wide = "<row>" + "<c><v>1</v></c>" * 3 + "</row>"
    with pytest.raises(TooLarge, match="has more than 2000 cells"):
        read(f"<sheetData>{wide * 700}</sheetData>")
    with pytest.raises(TooLarge, match="nested deeper than 64"):
        read("<a>" * 70 + "</a>" * 70)


def test_a_text_longer_than_a_cell_is_not_read() -> None:
    (cell,) = cells('<c r="A1" t="s"><v>0</v></c>', strings=[f"<t>{'x' * 32_768}</t>"])
    assert (cell.text, cell.wrong) == ("", ("has more than 32767 characters", "shorten it"))


def test_a_document_type_is_refused_in_any_part() -> None:
    part = f'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet xmlns="{MAIN}"/>'.encode()
    data = book({"s": ""}, more={"xl/styles.xml": part})
    with pytest.raises(TooLarge, match="document type"):
        open_workbook(data, LIMITS, SHEET, where="b.xlsx")
