"""Law 8: net and gross, states of a gas, dry and wet match, or are converted by what can be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.laws import Weight, check_conversion, check_qualifiers
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.units import UnitTable
from rootprint.ledger.core.schema.names import STATES
from rootprint.ledger.core.tables import tables

UNITS = UnitTable(tables().units)
NORMAL, STANDARD = STATES[:2]
KINDS = {"calorificValue": ("net", "gross"), "state": STATES, "moisture": ("dry", "wet")}


def weights(said: dict[str, str], wanted: dict[str, str]) -> list[Weight]:
    return [one.weight for one in check_qualifiers(3, said, wanted)]


@pytest.mark.parametrize(
    ("said", "wanted", "weight"),
    [
        ({}, {}, None),
        ({"calorificValue": "net"}, {"calorificValue": "net"}, None),
        ({"calorificValue": "gross"}, {"calorificValue": "net"}, Weight.BROKEN),
        ({}, {"calorificValue": "net"}, Weight.BROKEN),
        ({"calorificValue": "gross"}, {}, Weight.UNSAID),
        ({"state": NORMAL}, {"state": STANDARD}, Weight.BROKEN),
        ({"moisture": "wet"}, {"moisture": "dry"}, Weight.BROKEN),
    ],
)
def test_qualifiers(said: dict[str, str], wanted: dict[str, str], weight: Weight | None) -> None:
    assert weights(said, wanted) == ([] if weight is None else [weight])


def test_the_words_name_both_sides() -> None:
    (one,) = check_qualifiers(3, {"calorificValue": "gross"}, {"calorificValue": "net"})
    assert one.what == "is counted by net (calorificValue), and its amount is gross"
    assert (one.lines, one.member) == ((3,), "amount")
    assert "converted" in one.remedy


qualifiers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in KINDS.items()}
)


@given(qualifiers, qualifiers)
def test_nothing_is_found_only_where_both_say_the_same(
    said: dict[str, str], wanted: dict[str, str]
) -> None:
    assert (weights(said, wanted) == []) is (said == wanted)
    broken = Weight.BROKEN in weights(said, wanted)
    assert broken is not (wanted.items() <= said.items())


def converted(
    name: str, old: str, new: str, by: str, *, value: str = "100", **more: str
) -> list[Weight]:
    units = {"calorificValue": "kilowatt hour", "state": "cubic meter", "moisture": "kilogram"}
    unit = units[name]
    before = {"value": value, "unit": unit, "by": by, "reference": "a table", name: old, **more}
    amount: dict[str, Any] = {
        "value": str(Fraction(value) * Fraction(by))
        if Fraction(value) * Fraction(by) % 1 == 0
        else decimal_text(half_up(Fraction(value) * Fraction(by), 12)),
        "unit": unit,
        "quantity": {name: new, "converted": before},
    }
    return [one.weight for one in check_conversion(0, amount, UNITS)]


@pytest.mark.parametrize(
    ("name", "old", "new", "by", "right"),
    [
        ("calorificValue", "gross", "net", "0.9026", True),
        ("calorificValue", "gross", "net", "1.108", False),
        ("calorificValue", "net", "gross", "1.108", True),
        ("calorificValue", "net", "gross", "1", False),
        ("calorificValue", "gross", "net", "0.846", True),
        ("calorificValue", "gross", "net", "0.1", False),
        ("calorificValue", "net", "net", "0.1", False),
        ("calorificValue", "net", "net", "1", True),
        ("moisture", "wet", "dry", "0.01", False),
        ("moisture", "wet", "dry", "0.4", True),
        ("moisture", "wet", "dry", "1.2", False),
        ("moisture", "dry", "wet", "2.5", True),
        ("state", NORMAL, STANDARD, "1.0549", True),
        ("state", NORMAL, STANDARD, "0.948", False),
        ("state", STANDARD, NORMAL, "0.948", True),
        ("state", STANDARD, NORMAL, "0.5", False),
    ],
)
def test_conversions_are_within_what_can_be(
    name: str,
    old: str,
    new: str,
    by: str,
    right: bool,  # noqa: FBT001 - a row of the table
) -> None:
    assert converted(name, old, new, by) == ([] if right else [Weight.BROKEN])


def test_another_unit_of_the_same_kind_is_reckoned_with() -> None:
    assert converted("calorificValue", "gross", "net", "3.25", unit="megajoule") == [
        Weight.BROKEN
    ]  # 100 MJ gross as 325 kWh net
    assert converted("calorificValue", "gross", "net", "0.25", unit="megajoule") == []


def test_what_is_converted_into_another_kind_of_unit_is_its_reference_s() -> None:
    """Cubic metres by a calorific value: which one it is, within what fuels hold."""
    before = {"value": "10", "unit": "cubic meter", "by": "10.4", "reference": "bill",
              "state": NORMAL}  # fmt: skip
    amount = {"value": "104", "unit": "kilowatt hour",
              "quantity": {"calorificValue": "net", "converted": before}}  # fmt: skip
    assert list(check_conversion(0, amount, UNITS)) == []


def test_an_unknown_unit_is_no_way_around() -> None:
    assert converted("calorificValue", "gross", "net", "1.5", unit="kWh") == [Weight.BROKEN]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_amount_is_the_exact_product(value: int, by: int, off: int) -> None:
    before = {"value": f"{value}.5", "unit": "piece", "by": f"0.{by}", "reference": "lab"}
    product = Fraction(before["value"]) * Fraction(before["by"])
    text = decimal_text(half_up(product, 12))
    amount = {"value": text, "unit": "kilogram",
              "quantity": {"moisture": "dry", "converted": before}}  # fmt: skip
    (one,) = check_conversion(0, amount, UNITS)
    assert one.weight is Weight.UNSAID
    wrong = decimal_text(half_up(product + Fraction(off, 10**12), 12))
    (one,) = check_conversion(0, {**amount, "value": wrong}, UNITS)
    assert one.weight is Weight.BROKEN


def into(value: str, unit: str, by: str, new: str, **state: str) -> list[Weight]:
    before = {"value": value, "unit": unit, "by": by, "reference": "a table", **state}
    product = decimal_text(half_up(Fraction(value) * Fraction(by), 12))
    amount = {"value": product, "unit": new, "quantity": {"converted": before}}
    return [one.weight for one in check_conversion(0, amount, UNITS)]


@pytest.mark.parametrize(
    ("unit", "by", "new", "state", "weight"),
    [
        ("kilogram", "42.3", "megajoule", {}, None),
        ("kilogram", "151", "megajoule", {}, Weight.BROKEN),
        ("tonne", "0.01", "megajoule", {}, Weight.BROKEN),
        ("cubic meter", "38.9", "megajoule", {"state": NORMAL}, None),
        ("cubic meter", "36000", "megajoule", {"state": NORMAL}, Weight.BROKEN),
        ("cubic meter", "36000", "megajoule", {}, None),  # diesel in cubic metres
        ("liter", "36", "megajoule", {}, None),
        ("liter", "0.036", "megajoule", {}, Weight.BROKEN),
        ("megajoule", "0.025", "kilogram", {}, None),
        ("megajoule", "25", "kilogram", {}, Weight.BROKEN),
        ("megawatt hour", "1000", "kilowatt hour", {}, None),
        ("megawatt hour", "100", "kilowatt hour", {}, Weight.BROKEN),
        ("megajoule", "0.277777777778", "kilowatt hour", {}, None),
        ("megajoule", "0.2778", "kilowatt hour", {}, Weight.BROKEN),
        ("liter", "0.84", "kilogram", {}, Weight.UNSAID),
        ("piece", "0.84", "kilowatt hour", {}, Weight.UNSAID),
        ("kilogram", "0.8", "no unit", {}, Weight.UNSAID),
        ("kilogram", "0.8", "kilogram", {"moisture": "wet"}, Weight.UNSAID),
        ("kilogram", "1.8", "kilogram", {"moisture": "wet"}, Weight.BROKEN),
        ("cubic meter", "1.05", "cubic meter", {"state": NORMAL}, Weight.UNSAID),
        ("cubic meter", "1.2", "cubic meter", {"state": NORMAL}, Weight.BROKEN),
    ],
)
def test_bands(unit: str, by: str, new: str, state: dict[str, str], weight: Weight | None) -> None:
    assert into("100", unit, by, new, **state) == ([] if weight is None else [weight])
