"""A row that is a sum of others is no line: by whatever it is called, and by its numbers."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
import yaml

from rootprint.ledger.intake import (
    InventoryProblems,
    Proposal,
    parse_inventory,
    parse_mapped,
    propose_mapping,
)
from rootprint.ledger.intake.inventory.sums import is_called_sum
from tests.intake.drafts import PRODUCT
from tests.intake.filling import filled, saved

MONTHS = [[f"{month}月", 12000 + month * 100, 300 + month] for month in range(1, 13)]
SUMS = [151800, 3678]
LABELS = [
    *("合计", "合  计", "合\u3000计", "总 计", "小  计", "年度合计", "合计：", "全年", "全年合计"),
    *("2025年合计", "一季度小计", "年累计", "累计", "计", "Σ", "SUM", "全年总用量", "平均", "月均"),
    *(
        "月平均",
        "上年同期",
        "同比增长%",
        "合计（吨）",
        "本页小计",
        "Total",
        "Sub-total",
        "Annual total",
    ),
    *("Grand Total:", "Average"),
]


def sheet(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "能耗"
    for row in [["月份", "用电量(kWh)", "天然气(m³)"], *rows]:
        page.append(row)
    return saved(book)


def by(**more: Any) -> bytes:
    every = {"source.input": "x", "stage": "manufacturing"}
    columns = {
        "月份": "note",
        "用电量(kWh)": {"unit": "kWh", "line": {"description": "用电", **every}},
        "天然气(m³)": {"unit": "m3", "line": {"description": "天然气", **every}},
    }
    value = {"mapping": 1, "columns": columns, "every": {"primary": True}, "head": PRODUCT, **more}
    return yaml.safe_dump(value, allow_unicode=True).encode()


def told(data: bytes, mapping: bytes | None = None) -> list[str]:
    try:
        if mapping is None:
            parse_inventory(data, where="x.xlsx")
        else:
            parse_mapped(data, mapping, where="x.xlsx", mapping_where="map.yaml")
    except InventoryProblems as error:
        return [str(one) for one in error.problems]
    return []


@pytest.mark.parametrize("label", LABELS)
def test_a_mapped_row_that_is_called_a_sum_is_refused_until_it_is_left_out(label: str) -> None:
    rows = sheet(*MONTHS, [label, 7, 9])
    (one,) = told(rows, by())
    assert "能耗!A14: row 14 is a sum or an average" in one
    assert "name its text under leaveOut.月份" in one
    assert told(rows, by(leaveOut={"月份": [label]})) == []


@pytest.mark.parametrize("label", [None, "十二个月", "厂区"])
def test_a_mapped_row_whose_numbers_are_the_sums_of_those_above_is_refused(
    label: str | None,
) -> None:
    (one,) = told(sheet(*MONTHS, [label, *SUMS]), by())
    assert "row 14 is the sum of rows 2 to 13" in one
    assert "leaveOut" in one


def test_subtotals_and_the_sum_of_all_are_known_by_their_numbers() -> None:
    rows = [
        *(["a", 5, 1], ["b", 7, 2], ["c", 12, 3]),
        *(["d", 4, 1], ["e", 9, 1], ["f", 13, 2], ["g", 25, 5]),
    ]
    answer = told(sheet(*rows), by())
    assert [one.partition(":")[2].partition(":")[0].strip() for one in answer] == [
        "row 4 is the sum of rows 2 to 3",
        "row 7 is the sum of rows 5 to 6",
        "row 8 is the sum of rows 2 to 6",
    ]


def test_a_row_that_only_looks_like_a_sum_is_named_under_leave_in() -> None:
    rows = sheet(["a", 1, 1], ["b", 2, 1], ["c", 3, 2])
    assert "under leaveIn if it is a line" in told(rows, by())[0]
    assert told(rows, by(leaveIn={"月份": ["c"]})) == []


def test_the_proposal_leaves_sums_out() -> None:
    rows = sheet(*MONTHS, ["合  计", *SUMS], ["十二个月", *SUMS], ["月平均", 12650, 306])
    found = propose_mapping(rows, where="x.xlsx")
    assert yaml.safe_load(found.text)["leaveOut"] == {"月份": ["合  计", "月平均"]}
    (one,) = [str(one) for one in found.open if "sums of" in one.what]
    assert "能耗!A15: row 15 has numbers that are the sums of rows 2 to 13, and may be" in one


def proposed(text: str, **decided: Any) -> tuple[Proposal, list[dict[str, Any]], list[str]]:
    """Propose a mapping of a CSV and complete it: what is open, and what composing by it says."""
    found = propose_mapping(text.encode(), where="x.csv")
    value = yaml.safe_load(found.text)
    value["head"] = {**PRODUCT, "digits": 9}
    value["every"] = {"primary": True, "stage": "use"}
    for name, texts in decided.pop("meanings", {}).items():
        value["meanings"][name] |= texts
    written = yaml.safe_dump(value | decided, allow_unicode=True).encode()
    try:
        read = parse_mapped(text.encode(), written, where="x.csv", mapping_where="map.yaml")
    except InventoryProblems as error:
        return found, [], [str(one) for one in error.problems]
    return found, list(read.lines), [str(one) for one in read.findings]


def test_rows_of_several_units_are_no_sums_of_each_other() -> None:
    found, lines, said = proposed(
        "Item,Amount,Unit\nElectricity,10,kWh\nSteel,20,kg\nGas,30,m3\nWater,7,t\n"
    )
    assert "leave" not in found.text
    assert [one["description"] for one in lines] == ["Electricity", "Steel", "Gas", "Water"]
    assert not any("sum" in one for one in said)
    _, lines, said = proposed("Item,Amount,Unit\nElectricity,10,kWh\nSteel,20,kg\nSite,30,\n")
    assert any("x.csv:4:1: row 4 is the sum of rows 2 to 3" in one for one in said)


def test_a_sum_by_its_numbers_alone_stays_open_until_somebody_decides() -> None:
    text = (
        "Item,Amount,Unit\nElectricity,10,kWh\nElectricity,20,kWh\nElectricity,30,kWh\nGas,7,m3\n"
    )
    found, _, said = proposed(text)
    assert "leaveOut:" not in found.text
    assert "  # Item: [Electricity] # row 4, the sum of rows 2 to 3" in found.text
    assert [one.what for one in found.open if one.line == 4] == [
        "has numbers that are the sums of rows 2 to 3, and may be a line"
    ]
    assert any("row 4 is the sum of rows 2 to 3" in one for one in said)
    power = {"Item": {"Electricity": {"source.input": "power"}}}
    for decided in ({}, {"leaveIn": {"Item": ["Electricity"]}}):
        _, lines, said = proposed(text, meanings=power, **decided)
        assert [one["amount"]["value"] for one in lines] == ["10", "20", "30", "7"]
        told_ = "row 4 is a line by its meaning, and the sum of rows 2 to 3 by its numbers"
        assert any(told_ in one for one in said) != bool(decided)


@pytest.mark.parametrize(
    ("label", "column"),
    [("合  计", "C"), ("本页小计", "C"), ("合计（吨）", "C"), ("年度合计", "A"), ("Σ", "A")],
)
def test_a_sum_in_the_template_is_one_fault(label: str, column: str) -> None:
    book = filled("zh")
    book["清单"][f"{column}10"], book["清单"]["D10"], book["清单"]["E10"] = label, 3675, "吨"
    (one,) = told(saved(book))
    assert "row 10 is a" in one
    assert "delete the row" in one


def test_a_sum_with_all_that_a_line_has_is_a_sum_still() -> None:
    book = filled("zh")
    page = book["清单"]
    for cell in page[6]:
        page.cell(10, cell.column, cell.value)
    page["C10"], page["D10"] = "合  计", 1
    assert "row 10 is a sum" in told(saved(book))[0]
    page["C10"], page["D10"] = "外购电力合计", 125 + 1050 + 2500 + 3000
    assert "row 10 is the sum of rows 5 to 9" in told(saved(book))[0]
    page["C10"], page["D10"] = "外购电力合计", 1
    assert told(saved(book)) == []


def test_an_amount_that_happens_to_be_a_sum_is_said_of_a_line() -> None:
    book = filled("zh")
    page = book["清单"]
    for row, amount in ((10, 100), (11, 1150)):
        for cell in page[6]:
            page.cell(row, cell.column, cell.value)
        page.cell(row, 4, amount)
    found = parse_inventory(saved(book), where="x.xlsx").findings
    assert any("row 11 has an amount that is the sum of rows 6 to 10" in str(one) for one in found)


def test_who_filled_it_in_is_a_footnote() -> None:
    signed = ["填表人：张三", None, "审核：李四"]
    (one,) = told(sheet(*MONTHS, signed), by())
    assert "row 14 says who filled in or checked the sheet, as a footnote" in one
    assert told(sheet(*MONTHS, signed), by(leaveOut={"月份": ["填表人：张三"]})) == []
    book = filled("zh")
    book["清单"]["C10"], book["清单"]["E10"] = "填表人：张三", "审核：李四"
    (one,) = told(saved(book))
    assert "row 10 says who filled in or checked the table" in one


@pytest.mark.parametrize(
    "name", ["合计器", "平均温度计", "Totalizer", "电力", "1月", "全厂", "steel"]
)
def test_what_is_no_sum_is_not_called_one(name: str) -> None:
    assert not is_called_sum(name)


def test_the_template_s_own_lists_are_no_lines_and_a_copied_sheet_may_be() -> None:
    book = filled("zh")
    found = parse_inventory(saved(book), where="x.xlsx").findings
    assert not any("is not read" in str(one) for one in found)
    book.copy_worksheet(book["清单"]).title = "清单 (2)"
    found = parse_inventory(saved(book), where="x.xlsx").findings
    assert any(
        "sheet 清单 (2) has the columns of lines, and is not read" in str(one) for one in found
    )
