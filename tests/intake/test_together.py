"""What an inventory's lines must hold together: refused with the line, and with the way out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.rounding import MAX_ROUNDING_SHARE
from rootprint.ledger.intake import InventoryProblems
from tests.intake.drafts import composed, gas, line, problems, product
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake import Problem

TRANSMISSION = "urn:rootprint:class:electricity-transmission"
CREDIT = {"stage": "recycling", "allocation": {"method": "substitution"}}


def refused(value: dict[str, Any], **inputs: Statement) -> Problem:
    """Return the one thing that is wrong."""
    with pytest.raises(InventoryProblems) as caught:
        composed(value, **inputs)
    (problem,) = caught.value.problems
    assert problem.file == "part.yaml"
    assert problem.line > 0
    return problem


def published(value: str, component: str, amount: str = "1", **more: Any) -> dict[str, Any]:
    source = {"published": value, "per": "tkm", "component": component, "reference": "a table"}
    return line(source, amount, "tkm", **more)


def power(world: World, name: str, *, unit: str = "kilowatt hour", **changes: Any) -> Statement:
    """Publish electricity of 0.5 kg CO2e per unit, or its losses."""
    pcf = {"declaredUnitOfMeasurement": unit, "fossilGhgEmissions": "0.5",
           "pcfExcludingBiogenicUptake": "0.5", "pcfIncludingBiogenicUptake": "0.5"}  # fmt: skip
    return world.publish(world.factor(name, pcf=pcf, **changes))


def losses(world: World, name: str = "losses", **changes: Any) -> Statement:
    changes = {"includesTransmission": True, "productClassifications": [TRANSMISSION], **changes}
    return power(world, name, **changes)


def takes(name: str, unit: str = "kWh") -> dict[str, Any]:
    return line({"input": name}, "2", unit)


def burns(name: str, unit: str = "kWh") -> dict[str, Any]:
    return line({"emission": "CO2e", "factor": name}, "2", unit)


def test_a_published_line_is_in_the_total() -> None:
    """Bug: air freight as aircraftGhgEmissions was in no total, 113 kg beside 0.412 kg."""
    flown = product(published("1.13", "aircraftGhgEmissions", "100"), gas(value="0.412"))
    assert problems(flown) == {
        "inventory.1.source.component": "is not added into a total: aircraftGhgEmissions is a part"
        " of fossilGhgEmissions — give the line as gas CO2_aircraft, or as fossilGhgEmissions"
    }
    for instead in (
        gas("CO2_aircraft", value="113"),
        published("1.13", "fossilGhgEmissions", "100"),
    ):
        pcf = composed(product(instead, gas(value="0.412")))["pcf"]
        assert pcf["pcfExcludingBiogenicUptake"] == "113.412"


def test_a_credit_that_leaves_less_than_was_flown_is_named() -> None:
    def credited(amount: str) -> dict[str, Any]:
        credit = published(f"-{amount}", "fossilGhgEmissions", **CREDIT)
        return product(gas("CO2_aircraft", value="3"), gas(value="0.5"), credit)

    problem = refused(credited("0.6"))
    assert problem.member == "inventory.3"
    assert "less fossilGhgEmissions than aircraftGhgEmissions" in problem.what
    assert composed(credited("0.5"))["pcf"]["aircraftGhgEmissions"] == "3.00000"


@pytest.mark.parametrize("part", ["landManagementFossilGhgEmissions", "packagingGhgEmissions"])
def test_a_part_that_the_file_gives_is_within_what_its_lines_come_to(part: str) -> None:
    assert composed(product(gas(value="2"), pcf={part: "2.0"}))["pcf"][part] == "2.0"
    with pytest.raises(Exception, match=rf"^part.yaml: the footprint.pcf.{part} is more than"):
        composed(product(gas(value="2"), pcf={part: "2.1"}))


def test_losses_beside_electricity_with_them_and_electricity_without() -> None:
    """Bug: two sites, of which one's electricity has the losses in it, could not be stated."""
    world = World()
    inputs = {
        "cn": power(world, "cn", includesTransmission=True),
        "uk": power(world, "uk", includesTransmission=False),
        "lost": losses(world),
    }
    both = product(takes("cn"), takes("uk"), takes("lost"))
    assert composed(both, **inputs)["pcf"]["pcfExcludingBiogenicUptake"] == "3.00000"
    problem = refused(product(gas(), takes("cn"), takes("lost")), **inputs)
    assert problem.member == "inventory.3.source.input"
    assert problem.what.startswith("adds transmission losses to electricity that already includes")
    assert problem.what.endswith("them: inventory.2")
    assert problem.remedy.startswith("leave the losses out")


def test_losses_of_a_hired_electric_vehicle_are_in_it_already() -> None:
    """Its factor has the losses, the UK's table for EVs has them once more, per kilometer."""
    world = World()
    direct = {"basis": "direct-only", "boundary": "gate-to-gate"}
    per_km = {"unit": "kilometer", **direct}
    inputs = {
        "hired": power(world, "hired", includesTransmission=True, **per_km),
        "own": power(world, "own", includesTransmission=False, **per_km),
        "grid": power(world, "grid", includesTransmission=False, **direct),
        "lost-km": losses(world, "lost-km", **per_km),
        "lost-kwh": losses(world, "lost-kwh", **direct),
    }
    problem = refused(product(burns("hired", "km"), burns("lost-km", "km")), **inputs)
    assert problem.member == "inventory.2.source.factor"
    for fine in (
        product(burns("hired", "km"), burns("grid"), burns("lost-kwh")),
        product(burns("hired", "km"), burns("own", "km"), burns("lost-km", "km")),
        product(burns("own", "km"), burns("lost-km", "km")),
    ):
        assert (
            composed(fine, **inputs)["pcf"]["fossilGhgEmissions"]
            == f"{len(fine['inventory'])}.00000"
        )


def test_losses_are_not_judged_while_another_line_is_faulty() -> None:
    """It may be the electricity that they belong to."""
    world = World()
    cn, lost = power(world, "cn", includesTransmission=True), losses(world)
    problem = refused(product(takes("cn"), takes("cn", "kg"), takes("lost")), cn=cn, lost=lost)
    assert problem.member == "inventory.2.amount.unit"


@pytest.mark.parametrize(
    ("value", "line_digits", "what", "enough"),
    [
        ("0.0000000014", 9, "rounded to 9 decimal places moves the total by more than 0.1 %", 10),
        ("0.00000000000001", 12, "comes to zero in 12 decimal places, and is not zero", 14),
        ("0.0000000000044444", 12, "rounded to 12 decimal places moves the total", 14),
    ],
)
def test_a_line_too_small_for_its_places_is_refused(
    value: str, line_digits: int, what: str, enough: int
) -> None:
    """Bug: 0.0000000014 kg was signed as 0.00000000100000, and 1e-14 kg as nothing."""
    small = product(gas(value=value), lineDigits=line_digits)
    problem = refused(small)
    assert problem.member == "inventory.1.amount"
    assert problem.what.startswith(what)
    assert problem.remedy == f"take more lineDigits: {enough} are enough"
    assert refused({**small, "lineDigits": enough - 1}).remedy == problem.remedy
    pcf = composed({**small, "lineDigits": enough})["pcf"]
    off = abs(Fraction(pcf["pcfExcludingBiogenicUptake"]) - Fraction(value))
    assert off <= 2 * MAX_ROUNDING_SHARE * Fraction(value)


def test_a_line_that_comes_to_nothing_is_named_among_large_ones() -> None:
    """Each such line is, with what is enough for all of them."""
    amounts = ("40", "0.00000000000001", "2", "0.00000000000001")
    with pytest.raises(InventoryProblems) as caught:
        composed(product(*[gas(value=amount) for amount in amounts]))
    assert [one.member for one in caught.value.problems] == [
        "inventory.2.amount",
        "inventory.4.amount",
    ]
    assert {one.remedy for one in caught.value.problems} == {"take more lineDigits: 14 are enough"}


def test_what_no_line_digits_can_say_is_told_so() -> None:
    tiny = gas(value=f"0.{'0' * 32}1")
    assert "declare a larger amount" in refused(product(tiny, lineDigits=30)).remedy
    huge = gas(value="123456")
    found = refused(product(huge, gas(value=f"0.{'0' * 29}1")))
    assert found.member == "inventory.2.amount"
    assert "declare a larger amount" in found.remedy


def test_a_published_zero_is_zero() -> None:
    pcf = composed(product(gas(), published("0", "fossilGhgEmissions")))["pcf"]
    assert pcf["pcfExcludingBiogenicUptake"] == "1.00000"


def _enough(error: InventoryProblems) -> int:
    (remedy,) = {one.remedy for one in error.problems}
    return int(remedy.removeprefix("take more lineDigits: ").removesuffix(" are enough"))


@given(
    values=st.lists(
        st.decimals(min_value=Decimal("1e-14"), max_value=Decimal("1e-6"), places=16),
        min_size=1,
        max_size=4,
    ),
    line_digits=st.integers(9, 18),
)
def test_what_is_composed_is_within_two_thousandths_of_the_exact_sum(
    values: list[Decimal], line_digits: int
) -> None:
    """One for the rounding of the lines, one for that of their sum."""
    value = product(*[gas(value=f"{one:f}") for one in values], lineDigits=line_digits)
    exact = sum(map(Fraction, values), Fraction(0))
    try:
        pcf = composed(value)["pcf"]
    except InventoryProblems as error:
        pcf = composed({**value, "lineDigits": _enough(error)})["pcf"]
    off = abs(Fraction(pcf["pcfExcludingBiogenicUptake"]) - exact)
    assert off <= (2 + MAX_ROUNDING_SHARE) * MAX_ROUNDING_SHARE * exact
