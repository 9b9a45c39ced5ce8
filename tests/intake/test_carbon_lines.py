"""Lines that compute CO2 from carbon: a process's balance, and land that was changed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import parse_inventory
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import World


def stream(
    name: str, direction: str, mass: str, carbon: str, unit: str = "kg", **more: str
) -> dict[str, Any]:
    return {
        "stream": name,
        "direction": direction,
        "mass": {"value": mass, "unit": unit},
        "carbon": carbon,
        **more,
    }


FURNACE = [
    stream("scrap", "in", "1100", "0.004"),
    stream("electrodes", "in", "1.8", "1"),
    stream("coal", "in", "15000", "0.84", "g"),
    stream("steel", "out", "1", "0.0015", "t"),
    stream("slag", "out", "120", "0.001"),
    stream("dust", "out", "15", "0.02"),
]
LAND = {"landUseChange": {"before": "180", "after": "60", "years": 20}}


def balance(*streams: dict[str, Any], value: str = "1", **more: Any) -> dict[str, Any]:
    return line({"balance": list(streams or FURNACE)}, value, "piece", **more)


def test_a_furnace_s_carbon_is_fossil_co2_per_declared_amount() -> None:
    """16.88 kg of carbon a tonne of steel, per kilogram."""
    process = {
        "name": "Furnace",
        "outputs": [{"name": "steel", "amount": {"value": "1", "unit": "t"}}],
    }
    subject = composed(product(balance(primary=True), process=process), World())
    exact = Fraction("16.88") * 44 / 12 / 1000
    assert abs(Fraction(subject["pcf"]["fossilGhgEmissions"]) - exact) < Fraction(1, 10**7)
    assert subject["pcf"]["primaryDataShare"] == "100.0000"
    assert Fraction(subject["gases"]["CO2"]) == Fraction("0.061893333333")
    assert "CO2_biogenic" not in subject["gases"]


def test_biogenic_carbon_is_set_free_outside_of_the_gross() -> None:
    char = stream("charcoal", "in", "20", "0.9", biogenicShare="100")
    taken_up = gas("CO2_uptake", "69")
    subject = composed(product(balance(*FURNACE, char), taken_up), World())
    assert Fraction(subject["pcf"]["biogenicCO2Emissions"]) == Fraction("66")
    assert Fraction(subject["pcf"]["fossilGhgEmissions"]) == Fraction("61.8933")
    assert subject["gases"]["CO2_biogenic"] == "66.000000000000"


def test_more_biogenic_carbon_set_free_than_taken_up_is_refused() -> None:
    char = stream("charcoal", "in", "20", "0.9", biogenicShare="100")
    with pytest.raises(Refused, match="biogenic CO2"):
        composed(product(balance(*FURNACE, char)))


def test_carbon_rests_on_no_gwp_set() -> None:
    """CO2 is 1 in each: beside AR5 the footprint rests on AR5 alone, by itself on the newest."""
    named = {"ipccCharacterizationFactors": ["AR5"]}
    both = composed(product(balance(), gas("CH4_fossil", "2", gwp_set="AR5"), pcf=named), World())
    assert both["characterizationSets"] == [{"set": "AR5", "share": "100.0000"}]
    alone = composed(product(balance()), World())
    assert alone["characterizationSets"] == [{"set": "AR6", "share": "100.0000"}]


def test_land_is_charged_by_the_year_and_hectare() -> None:
    subject = composed(product(line(LAND, "50", "square meter")), World())
    assert Fraction(subject["pcf"]["landUseChangeGhgEmissions"]) == 110
    assert subject["gases"] == {"CO2_land_use_change": "110.000000000000"}


@pytest.mark.parametrize(
    ("given", "member", "what"),
    [
        (balance(stream("steel", "out", "1", "0.01")), "source.balance", "comes out than goes in"),
        (
            balance(stream("coal", "in", "9", "0.8"), stream("gas sold", "out", "1", "0.2727")),
            "source.balance.2",
            "stream 2 is CO2",
        ),
        (
            line({"landUseChange": {**LAND["landUseChange"], "years": 40}}, "1", "ha"),
            "source.landUseChange.years",
            "without a harvestPeriod",
        ),
        (balance(stream("coal", "in", "1", "84")), "source.balance.1.carbon", "from 0 to 1"),
        (balance(stream("gas", "in", "1", "0.5", "m3")), "source.balance.1.mass.unit", "volume"),
        (
            {**balance(), "amount": {"value": "1", "unit": "kg"}},
            "amount.unit",
            "can't be converted to piece",
        ),
        (
            line({"landUseChange": {**LAND["landUseChange"], "years": 10}}, "1", "ha"),
            "source.landUseChange.years",
            "20",
        ),
        (
            line({"landUseChange": {**LAND["landUseChange"], "after": "200"}}, "1", "ha"),
            "source.landUseChange",
            "more carbon after than before",
        ),
    ],
)
def test_what_can_t_be_is_reported_where_it_stands(
    given: dict[str, Any], member: str, what: str
) -> None:
    assert what in problems(product(given))[f"inventory.1.{member}"]


def test_a_longer_harvest_period_is_named() -> None:
    change = {**LAND["landUseChange"], "years": 40, "harvestPeriod": "oak, felled at 40 years"}
    subject = composed(product(line({"landUseChange": change}, "50", "square meter")), World())
    assert Fraction(subject["pcf"]["landUseChangeGhgEmissions"]) == 55


def test_a_table_says_streams_by_position() -> None:
    """CSV and YAML give the same lines."""
    head = "\n".join(
        [
            "member,value",
            *(
                f"{name},{value}"
                for name, value in _flat(product(balance(stream("coal", "in", "2", "0.8"))))
                if not name.startswith("inventory")
            ),
        ]
    )
    table = (
        "stage,description,primary,amount.value,amount.unit,source.balance.1.stream,"
        "source.balance.1.direction,source.balance.1.mass.value,source.balance.1.mass.unit,"
        "source.balance.1.carbon\n"
        "manufacturing,An activity,false,1,piece,coal,in,2,kg,0.8\n"
    )
    found = parse_inventory(f"{head}\n\n{table}".encode(), where="part.csv")
    assert found.lines == parsed(product(balance(stream("coal", "in", "2", "0.8")))).lines


def _flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        items = [(f"{name}.{key}" if name else key, one) for key, one in value.items()]
    elif isinstance(value, list):
        items = [(f"{name}.{number}", one) for number, one in enumerate(value, 1)]
    else:
        return [(name, str(value).lower() if isinstance(value, bool) else str(value))]
    return [pair for key, one in items for pair in _flat(one, key)]
