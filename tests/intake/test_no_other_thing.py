"""What is offered for a name that is not known is never a unit of another size or another gas."""

from __future__ import annotations

from time import process_time

import pytest

from rootprint.calc.errors import CalculationError
from rootprint.ledger.figures import unit_table
from rootprint.ledger.intake.inventory.gases import gas_named, nearest_gas


def remedy(unit: str) -> str:
    with pytest.raises(CalculationError) as caught:
        unit_table().named(unit)
    return str(caught.value.remedy)


@pytest.mark.parametrize(
    ("unit", "times", "known"),
    [
        ("亿千瓦时", 10**8, "千瓦时"),
        ("百万千焦", 10**6, "千焦"),
        ("万吨标煤", 10**4, "吨标煤"),
        ("千立方米", 1000, "立方米"),
        ("十万吨", 10**5, "吨"),
        ("千万千瓦时", 10**7, "千瓦时"),
        ("百吨", 100, "吨"),
        ("万kg", 10**4, "kg"),
        ("万亿千卡", 10**12, "千卡"),
    ],
)
def test_a_count_before_a_unit_is_multiplied_out(unit: str, times: int, known: str) -> None:
    assert remedy(unit) == f"multiply the amount by {times} and write {known}"
    assert unit_table().named(known)


@pytest.mark.parametrize(
    "unit",
    [
        "kg/件",
        "万标立方米",
        "kWh/t",
        "hWh",
        "平方厘米",
        "厘米",
        "毫米",
        "立方厘米",
        "nanowatt hour",
    ],
)
def test_no_unit_of_another_size_is_offered(unit: str) -> None:
    assert "did you mean" not in remedy(unit)


def test_a_small_calorie_is_no_large_one() -> None:
    assert remedy("卡") == "say kcal or 千卡 (kilocalorie): 1 千卡 is 1000 卡"


def test_chinese_names_are_listed_for_a_chinese_text() -> None:
    assert "千瓦时" in remedy("不知道")
    assert "千瓦时" not in remedy("xyz")


@pytest.mark.parametrize(
    ("text", "name"),
    [("千瓦·时", "kilowatt hour"), ("吨·公里", "ton kilometer"), ("平米", "square meter"),
     ("立方", "cubic meter"), ("方", "cubic meter")],
)  # fmt: skip
def test_everyday_names_of_units_are_read(text: str, name: str) -> None:
    assert unit_table().named(text) == name


@pytest.mark.parametrize(
    ("text", "gas"),
    [
        ("五氟乙烷", "HFC-125"),
        ("二氟甲烷", "HFC-32"),
        ("七氟丙烷", "HFC-227ea"),
        ("1,1,1,2-四氟乙烷", "HFC-134a"),
        ("1，1，1，2-四氟乙烷", "HFC-134a"),
        ("氟利昂22", "HCFC-22"),
        ("氟利昂R22", "HCFC-22"),
        ("F22", "HCFC-22"),
        ("F-134a", "HFC-134a"),
        ("笑气", "N2O"),
        ("丙烷", "propane"),
        ("四氟化碳（CF4）", "CF4"),
        ("五氟乙烷(R125)", "HFC-125"),
    ],
)
def test_everyday_names_of_gases_are_read(text: str, gas: str) -> None:
    assert gas_named(text) == gas


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("四氟乙烷", "say HFC-134a (1,1,1,2-四氟乙烷) or HFC-134"),
        ("三氟乙烷", "say HFC-143a"),
        ("R717", "ammonia (R-717) has no GWP"),
        ("R600a", "isobutane (R-600a) has no GWP"),
        ("六氟化流", "did you mean 六氟化硫?"),
    ],
)
def test_a_gas_that_is_not_read_is_named_as_what_it_is(text: str, said: str) -> None:
    assert gas_named(text) is None
    assert said in nearest_gas(text)


@pytest.mark.parametrize(
    "text",
    [
        "六氟甲烷",
        "四氟丙烷",
        "R-460",
        "propene",
        "tetrafluoroethane",
        "R-126",
        "HFC-227",
        "八氟乙烷",
    ],
)
def test_no_other_substance_is_offered(text: str) -> None:
    assert gas_named(text) is None
    assert "did you mean" not in nearest_gas(text)


def test_a_name_with_another_gas_in_brackets_is_not_read() -> None:
    assert gas_named("四氟化碳（SF6）") is None


def test_names_of_thousands_of_lines_are_answered_in_seconds() -> None:
    """Found: each was compared with all names, 20 seconds for as many lines as may be."""
    nearest_gas("x")
    begun = process_time()
    for number in range(2000):
        assert nearest_gas(f"HFC-99{number}zz")
    assert process_time() - begun < 2.5
