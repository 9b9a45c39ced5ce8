"""Shorthands of a line: transport, electricity, defaults, published figures, offsets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.drafts import gas, line, parsed, problems, product
from tests.support.world import World

KM = {"value": "1250.5", "unit": "km"}
CERTIFICATE = {"registry": "Example registry", "id": "GO-17", "MWh": "12"}
FIGURE = {
    "published": "2",
    "per": "kg",
    "component": "fossilGhgEmissions",
    "reference": "Table 1, row 2",
}


def only(*lines: dict[str, Any]) -> dict[str, Any]:
    (found,) = parsed(product(*lines)).lines
    return dict(found)


@pytest.mark.parametrize(
    ("mass", "distance", "value"),
    [
        ({"value": "3", "unit": "t"}, KM, "3751.5"),
        ({"value": "0.7", "unit": "kg"}, KM, "0.87535"),
        ({"value": "250", "unit": "g"}, {"value": "500", "unit": "m"}, "0.000125"),
    ],
)
def test_transport_is_mass_times_distance_exactly(
    mass: dict[str, str], distance: dict[str, str], value: str
) -> None:
    found = only(
        line(
            {"input": "lorry"},
            amount=None,
            stage="raw-material",
            transport={"mass": mass, "distance": distance},
        )
    )
    assert found["amount"] == {"value": value, "unit": "ton kilometer"}
    assert "transport" not in found


def test_transport_and_an_amount_exclude_each_other() -> None:
    both = line({"input": "x"}, transport={"mass": {"value": "1", "unit": "t"}, "distance": KM})
    assert "stands beside transport" in problems(product(both))["inventory.1.amount"]
    assert (
        "is missing" in problems(product(line({"input": "x"}, amount=None)))["inventory.1.amount"]
    )


def test_electricity_says_where_it_comes_from_and_a_contract_names_its_certificate() -> None:
    power = {"source": {"input": "power"}, "value": "2", "unit": "kWh"}
    for kind in ("grid", "own"):
        assert only(line(**power, electricity=kind))["electricity"] == kind
    found = only(line(**power, electricity="contract", certificate=CERTIFICATE))
    assert found["certificate"] == CERTIFICATE
    assert problems(product(line(**power, electricity="contract"))) == {
        "inventory.1.electricity": "is a contract without certificate — name its certificate"
        " (registry, id, MWh), or take the grid's factor"
    }
    wrong = line(**power, electricity="grid", certificate=CERTIFICATE)
    assert "of kind grid" in problems(product(wrong))["inventory.1.certificate"]
    heavy = line({"input": "power"}, "2", "kg", electricity="grid")
    assert "can't be converted" in problems(product(heavy))["inventory.1.amount.unit"]


def test_a_published_figure_needs_its_reference_and_a_unit_that_fits() -> None:
    assert only(line(FIGURE, "3", "kg"))["source"] == FIGURE
    bare = {name: member for name, member in FIGURE.items() if name != "reference"}
    assert problems(product(line(bare))).keys() == {"inventory.1.source.reference"}
    assert (
        "can't be converted"
        in problems(product(line(FIGURE, "3", "kWh")))["inventory.1.amount.unit"]
    )


def test_waste_with_a_method_may_be_negative() -> None:
    credit = {**FIGURE, "published": "-2"}
    assert problems(product(line(credit))).keys() == {"inventory.1.source.published"}
    method = {"method": "substitution"}
    found = only(line(credit, stage="end-of-life", allocation=method))
    assert found["allocation"] == method


def test_a_default_says_so_and_is_never_primary() -> None:
    given = line({"input": "steel-average"}, defaultFor="steel of supplier X, asked in May")
    inventory = parsed(product(given))
    assert inventory.lines[0]["description"] == (
        "An activity (default for: steel of supplier X, asked in May)"
    )
    (finding,) = inventory.findings
    assert finding.member == "inventory.1.defaultFor"
    assert finding.line > 1
    assert "say false" in problems(product({**given, "primary": True}))["inventory.1.primary"]
    measured = gas(defaultFor="a meter")
    assert "measured gas" in problems(product(measured))["inventory.1.defaultFor"]


@pytest.mark.parametrize(
    ("name", "remedy"), [("kWH", "did you mean kWh (kilowatt hour)?"), ("furlong", "use one of")]
)
def test_an_unknown_unit_is_reported_with_what_may_be_meant(name: str, remedy: str) -> None:
    found = problems(product(line({"input": "x"}, "1", name)))["inventory.1.amount.unit"]
    assert f"is not in the unit table — {remedy}" in found


def test_quality_and_evidence_are_judged_where_they_stand() -> None:
    quality = {"technologicalDQR": "0", "geographicalDQR": "2", "temporalDQR": "2"}
    found = problems(product(gas(quality=quality, evidence=["x"])))
    assert found.keys() == {"inventory.1.quality.technologicalDQR", "inventory.1.evidence.1"}


def test_a_pedigree_becomes_the_spread_of_the_amount() -> None:
    """Ln GSD = sqrt(ln²(1.05) + ln²(1.54)) / 2, version 2, all other scores at their best."""
    scores = dict.fromkeys(("completeness", "temporal", "geographical", "technological"), 1)
    line = {
        "stage": "manufacturing",
        "description": "measured",
        "amount": {"value": "2", "unit": "kg"},
        "source": {"gas": "CO2", "set": "AR6"},
        "primary": True,
        "pedigree": {
            "version": "2",
            "basic": "energy-and-materials",
            "scores": {"reliability": 2, **scores},
        },
    }
    draft = World().product("part", [line])
    composed = draft["credentialSubject"]
    assert composed["inventory"][0]["uncertainty"] == {
        "distribution": "lognormal",
        "statedValue": "2",
        "geometricStandardDeviation": "1.2427",
    }
    assert composed["uncertainty"]["geometricStandardDeviation"] == "1.2427"
