"""Entries that stand for several lines: blends and the Circular Footprint Formula; other names."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger import figures
from rootprint.ledger.intake import compose
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

FORMULA = {
    "mass": {"value": "1", "unit": "kg"},
    "A": "0.2",
    "R1": "0.4",
    "R2": "0.85",
    "R3": "0",
    "qualityIn": "1",
    "qualityOut": "1",
}
INPUTS = {
    "virgin": "ev",
    "recycled": "erec",
    "recycling": "eol",
    "avoided": "ev",
    "disposal": "ed",
}
FIGURES = ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
FACTORS = {"ev": "2.1", "erec": "0.5", "eol": "0.6", "ed": "0.02"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def factors(world: World) -> dict[str, Statement]:
    return published_factors(world)


def published_factors(world: World) -> dict[str, Statement]:
    return {
        name: world.publish(
            world.factor(name, pcf=dict.fromkeys(FIGURES, value), service="waste-treatment")
        )
        for name, value in FACTORS.items()
    }


def circular(**changes: Any) -> dict[str, Any]:
    return {
        "description": "PET",
        "primary": False,
        "circular": {"material": "PET", **FORMULA, "inputs": INPUTS, **changes},
    }


def test_a_blend_is_a_line_for_each_gas() -> None:
    lines = parsed(product(gas("R-410A", "2.5"))).lines
    assert [(one["source"]["gas"], one["amount"]["value"]) for one in lines] == [
        ("HFC-32", "1.25"),
        ("HFC-125", "1.25"),
    ]
    assert lines[0]["description"] == "An activity (R-410A: HFC-32, 50 %)"
    subject = composed(product(gas("R-410A", "2.5")))
    assert Fraction(subject["pcf"]["fossilGhgEmissions"]) == Fraction("5638.75")


def test_a_blend_s_spread_is_one_error() -> None:
    spread = {
        "distribution": "normal",
        "statedValue": "2",
        "interval": {"lower": "1.8", "upper": "2.2", "percent": "95"},
    }
    lines = parsed(product(gas("R-407C", "2", uncertainty=spread))).lines
    assert [one["uncertainty"]["group"] for one in lines] == ["An activity"] * 3
    assert lines[0]["uncertainty"]["statedValue"] == lines[0]["amount"]["value"] == "0.46"
    assert lines[0]["uncertainty"]["interval"] == {
        "lower": "0.414",
        "upper": "0.506",
        "percent": "95",
    }


def test_a_spread_that_is_not_of_the_blend_s_mass_is_still_refused() -> None:
    spread = {
        "distribution": "lognormal",
        "statedValue": "3",
        "geometricStandardDeviation": "1.1",
    }
    found = problems(product(gas("R-410A", "2", uncertainty=spread)))
    assert "statedValue is not the value" in found["inventory.1.uncertainty"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("R134a", "HFC-134a"),
        ("r-134A", "HFC-134a"),
        ("HFC134a", "HFC-134a"),
        ("R-32", "HFC-32"),
        ("Opteon YF", "HFO-1234yf"),
        ("R-1234ze", "HFO-1234ze(E)"),
        ("PFC-14", "CF4"),
        ("SF₆", "SF6"),
        ("六氟化硫", "SF6"),
        ("R-22", "HCFC-22"),
    ],
)
def test_a_gas_is_read_by_what_invoices_call_it(written: str, name: str) -> None:
    assert [one["source"]["gas"] for one in parsed(product(gas(written))).lines] == [name]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        # Another number is another substance: nothing is offered in its place.
        ("HFC-134b", "state it by the name"),
        ("R-411C", "state it by the name"),
        ("CH4", "CH4_fossil or CH4_non_fossil"),
        ("Methane", "CH4_fossil or CH4_non_fossil"),
        ("xenon", "state it by the name"),
    ],
)
def test_an_unknown_gas_is_reported_with_the_nearest_and_not_with_all(
    written: str, remedy: str
) -> None:
    found = problems(product(gas(written)))["inventory.1.source.gas"]
    assert remedy in found
    assert len(found) < 200


def test_a_blend_with_a_part_that_has_no_gwp_is_refused_by_its_name() -> None:
    found = problems(product(gas("R-422D")))
    assert "R-600a has no GWP" in found["inventory.1.source.gas"]


def test_the_formula_s_published_example(world: World, factors: dict[str, Statement]) -> None:
    """Gross 2.383 and a credit of 1.428 stand apart, and come to 0.955."""
    value = product(circular(), boundary="cradle-to-grave")
    subject = composed(value, world, **factors)
    pcf = subject["pcf"]
    assert Fraction(pcf["fossilGhgEmissions"]) == Fraction("2.383")
    assert Fraction(pcf["substitutionCredits"]) == Fraction("-1.428")
    assert Fraction(pcf["pcfExcludingBiogenicUptake"]) == Fraction("0.955")
    terms = {one["circular"]["term"]: one["amount"]["value"] for one in subject["inventory"]}
    assert terms == {
        "virgin": "0.92",
        "recycled": "0.08",
        "recycling": "0.68",
        "avoided": "0.68",
        "disposal": "0.15",
    }


_shares = st.integers(0, 20).map(lambda part: str(Decimal(part) / 20))
_qualities = st.integers(1, 20).map(lambda part: str(Decimal(part) / 20))


@settings(max_examples=40)
@given(a=_shares, r1=_shares, r2=_shares, q_in=_qualities, q_out=_qualities)
def test_any_material_comes_to_what_the_formula_prints(
    a: str, r1: str, r2: str, q_in: str, q_out: str
) -> None:
    """Composed from the file, each material is whole, and its total the printed sum's."""
    material = {"A": a, "R1": r1, "R2": r2, "R3": "0", "qualityIn": q_in, "qualityOut": q_out}
    inventory = parsed(product(circular(**material), boundary="cradle-to-grave", digits=12))
    made = compose(inventory, SUPPLIER, _published().__getitem__)["credentialSubject"]
    ev, erec, eol, ed = (Fraction(FACTORS[name]) for name in ("ev", "erec", "eol", "ed"))
    fa, f1, f2, fi, fo = map(Fraction, (a, r1, r2, q_in, q_out))
    printed = (
        (1 - f1) * ev
        + f1 * (fa * erec + (1 - fa) * ev * fi)
        + (1 - fa) * f2 * (eol - ev * fo)
        + (1 - f2) * ed
    )
    assert abs(Fraction(made["pcf"]["pcfExcludingBiogenicUptake"]) - printed) < Fraction("1e-10")
    lines = dict(enumerate(made["inventory"]))
    found = [*figures.material_findings(lines), *figures.term_findings(lines, "cradle-to-grave")]
    assert found == []


@cache
def _published() -> dict[str, Statement]:
    return published_factors(World())


def test_at_the_gate_the_end_of_life_is_another_s() -> None:
    inputs = {name: INPUTS[name] for name in ("virgin", "recycled")}
    lines = parsed(product(circular(inputs=inputs))).lines
    assert [one["circular"]["term"] for one in lines] == ["virgin", "recycled"]


def test_at_the_gate_a_term_of_the_end_of_life_is_refused_and_the_remedy_works() -> None:
    later = ("recycling", "avoided", "disposal")
    found = problems(product(circular()))
    assert found.keys() == {f"inventory.1.circular.inputs.{term}" for term in later}
    assert "beyond cradle-to-gate" in found["inventory.1.circular.inputs.avoided"]
    inputs = {name: INPUTS[name] for name in INPUTS if name not in later}
    assert len(parsed(product(circular(inputs=inputs))).lines) == 2


def test_a_term_without_its_input_is_missed() -> None:
    value = product(circular(inputs={"virgin": "ev"}), boundary="cradle-to-grave")
    found = problems(value)
    assert found.keys() == {
        f"inventory.1.circular.inputs.{term}"
        for term in ("recycled", "recycling", "avoided", "disposal")
    }


def test_an_input_of_which_the_formula_takes_nothing_is_a_finding() -> None:
    value = product(circular(R1="0"), boundary="cradle-to-grave")
    inventory = parsed(value)
    assert [one["circular"]["term"] for one in inventory.lines][:2] == ["virgin", "recycling"]
    assert [one.member for one in inventory.findings] == ["inventory.1.circular.inputs.recycled"]


@pytest.mark.parametrize(
    ("changes", "member", "what"),
    [
        ({"R2": "0.9", "R3": "0.2"}, "circular", "R2 and R3 come to more than 1"),
        ({"A": "1.5"}, "circular", "A is not from 0 to 1"),
        ({"R1": "40 %"}, "circular.R1", "is not a plain decimal"),
        ({"mass": {"value": "1"}}, "circular.mass.unit", "is missing"),
    ],
)
def test_a_faulty_formula_is_reported_where_it_is(
    changes: dict[str, Any], member: str, what: str
) -> None:
    found = problems(product(circular(**changes), boundary="cradle-to-grave"))
    assert what in found[f"inventory.1.{member}"]


def test_a_formula_stands_for_its_lines_alone() -> None:
    found = problems(product({**circular(), "stage": "use"}, boundary="cradle-to-grave"))
    assert "stands beside circular" in found["inventory.1.stage"]


def test_a_process_scales_the_mass_and_the_amount_follows(factors: dict[str, Statement]) -> None:
    process = {
        "name": "Line 1",
        "outputs": [{"name": "bottle", "amount": {"value": "3", "unit": "kg"}}],
    }
    value = product(circular(), boundary="cradle-to-grave", process=process)
    first = parsed(value).lines[0]
    assert first["circular"]["mass"]["value"] == "0.333333333333333"
    assert first["amount"]["value"] == "0.30666666666666636"
    assert composed(value, **factors)["pcf"]["pcfExcludingBiogenicUptake"] == "0.318333"


def test_normal_cubic_meters_say_their_state() -> None:
    figure = {
        "published": "2",
        "per": "Nm3",
        "component": "fossilGhgEmissions",
        "reference": "Table 1",
    }
    amount = parsed(product(line(figure, "3", "Nm3"))).lines[0]["amount"]
    assert amount == {
        "value": "3",
        "unit": "cubic meter",
        "quantity": {"state": "0 °C 101.325 kPa"},
    }
    found = problems(product(line({**figure, "per": "m3"}, "3", "Nm3")))
    assert "0 °C 101.325 kPa" in found["inventory.1.source.per"]
    found = problems(product(line(figure, "3", "m3")))
    assert "is a cubic meter at 0 °C" in found["inventory.1.source.per"]


def test_a_distance_is_in_any_unit_of_length() -> None:
    transport = {
        "mass": {"value": "1", "unit": "t"},
        "distance": {"value": "100", "unit": "mi"},
    }
    value = product(line({"input": "lorry"}, amount=None, transport=transport))
    assert parsed(value).lines[0]["amount"] == {"value": "160.9344", "unit": "ton kilometer"}
