"""The traps of composing: each is refused, or handled."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import compose
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import SUPPLIER, World

ELECTRICITY = {
    "declaredUnitOfMeasurement": "kilowatt hour",
    "fossilGhgEmissions": "0.5",
    "pcfExcludingBiogenicUptake": "0.5",
    "pcfIncludingBiogenicUptake": "0.5",
}
TRANSMISSION = "urn:rootprint:class:electricity-transmission"


@pytest.fixture
def world() -> World:
    return World()


def excluding(subject: dict[str, Any]) -> str:
    return str(subject["pcf"]["pcfExcludingBiogenicUptake"])


def sets(subject: dict[str, Any]) -> dict[str, str]:
    return {one["set"]: one["share"] for one in subject["characterizationSets"]}


def test_trap_01_a_direct_grid_factor_is_no_life_cycle_one(world: World) -> None:
    """A factor of direct CO2 alone can't stand where a life-cycle one is wanted, or beside it."""
    direct = world.publish(
        world.factor("grid-direct", basis="direct-only", boundary="gate-to-gate", pcf=ELECTRICITY)
    )
    whole = world.publish(world.factor("grid", includesTransmission=True, pcf=ELECTRICITY))
    bought = line({"input": "direct"}, "2", "kWh", electricity="grid")
    with pytest.raises(Refused, match="its basis is direct-only, and a line other than an own"):
        composed(product(bought), direct=direct)
    burnt = line({"emission": "CO2e", "factor": "whole"}, "2", "kWh")
    with pytest.raises(Refused, match="its basis is life-cycle, and an emission line takes direct"):
        composed(product(burnt), whole=whole)


def test_trap_02_transmission_is_not_added_twice(world: World) -> None:
    losses = world.publish(
        world.factor(
            "losses",
            includesTransmission=False,
            productClassifications=[TRANSMISSION],
            pcf=ELECTRICITY,
        )
    )
    whole = world.publish(world.factor("whole", includesTransmission=True, pcf=ELECTRICITY))
    bare = world.publish(world.factor("bare", includesTransmission=False, pcf=ELECTRICITY))
    both = product(line({"input": "power"}, "2", "kWh"), line({"input": "losses"}, "2", "kWh"))
    with pytest.raises(Refused, match="adds transmission losses to more electricity than lacks"):
        composed(both, power=whole, losses=losses)
    assert excluding(composed(both, power=bare, losses=losses)) == "2.00000"


def test_trap_03_sets_mix_only_where_both_are_named(world: World) -> None:
    old = world.publish(
        world.factor("old", characterizationSets=[{"set": "AR5", "share": "100.0000"}])
    )
    mixed = product(line({"input": "old"}, "1"), gas(value="2.5"))
    with pytest.raises(Refused, match="ipccCharacterizationFactors leaves out AR5"):
        composed(mixed, old=old)
    mixed["pcf"]["ipccCharacterizationFactors"] = ["AR5", "AR6"]
    assert sets(composed(mixed, old=old)) == {"AR5": "50.0000", "AR6": "50.0000"}


def test_trap_04_methane_says_whether_it_is_fossil() -> None:
    assert "CH4_fossil or CH4_non_fossil" in problems(product(gas("CH4")))["inventory.1.source.gas"]
    subject = composed(product(gas("CH4_fossil"), gas("CH4_non_fossil")))
    assert subject["pcf"]["fossilGhgEmissions"] == "29.8000"
    assert subject["pcf"]["biogenicNonCO2Emissions"] == "27.0000"


def test_trap_05_missing_data_is_a_default_and_a_finding_never_zero(world: World) -> None:
    average = world.publish(world.factor("average"))
    zero = problems(product(line({"input": "steel"}, "0")))
    assert "not more than zero" in zero["inventory.1.amount.value"]
    nameless = problems(product(line({}, "1")))
    assert "is not exactly one of" in nameless["inventory.1.source"]
    inventory = parsed(product(line({"input": "average"}, "2", defaultFor="steel of supplier X")))
    assert [one.member for one in inventory.findings] == ["inventory.1.defaultFor"]
    subject = compose(inventory, SUPPLIER, {"average": average}.__getitem__)["credentialSubject"]
    assert excluding(subject) == "5.00000"
    assert "default for: steel of supplier X" in subject["inventory"][0]["description"]
    assert subject["pcf"]["primaryDataShare"] == "0.0000"


def test_trap_06_the_mass_consumed_counts_not_the_mass_embodied(world: World) -> None:
    """1030 t bought for 1000 t sold: 1.03, also where the loss is given as a yield."""
    steel = world.publish(world.factor("steel"))
    made = {
        "name": "Press",
        "outputs": [{"name": "part", "amount": {"value": "1000", "unit": "t"}}],
    }
    bought = product(line({"input": "steel"}, "1030", "t"), process=made)
    assert excluding(composed(bought, steel=steel)) == "2.57500"
    lossy = product(line({"input": "steel"}, "1000", "t"), process={**made, "yield": "0.8"})
    assert excluding(composed(lossy, steel=steel)) == "3.12500"


def test_trap_07_what_the_process_makes_itself_is_not_also_bought(world: World) -> None:
    billet = world.publish(world.factor("billet"))
    made = {
        "name": "Works",
        "outputs": [
            {"name": "profile", "amount": {"value": "1", "unit": "t"}},
            {
                "name": "billet",
                "amount": {"value": "1", "unit": "t"},
                "productId": "urn:example:billet",
            },
        ],
        "product": "profile",
        "allocation": {"method": "physical"},
    }
    value = product(gas(), line({"input": "billet"}), process=made)
    with pytest.raises(Refused, match="what this process makes itself, so it would be counted"):
        composed(value, billet=billet)


def test_trap_08_primary_activity_with_a_secondary_factor_is_not_primary(world: World) -> None:
    factor = world.publish(world.factor("factor"))
    only = product(line({"input": "factor"}, "1", primary=True))
    assert composed(only, factor=factor)["pcf"]["primaryDataShare"] == "0.0000"
    half = product(line({"input": "factor"}, "1", primary=True), gas(value="2.5", primary=True))
    assert composed(half, factor=factor)["pcf"]["primaryDataShare"] == "50.0000"


@pytest.mark.parametrize(
    "source",
    [
        {"offset": "-1", "per": "kg"},
        {
            "published": "-1",
            "per": "kg",
            "component": "fossilGhgEmissions",
            "reference": "a retired credit",
        },
    ],
)
def test_trap_09_an_offset_has_no_place_to_stand(source: dict[str, Any]) -> None:
    found = problems(product(gas(), line(source)))
    (message,) = (text for member, text in found.items() if member.startswith("inventory.2.source"))
    assert "an offset or credit has no place in a footprint" in message
    negative = problems(product(gas(value="-1")))
    assert negative.keys() == {"inventory.1.amount.value"}


def test_trap_10_a_value_is_per_its_declared_amount(world: World) -> None:
    """2.5 kg CO2e per 1000 kg, and a product declared per 500 kg."""
    bulk = world.publish(world.factor("bulk", pcf={"declaredUnitAmount": "1000"}))
    value = product(
        line({"input": "bulk"}, "2", "t"),
        pcf={"declaredUnitAmount": "500"},
        process={"name": "Mill", "outputs": [{"name": "a", "amount": {"value": "1", "unit": "t"}}]},
    )
    subject = composed(value, bulk=bulk)
    assert subject["inventory"][0]["amount"] == {"value": "1", "unit": "tonne"}
    assert excluding(subject) == "2.50000"


def test_trap_13_including_is_excluding_and_uptake(world: World) -> None:
    value = product(
        gas(value="3"),
        gas("CO2_uptake", value="1.8"),
        gas("CO2_biogenic", value="0.5"),
        gas("CO2_aircraft", value="0.25"),
        gas("CO2_land_use_change", value="0.125"),
        pcf={"biogenicCarbonContent": "0.354545"},
    )
    draft = compose(parsed(value), SUPPLIER, {}.__getitem__)
    pcf = draft["credentialSubject"]["pcf"]
    assert pcf["biogenicCO2Uptake"] == "-1.80000"
    assert pcf["biogenicCO2Emissions"] == "0.50000"
    assert pcf["aircraftGhgEmissions"] == "0.25000"
    assert pcf["fossilGhgEmissions"] == "3.25000"
    assert pcf["pcfExcludingBiogenicUptake"] == "3.37500"
    assert pcf["pcfIncludingBiogenicUptake"] == "2.07500"
    statement = world.publish(draft)
    world.anchor()
    trust = world.trust(statement)
    report = world.verifier(trust).verify(world.evidence(statement))
    assert report.verdict == "verified"
    with pytest.raises(Refused, match="more biogenic CO2 is set free than was taken up"):
        composed(product(gas(), gas("CO2_biogenic")))
    by_hand = problems(product(gas(), pcf={"pcfIncludingBiogenicUptake": "1"}))
    assert by_hand.keys() == {"pcf.pcfIncludingBiogenicUptake"}


def test_trap_14_a_total_is_not_a_sum_of_rounded_lines() -> None:
    """Three lines of 0.33349 are 1.00047, to four digits 1.000; rounded first, 0.999."""
    value = product(*(gas(value="0.33349") for _ in range(3)), digits=4)
    subject = composed(value)
    assert excluding(subject) == "1.000"
    assert subject["cells"] == {"manufacturing": {"fossilGhgEmissions": "1.000"}}
    # Stages of their own are rounded each, and the total is what a reader adds up.
    apart = product(
        *(gas(value="0.33349", stage=one) for one in ("manufacturing", "raw-material")), digits=4
    )
    assert excluding(composed(apart)) == "0.6670"
    exact = sum(Fraction(one["result"]["fossilGhgEmissions"]) for one in subject["inventory"])
    assert exact == Fraction("1.00047")
