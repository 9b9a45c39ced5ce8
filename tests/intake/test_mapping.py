"""A company's own sheet, read by a mapping that is saved and used again."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.intake import (
    InventoryProblems,
    compose,
    parse_inventory,
    parse_mapped,
    propose_mapping,
)
from tests.intake.drafts import PRODUCT
from tests.intake.filling import saved
from tests.project.pyproject import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.intake import Inventory
    from tests.intake.place import Place

FOLDER = ROOT / "examples" / "own-sheet"
SHEET = (FOLDER / "ledger-2025.xlsx").read_bytes()
MAP = (FOLDER / "map.yaml").read_text(encoding="utf-8")
NAME = "2025年能耗台账"
HEAD = {**PRODUCT, "digits": 9}


def read(sheet: bytes = SHEET, by: str = MAP, where: str = "own.xlsx") -> Inventory:
    return parse_mapped(sheet, by.encode(), where=where, mapping_where="map.yaml")


def told(sheet: bytes = SHEET, by: str = MAP, where: str = "own.xlsx") -> list[str]:
    with pytest.raises(InventoryProblems) as caught:
        read(sheet, by, where)
    return [str(one) for one in caught.value.problems]


def changed(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(SHEET))
    change(book[NAME])
    return saved(book)


def own(columns: dict[str, Any], **more: Any) -> str:
    """A mapping with the head of a plain product."""
    value = {"mapping": 1, "columns": columns, "head": HEAD, **more}
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def test_the_example_is_what_its_rows_come_to(place: Place) -> None:
    power = place.factor(
        "mix", pcf={"declaredUnitOfMeasurement": "kilowatt hour"}, includesTransmission=True
    )
    found = read()
    draft = compose(found, found.issuer, {"electricity": power}.__getitem__)
    refrigerant = Fraction(12) * (Fraction(771) + Fraction(3740)) / 2  # AR6: HFC-32, HFC-125
    year = (
        Fraction(1864000) * Fraction("2.5")
        + Fraction(1260000) * Fraction("1.9")
        + Fraction(48000) * 2
        + Fraction(5200) * Fraction("3.7")
        + Fraction(9300) * Fraction("0.2")
        + refrigerant
        + Fraction(226800) * Fraction("0.1")
    )
    said = Fraction(draft["credentialSubject"]["pcf"]["pcfExcludingBiogenicUptake"])
    assert abs(said - year / 5200) <= Fraction(1, 10)
    lines = draft["credentialSubject"]["inventory"]
    assert [one["primary"] for one in lines] == [True] * 7 + [False]
    gas = next(one for one in lines if one["description"] == "天然气")
    assert gas["amount"]["quantity"] == {"state": "20 °C 101.325 kPa"}


def test_what_is_proposed_and_completed_reads_the_sheet() -> None:
    found = propose_mapping(SHEET, where="own.xlsx", sheet=NAME)
    said = {(one.cell.rpartition("!")[2], one.what.partition(",")[0]) for one in found.open}
    assert said == {
        ("E3", "may be source.reference"),
        ("F3", "could not be placed"),
        ("D6", "is no unit that is known"),
        ("", "has no column that says the stage"),
    }
    # As it stands it is refused, and by what was left open.
    value = yaml.safe_load(found.text)
    value["head"] = HEAD
    answer = told(by=yaml.safe_dump(value, allow_unicode=True))
    assert any(
        "E3: 数据来源 heads a column that the mapping does not name" in one for one in answer
    )
    value["columns"] |= {"数据来源": "note", "供应商/备注": "note"}
    value["columns"]["计量单位"] = {"member": "amount.unit", "words": {"标方": "m3 (20 °C)"}}
    value["every"]["stage"] = "制造"
    read_ = read(by=yaml.safe_dump(value, allow_unicode=True))
    assert read_.inputs == {"外购电力", "铸铁件", "天然气", "柴油（叉车）", "自来水", "铸件运输"}
    assert {one["stage"] for one in read_.lines} == {"manufacturing"}
    assert {one["primary"] for one in read_.lines} == {False}


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("F3", "供应商", "台账!F3: 供应商 heads a column that the mapping does not name"),
        ("B4", "外购电", "under meanings.名称, or write 外购电力 if that is meant"),
        ("B4", None, "row 4 is empty under 名称, which says what the line is"),
        ("B11", "小计", "row 11 is a sum or an average: lines are added up"),
        ("C4", "很多", "台账!C4: inventory.1.amount.value is not a plain decimal"),
        ("D4", "桶", "台账!D4: inventory.1.amount.unit is not usable"),
        ("E4", "听说", "台账!E4: inventory.1.primary is not true or false"),
        ("C4", None, "台账!C4: inventory.1.amount.value is missing"),
        ("H4", "5", "台账!H4: row 4 has a cell that stands under no column"),
    ],
)  # fmt: skip
def test_nothing_of_the_sheet_is_left_out_in_silence(
    cell: str, value: str | None, expected: str
) -> None:
    def change(sheet: Any) -> None:
        sheet[cell].value = value

    answer = told(changed(change))
    assert any(expected in one for one in answer), answer


def test_a_row_without_a_meaning_is_one_fault() -> None:
    def change(sheet: Any) -> None:
        sheet["B4"].value = "蒸汽"

    assert len(told(changed(change))) == 1


def test_a_hidden_sheet_is_refused_by_whoever_reads_it() -> None:
    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("显示")

    data = changed(hide)
    (one,) = told(data)
    assert one == f"own.xlsx {NAME}!A1: sheet {NAME} is hidden — show it, or delete it"
    with pytest.raises(InventoryProblems, match="is hidden"):
        propose_mapping(data, where="own.xlsx", sheet=NAME)


def test_a_hidden_row_of_the_sheet_is_refused() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[5].hidden = True

    assert any("row 5 is hidden" in one for one in told(changed(hide)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("mapping: 1", "mapping: 2", "map.yaml:3:10: mapping is not"),
        ("用量: amount.value", "用量: amount.valu",
         "columns.用量 is no member of a line — did you mean amount.value?"),
        ("用量: amount.value", "用量: {unit: kg}", "columns.用量 is not a member's name"),
        ("用量: amount.value", "用量: 数量", ""),
        ("用量: amount.value", "用 量: amount.value", ""),
        ("用量: amount.value", "消耗: amount.value",
         "map.yaml:9:7: columns.消耗 is a column that the sheet"),
        ("headings: 3", "headings: 2", "A2: 填报部门"),
        ("headings: 3", "headings: 90", "has nothing in row 90"),
        ("headings: 3\n", "", ""),
        ("2025年能耗台账", "2024年能耗台账", "has no sheet of the name that is asked for"),
        ("geographyCountry: CN", "geographyCountry: Chian",
         "map.yaml:45:23: pcf.geographyCountry is not an ISO 3166-1"),
        ("electricity: grid", "electricty: grid", "外购电力.electricty is no member of a line"),
        ("序号: note", "序号: description", "B4: row 4.description is said twice of one line"),
        ("  - {name", "  - {nam", "map.yaml:56:15: process.outputs.1.nam is not"),
        ("head:\n", "heads:\n", "map.yaml:3:1: head is missing"),
        ("leaveOut:", "leaveout:", "leaveout is not a member that is known here"),
    ],
)  # fmt: skip
def test_a_fault_of_the_mapping_has_its_place_there(old: str, new: str, expected: str) -> None:
    assert old in MAP
    text = MAP.replace(old, new, 1)
    if not expected:
        assert read(by=text).lines == read().lines
        return
    answer = told(by=text)
    assert any(expected in one for one in answer), answer


def test_each_cell_of_a_column_may_be_a_line() -> None:
    """As plants keep it: a row a month, a column for each energy."""
    sheet = "月份,电(kWh),天然气(m3),备注\n1月,1000,20,\n2月,1200,-,停炉\n合计,2200,20,\n"
    by = own(
        {
            "月份": "description",
            "电(kWh)": {"unit": "kWh", "line": {"description": "用电", "source.input": "grid"}},
            "天然气(m3)": {"unit": "m3", "line": {"描述": "天然气", "source.input": "gas"}},
            "备注": "note",
        },
        leaveOut={"月份": ["合计"]},
        empty=["-"],
        every={"stage": "manufacturing", "primary": True},
    )
    lines = read(sheet.encode(), by, "months.csv").lines
    assert [(one["description"], one["amount"]["value"], one["source"]) for one in lines] == [
        ("用电 (1月)", "1000", {"input": "grid"}),
        ("天然气 (1月)", "20", {"input": "gas"}),
        ("用电 (2月)", "1200", {"input": "grid"}),
    ]


@pytest.mark.parametrize(
    ("said", "member"),
    [
        ({"columns": {"Phase": "stage"}}, "stage"),
        ({"columns": {"Phase": "note"}, "meanings": {"Phase": {"use": {"stage": "use"}}}}, "stage"),
        ({"columns": {"Phase": "note"}, "meanings": {"Phase": {"use": {"amount.unit": "kWh"}}}},
         "amount.unit"),
        ({"columns": {"Phase": "note", "Total": "amount.value"}}, "amount.value"),
    ],
)  # fmt: skip
def test_what_a_column_s_line_says_is_said_by_nothing_else_of_its_row(
    said: dict[str, Any], member: str
) -> None:
    """The column's own line went before what its row says, without a word."""
    sheet = b"Month,Phase,Total,Power\nJan,use,3,10\n"
    line = {"description": "power", "stage": "manufacturing", "source.input": "x"}
    columns = {"Month": "description", "Total": "note", "Power": {"unit": "kWh", "line": line}}
    every = {"primary": True, "stage": "distribution"}
    more = {name: value for name, value in said.items() if name != "columns"}
    by = own({**columns, **said["columns"]}, every=every, **more)
    (one,) = told(sheet, by, "own.csv")
    assert f"own.csv:2:4: row 2.{member} is said twice of one line" in one
    (one,) = read(sheet, own({**columns, "Phase": "note"}, every=every), "own.csv").lines
    assert (one["stage"], one["description"]) == ("manufacturing", "power (Jan)")


def test_a_csv_of_a_chinese_spreadsheet_is_read_by_its_mapping() -> None:
    sheet = "项目名称;用量(吨)\n生铁;12\n废钢;3\n".encode("gb18030")
    by = own(
        {"项目名称": "description", "用量(吨)": {"member": "amount.value", "unit": "吨"}},
        meanings={
            "项目名称": {"生铁": {"source.input": "iron"}, "废钢": {"source.input": "scrap"}}
        },
        every={"stage": "原材料", "primary": "是"},
    )
    found = read(sheet, by, "gbk.csv")
    assert found.inputs == {"iron", "scrap"}
    assert [one["amount"] for one in found.lines] == [
        {"value": "12", "unit": "吨"},
        {"value": "3", "unit": "吨"},
    ]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_row_that_begins_with_a_number_sign_is_a_row_of_one_s_own_sheet(suffix: str) -> None:
    rows = [["名称", "用量"], ["1#机组", 10], ["#2机组", 90], ["# 备注", 5]]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    text = "\n".join(f"{label},{amount}" for label, amount in rows)
    data = saved(book) if suffix == "xlsx" else text.encode()
    columns = {"名称": "description", "用量": {"member": "amount.value", "unit": "kWh"}}
    every = {"stage": "use", "primary": True, "source.input": "x"}
    by = own(columns, every=every, leaveOut={"名称": ["# 备注"]})
    lines = read(data, by, f"own.{suffix}").lines
    assert [one["description"] for one in lines] == ["1#机组", "#2机组"]
    assert "#2机组" in propose_mapping(data, where=f"own.{suffix}").text


def test_columns_of_one_heading_are_told_apart_by_their_number() -> None:
    sheet = "名称,用量,用量\n生铁,12,13\n"
    columns = {"名称": "description", "用量": "amount.value"}
    answer = told(sheet.encode(), own(columns), "twice.csv")
    assert "twice.csv:1:2: 用量 heads several columns — name each by its number" in answer[0]
    columns = {"名称": "description", "column 2": "note", "column 3": "amount.value"}
    more = {"stage": "use", "primary": True, "amount.unit": "kg", "source.input": "x"}
    lines = read(sheet.encode(), own(columns, every=more), "twice.csv").lines
    assert lines[0]["amount"]["value"] == "13"


def test_texts_are_told_apart_by_what_stands_within_them() -> None:
    """A blank, a comma, a dash or brackets made no difference: the last meaning was taken."""
    sheet = "Item,Line,Unit,Amount\na,1-2,t-1,10\nb, 12 ,T1,20\nc,ＡＢ,t-1,30\n".encode()
    columns = {"Item": "description", "Line": "note", "Amount": "amount.value",
               "Unit": {"member": "amount.unit", "words": {"t-1": "kg", "t1": "t"}}}  # fmt: skip
    stages = {"1-2": {"stage": "use"}, "12": {"stage": "distribution"}, "ab": {"stage": "use"}}
    every = {"primary": True, "source.input": "x"}
    lines = read(sheet, own(columns, meanings={"Line": stages}, every=every), "own.csv").lines
    assert [one["stage"] for one in lines] == ["use", "distribution", "use"]
    assert [one["amount"]["unit"] for one in lines] == ["kg", "t", "kg"]
    by = own(columns, leaveOut={"Line": ["1-2"]}, every={**every, "stage": "use"})
    assert [one["description"] for one in read(sheet, by, "own.csv").lines] == ["b", "c"]


@pytest.mark.parametrize("other", ["KW h", "kw h ", "ＫＷ h"])
def test_texts_that_are_not_told_apart_are_a_fault_of_the_mapping(other: str) -> None:
    sheet = b"Item,Amount\nkw h,10\n"
    columns: dict[str, Any] = {"Item": "description", "Amount": "amount.value"}
    meanings = {"Item": {"kw h": {"stage": "use"}, other: {"stage": "recycling"}}}
    (one,) = told(sheet, own(columns, meanings=meanings), "own.csv")
    assert one.startswith("map.yaml:")
    assert "is compared as" in one
    assert "keep one of the two" in one
    columns["Item"] = {"member": "description", "words": {"kw h": "a", other: "b"}}
    (one,) = told(sheet, own(columns), "own.csv")
    assert "columns.Item.words." in one
    assert "is compared as" in one


def test_a_proposal_has_one_meaning_for_texts_that_are_not_told_apart() -> None:
    found = propose_mapping("名称,数量,单位\nPET,1,桶\npet,2,桶\n".encode(), where="a.csv")
    assert yaml.safe_load(found.text)["meanings"] == {"名称": {"PET": {"source.input": "PET"}}}


def test_the_lines_are_the_sheet_s_alone() -> None:
    by = MAP.replace("head:\n", "head:\n  inventory: []\n")
    assert any("stands in the mapping's head — leave it out" in one for one in told(by=by))


def test_a_heading_names_its_unit_in_brackets() -> None:
    found = propose_mapping("名称,消耗量（万千瓦时）\n电,1\n".encode(), where="a.csv")
    assert yaml.safe_load(found.text)["columns"] == {
        "名称": "description",
        "消耗量（万千瓦时）": {"member": "amount.value", "unit": "万千瓦时"},
    }


def test_a_mapping_and_a_sheet_are_bounded() -> None:
    with pytest.raises(TooLarge, match=r"map.yaml is longer than"):
        read(by="#" * (1 << 21))
    with pytest.raises(TooLarge, match=r"own.xlsx is longer than"):
        read(SHEET + b"\0" * (9 << 20))


def test_most_headings_unknown_is_one_answer_that_names_the_way() -> None:
    text = (ROOT / "examples/first-steps/bracket.csv").read_text(encoding="utf-8")
    head, _, _ = text.partition("stage,")
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory((head + "物料,去向,责任人,数量\n铁,库,张,1\n").encode(), where="x.csv")
    (only,) = caught.value.problems
    assert "rootprint mapping" in only.remedy
    assert "rootprint template" in only.remedy
    assert Path(only.file).suffix == ".csv"


def _two_rows() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["原辅料及能源"],
        ["名称", "1季度", None, "2季度", None],
        [None, "数量", "单位", "数量", "单位"],
        ["钢材", 10, "吨", 12, "吨"],
        ["电", 1.2, "万度", 1.3, "万度"],
    ):
        page.append(row)
    for merged in ("A1:E1", "B2:C2", "D2:E2", "A2:A3"):
        page.merge_cells(merged)
    return saved(book)


def test_headings_in_two_rows_are_read_together() -> None:
    columns = {
        "名称": "description",
        "1季度 数量": "amount.value",
        "1季度 单位": "amount.unit",
        "2季度 数量": "note",
        "2季度 单位": "note",
    }
    every = {"stage": "use", "primary": True, "source.input": "x"}
    by = own(columns, headings=[2, 3], every=every)
    assert [one["amount"] for one in read(_two_rows(), by).lines] == [
        {"value": "10", "unit": "吨"},
        {"value": "1.2", "unit": "万度"},
    ]
    answer = told(_two_rows(), own(columns, headings=[2, 4], every=every))
    assert any("those of two or three that follow each other" in one for one in answer)


def test_headings_in_two_rows_are_proposed() -> None:
    found = propose_mapping(_two_rows(), where="x.xlsx")
    assert yaml.safe_load(found.text)["headings"] == [2, 3]
    assert "1季度 数量" in found.text
    assert yaml.safe_load(propose_mapping(SHEET, where="x", sheet=NAME).text)["headings"] == 3
