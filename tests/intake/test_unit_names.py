"""Units as a Chinese plant's bills, meters and ledgers have them, each with its exact size."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rootprint.ledger.figures import unit_table
from rootprint.ledger.intake.inventory.normal import cubic
from tests.intake.drafts import gas, line, parsed, problems, product

KWH = Fraction(36, 10)  # MJ
COAL = Fraction("29.3076")  # GB/T 2589-2020: MJ in a kilogram of standard coal
SIZES: dict[str, tuple[str, Fraction]] = {
    **dict.fromkeys(("度", "千瓦时", "kWh"), ("megajoule", KWH)),
    **dict.fromkeys(("兆瓦时", "MWh"), ("megajoule", 1000 * KWH)),
    **dict.fromkeys(("万度", "万千瓦时", "万kWh"), ("megajoule", 10_000 * KWH)),
    **dict.fromkeys(("吉焦", "GJ"), ("megajoule", Fraction(1000))),
    **dict.fromkeys(("兆焦", "MJ"), ("megajoule", Fraction(1))),
    **dict.fromkeys(("千卡", "大卡", "kcal"), ("megajoule", Fraction("0.0041868"))),
    **dict.fromkeys(("千克标准煤", "千克标煤", "kgce"), ("megajoule", COAL)),
    **dict.fromkeys(("吨标准煤", "吨标煤", "tce"), ("megajoule", 1000 * COAL)),
    **dict.fromkeys(("吨", "公吨", "t"), ("kilogram", Fraction(1000))),
    **dict.fromkeys(("万吨", "万t"), ("kilogram", Fraction(10_000_000))),
    **dict.fromkeys(("公斤", "千克", "kg"), ("kilogram", Fraction(1))),
    **dict.fromkeys(("克", "g"), ("kilogram", Fraction(1, 1000))),
    **dict.fromkeys(("毫克", "mg"), ("kilogram", Fraction(1, 1_000_000))),
    **dict.fromkeys(("立方米", "m³", "m3", "m^3"), ("cubic meter", Fraction(1))),
    **dict.fromkeys(("万立方米", "万m3"), ("cubic meter", Fraction(10_000))),
    **dict.fromkeys(("升", "L", "l"), ("cubic meter", Fraction(1, 1000))),
    **dict.fromkeys(("吨公里", "tkm", "t·km"), ("ton kilometer", Fraction(1))),
    **dict.fromkeys(("公里", "千米", "km"), ("meter", Fraction(1000))),
    **dict.fromkeys(("英里", "mile", "mi"), ("meter", Fraction("1609.344"))),
    **dict.fromkeys(("件", "台", "个", "只", "套", "pcs", "piece"), ("piece", Fraction(1))),
    **dict.fromkeys(("亩",), ("square meter", Fraction(2000, 3))),
}


@pytest.mark.parametrize("text", SIZES)
def test_a_unit_is_read_and_is_exactly_so_large(text: str) -> None:
    into, size = SIZES[text]
    units = unit_table()
    assert units.factor(units.named(text), into) == size
    figure = {"published": "1", "per": into, "component": "fossilGhgEmissions", "reference": "t"}
    amount = parsed(product(line(figure, "2", text))).lines[0]["amount"]
    assert amount == {"value": "2", "unit": text}


@pytest.mark.parametrize(("unit", "kg"), [("g", "0.005"), ("毫克", "0.000005"), ("吨", "5000")])
def test_a_gas_has_a_mass_in_any_unit_of_it(unit: str, kg: str) -> None:
    (one,) = parsed(product(gas("二氧化碳", "5", unit))).lines
    units = unit_table()
    assert one["source"]["gas"] == "CO2"
    into_kg = units.factor(units.named(one["amount"]["unit"]), "kilogram")
    assert Fraction(one["amount"]["value"]) * into_kg == Fraction(kg)


def test_a_transport_is_multiplied_from_chinese_units() -> None:
    figure = {
        "published": "1",
        "per": "吨公里",
        "component": "fossilGhgEmissions",
        "reference": "t",
    }
    transport = {
        "mass": {"value": "500", "unit": "公斤"},
        "distance": {"value": "8", "unit": "公里"},
    }
    value = product(line(figure, amount=None, transport=transport))
    assert parsed(value).lines[0]["amount"] == {"value": "4", "unit": "ton kilometer"}


@pytest.mark.parametrize(
    ("text", "unit", "degrees"),
    [
        ("Nm3", "cubic meter", "0"),
        ("Nm³", "cubic meter", "0"),
        ("万Nm3", "ten thousand cubic meters", "0"),
        ("m3(20℃)", "cubic meter", "20"),
        ("立方米（20 °C）", "cubic meter", "20"),
        ("标方(20℃, 101.325kPa)", "cubic meter", "20"),
        ("Sm3 (15 °C)", "cubic meter", "15"),
        ("万m³(20℃)", "ten thousand cubic meters", "20"),
        ("L(25℃)", "liter", "25"),
    ],
)
def test_a_cubic_meter_says_its_state_beside_its_unit(text: str, unit: str, degrees: str) -> None:
    assert cubic(text) == (unit, f"{degrees} °C 101.325 kPa")
    figure = {"published": "2", "per": text, "component": "fossilGhgEmissions", "reference": "t"}
    (one,) = parsed(product(line(figure, "3", text))).lines
    assert one["amount"]["unit"] == unit
    assert one["amount"]["quantity"] == {"state": f"{degrees} °C 101.325 kPa"}
    assert one["source"]["per"] == unit


@pytest.mark.parametrize("text", ["m3(21℃)", "kg(20℃)", "(20℃)", "m3(20℃", "m3", "Sm3", "标方"])
def test_what_states_none_is_no_cubic_meter_of_a_state(text: str) -> None:
    assert (cubic(text) is None) == (text != "m3(20℃")


def test_an_amount_at_20_degrees_meets_no_figure_at_0() -> None:
    figure = {"published": "2", "per": "Nm3", "component": "fossilGhgEmissions", "reference": "t"}
    told = problems(product(line(figure, "3", "m3(20℃)")))
    assert "is a cubic meter at 0 °C" in told["inventory.1.source.per"]


@pytest.mark.parametrize(
    ("unit", "remedy"),
    [
        ("标方", "m3(20℃)"),
        ("Sm3", "m3(15℃)"),
        ("KWH", "did you mean kWh"),
        ("千瓦小时", "did you mean"),
        ("吨公理", "吨公里"),
        ("斤", "say kg"),
    ],
)
def test_an_unknown_unit_gets_the_way_to_write_it(unit: str, remedy: str) -> None:
    figure: dict[str, Any] = {"input": "x"}
    told = problems(product(line(figure, "3", unit)))["inventory.1.amount.unit"]
    assert remedy in told


def test_of_a_gas_that_is_made_the_state_stands_beside_the_declared_unit() -> None:
    """The remedy, followed, ends the error."""
    process = {"name": "x", "outputs": [{"name": "gas", "amount": {"value": "9", "unit": "Nm3"}}]}
    pcf = {"declaredUnitOfMeasurement": "cubic meter"}
    told = problems(product(gas(), pcf=pcf, process=process, producedAmount=_MADE))
    for member in ("process.outputs.1.amount.unit", "producedAmount.unit"):
        assert "say m3: the state of what is made stands in the head" in told[member]
    process["outputs"] = [{"name": "gas", "amount": {"value": "9", "unit": "m3"}}]
    made = {**_MADE, "unit": "m3"}
    state = {"state": "0 °C 101.325 kPa"}
    found = parsed(product(gas(), pcf=pcf, process=process, producedAmount=made, quantity=state))
    assert found.subject["quantity"] == state


_MADE = {"value": "9", "unit": "Nm3"}
