"""What an inventory's lines must hold together: refused with the line, and with the way out."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.rounding import MAX_ROUNDING_SHARE
from rootprint.ledger.intake import InventoryProblems, compose
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake import Problem

TRANSMISSION = "urn:rootprint:class:electricity-transmission"
CREDIT = {"stage": "raw-material", "allocation": {"method": "substitution"}}


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


def test_a_credit_takes_off_a_total_and_no_emission() -> None:
    """Bug: a signed credit was added; an unsigned one hid what was emitted, and what was flown."""
    credit = published("0.6", "fossilGhgEmissions", **CREDIT)
    subject = composed(product(gas("CO2_aircraft", value="3"), gas(value="0.5"), credit))
    pcf = subject["pcf"]
    assert (pcf["fossilGhgEmissions"], pcf["aircraftGhgEmissions"]) == ("3.50000", "3.00000")
    assert pcf["substitutionCredits"] == "-0.60000"
    assert pcf["pcfExcludingBiogenicUptake"] == "2.90000"
    assert subject["cells"]["raw-material"] == {"substitutionCredits": "-0.60000"}


def test_a_credit_larger_than_what_is_emitted_is_shown() -> None:
    """A negative total is lawful: its columns say of what it is made."""
    pcf = composed(product(gas(value="0.1"), published("0.42", "fossilGhgEmissions", **CREDIT)))[
        "pcf"
    ]
    assert pcf["pcfExcludingBiogenicUptake"] == "-0.320000"
    assert pcf["fossilGhgEmissions"] == "0.100000"


@pytest.mark.parametrize(("amount", "figure"), [("1", "-2.1"), ("-1", "2.1"), ("1", "2.1")])
def test_the_sign_of_a_credit_is_read_as_the_burden(amount: str, figure: str) -> None:
    """However a file writes it, what is signed is the burden that is displaced."""
    credit = published(figure, "fossilGhgEmissions", amount, **CREDIT)
    inventory = parsed(product(gas(value="3"), credit))
    signed = amount.startswith("-") or figure.startswith("-")
    assert [one.what for one in inventory.findings] == [
        "is negative, and is read as what is displaced"
    ] * signed
    subject = compose(inventory, SUPPLIER, {}.__getitem__)["credentialSubject"]
    line_ = subject["inventory"][1]
    assert (line_["amount"]["value"], line_["source"]["published"]) == ("1", "2.1")
    assert subject["pcf"]["pcfExcludingBiogenicUptake"] == "0.90000"


def test_two_signs_on_a_credit_say_nothing() -> None:
    credit = published("-2.1", "fossilGhgEmissions", "-1", **CREDIT)
    answer = problems(product(gas(value="3"), credit))
    assert "is negative as the amount is" in answer["inventory.2.source.published"]


def test_a_credit_of_a_signed_footprint_is_its_whole_total() -> None:
    """Substitution takes off what is avoided: the net of what is cited, by the amount."""
    world = World()
    heat = world.publish(
        world.factor(
            "heat",
            pcf={
                "fossilGhgEmissions": "3",
                "technologicalCO2Removals": "-0.5",
                "biogenicCO2Uptake": "-9",
                "pcfExcludingBiogenicUptake": "2.5",
                "pcfIncludingBiogenicUptake": "-6.5",
            },
        )
    )
    pcf = composed(product(gas(value="10"), line({"input": "heat"}, "2", **CREDIT)), heat=heat)[
        "pcf"
    ]
    assert pcf["substitutionCredits"] == "-5.0000"
    assert pcf["pcfExcludingBiogenicUptake"] == pcf["pcfIncludingBiogenicUptake"] == "5.0000"
    assert "technologicalCO2Removals" not in pcf


def test_nothing_is_credited_for_what_removes_more_than_it_emits() -> None:
    world = World()
    sink = world.publish(
        world.factor(
            "sink",
            pcf={
                "landManagementBiogenicCO2Removals": "-3",
                "pcfExcludingBiogenicUptake": "-0.5",
                "pcfIncludingBiogenicUptake": "-0.5",
            },
        )
    )
    problem = refused(product(gas(), line({"input": "sink"}, **CREDIT)), sink=sink)
    assert problem.member == "inventory.2.source.input"
    assert "negative footprint, which is no burden" in problem.what


REMOVAL = {"method": "Mineralised in concrete", "evidence": "Report 7"}
STORED = {**REMOVAL, "stored": {"value": "0.9", "unit": "t"}}


def test_a_removal_says_how_it_is_known_and_is_shown_apart() -> None:
    """Bug: 900 kg with nothing behind them made a footprint of -899 kg, and it verified."""
    removed = "CO2_technological_removal"
    problem = refused(product(gas(value="1"), gas(removed, value="900")))
    assert problem.member == "inventory.2"
    assert "removes CO2 (technologicalCO2Removals) and lacks removal" in problem.what
    bare = refused(product(gas(value="1"), gas(removed, value="900", removal=REMOVAL)))
    assert "lacks stored" in bare.what
    less = refused(product(gas(value="1"), gas(removed, value="901", removal=STORED)))
    assert less.member == "inventory.2.removal.stored"
    assert less.what == "removes more CO2 than it shows to be stored"
    pcf = composed(product(gas(value="1"), gas(removed, value="900", removal=STORED)))["pcf"]
    assert (pcf["fossilGhgEmissions"], pcf["technologicalCO2Removals"]) == ("1.00000", "-900.00000")


def test_one_evidence_of_several_removals_is_reported_at_their_last_line() -> None:
    """Bug: it was reported at the last removal of all, which has evidence of its own."""
    removals = [
        gas("CO2_technological_removal", value=kilograms, removal={**deepcopy(STORED), **evidence})
        for kilograms, evidence in (("500", {}), ("500", {}), ("1", {"evidence": "Report 8"}))
    ]
    problem = refused(product(gas(value="1"), *removals))
    assert problem.member == "inventory.3.removal.evidence"
    assert problem.what.startswith("serves several lines that remove 1000 kg CO2 together")


@pytest.mark.parametrize(
    ("generated", "fine"),
    [
        ([gas(value="1")], True),
        ([gas(value="0.4"), gas("CO2_biogenic", value="0.6"), gas("CO2_uptake", value="2")], True),
        ([gas(value="0.999")], False),
        ([gas("CH4_fossil", value="1")], False),
        ([published("1", "fossilGhgEmissions")], False),
    ],
)
def test_capture_is_no_more_than_the_process_generates(
    generated: list[dict[str, Any]],
    fine: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """CO2, fossil and biogenic, of the process's own lines; methane is not captured as CO2."""
    shown = {**REMOVAL, "stored": {"value": "1", "unit": "kg"}}
    captured = gas("CO2_captured", value="1", removal=shown)
    value = product(*generated, captured)
    if fine:
        assert composed(value)["pcf"]["ccsTechnologicalCO2Capture"].startswith("-1.0")
        return
    problem = refused(value)
    assert problem.member == f"inventory.{len(generated) + 1}"
    assert problem.what.startswith("brings what is captured to 1 kg CO2, and the lines generate")


def test_an_inputs_capture_is_its_own_to_bound() -> None:
    world = World()
    captured = {"fossilGhgEmissions": "3.5", "ccsTechnologicalCO2Capture": "-1"}
    clean = world.publish(world.factor("clean", pcf=captured))
    pcf = composed(product(line({"input": "clean"})), clean=clean)["pcf"]
    assert pcf["ccsTechnologicalCO2Capture"] == "-1.00000"


def test_both_parts_are_carried_and_what_is_not_is_reported() -> None:
    """PACT V3: parts scale as their whole does; packaging and outbound transport stay behind."""
    world = World()
    parts = {
        "landManagementFossilGhgEmissions": "0.4",
        "aircraftGhgEmissions": "0.3",
        "packagingGhgEmissions": "0.2",
        "outboundLogisticsGhgEmissions": "0.1",
    }
    wood = world.publish(world.factor("wood", pcf=parts))
    answer: list[Problem] = []
    draft = compose(
        parsed(product(line({"input": "wood"}, "2"))), SUPPLIER, {"wood": wood}.__getitem__,
        answer.append,
    )  # fmt: skip
    pcf = draft["credentialSubject"]["pcf"]
    assert pcf["landManagementFossilGhgEmissions"] == "0.80000"
    assert pcf["aircraftGhgEmissions"] == "0.60000"
    assert "packagingGhgEmissions" not in pcf
    (found,) = [one for one in answer if "carries on" in one.what]
    assert found.member == "inventory.1.source.input"
    assert "packagingGhgEmissions and outboundLogisticsGhgEmissions" in found.what


def test_digits_that_cancel_are_reported() -> None:
    answer: list[Problem] = []
    value = product(gas(value="1.0000000001"), gas("CO2_uptake", value="0.9999999"))
    pcf = compose(parsed(value), SUPPLIER, {}.__getitem__, answer.append)["credentialSubject"][
        "pcf"
    ]
    assert pcf["pcfIncludingBiogenicUptake"] == "0.00000"
    (found,) = [one for one in answer if one.member == "digits"]
    assert "leaves pcf.pcfIncludingBiogenicUptake without significant digits" in found.what
    assert found.remedy == "take 8 digits"


def test_a_part_that_the_file_gives_is_within_what_its_lines_come_to() -> None:
    part = "packagingGhgEmissions"
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
    assert problem.what.startswith("adds transmission losses to more electricity than lacks them")
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
        ("0.00000000014", 9, "comes to zero in 9 decimal places, and is not zero", 10),
        ("0.00000000000001", 12, "comes to zero in 12 decimal places, and is not zero", 14),
    ],
)
def test_a_line_too_small_for_its_places_is_refused(
    value: str, line_digits: int, what: str, enough: int
) -> None:
    """Bug: 1e-14 kg was signed as nothing."""
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


def test_what_no_line_digits_can_say_is_reported() -> None:
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
