"""Open members that a file says beside its figures: signed as they are, reported if they clash."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import World

UNIT: dict[str, Any] = {
    "description": "To hold a liter of water for a year",
    "value": "1",
    "unit": "liter",
    "referenceFlow": {"value": "1", "unit": "kg"},
    "serviceLife": {"value": "365", "unit": "day"},
}
CUSTODY: dict[str, Any] = {
    "model": "mass-balance",
    "scheme": "ISCC PLUS",
    "certificate": "made up",
    "freeAttribution": True,
    "attributedBiogenicCarbon": "0.3",
}
INTERPRETATION = {
    "conclusions": "The furnace's electricity is most of it.",
    "sensitivity": ["With the grid of 2023: 4 % more"],
    "limitations": ["One year of one site"],
    "valueChoices": ["Economic allocation of the slag"],
}
CARBON = {"fossilCarbonContent": "0.6", "biogenicCarbonContent": "0.1"}


def findings(value: dict[str, Any]) -> dict[str, str]:
    return {one.member: one.what for one in parsed(value).findings}


def test_they_are_signed_as_they_are() -> None:
    said = {
        "functionalUnit": {**UNIT, "useScenario": "Cold water", "endOfLifeScenario": "Recycled"},
        "chainOfCustody": CUSTODY,
        "interpretation": INTERPRETATION,
    }
    value = product(gas(), boundary="cradle-to-grave", pcf=CARBON, **said)
    subject = composed(value, World())
    assert {name: subject[name] for name in said} == said
    assert findings(value) == {}


@pytest.mark.parametrize(
    ("changes", "pcf", "member", "what"),
    [
        ({"model": "segregated"}, {}, "attributedBiogenicCarbon", "the model is segregated"),
        ({"model": "segregated"}, {}, "freeAttribution", "the model is segregated"),
        ({}, {"biogenicCarbonContent": "0.3"}, "attributedBiogenicCarbon", "counted in pcf"),
        ({"attributedBiogenicCarbon": "0.9"}, {}, "attributedBiogenicCarbon", "more carbon"),
        (
            {"attributedRecycledCarbon": "0.2"},
            {"recycledCarbonContent": "0.2"},
            "attributedRecycledCarbon",
            "counted in pcf",
        ),
    ],
)
def test_attributed_carbon_stands_apart_from_what_is_in_the_product(
    changes: dict[str, Any], pcf: dict[str, str], member: str, what: str
) -> None:
    value = product(gas(), pcf={**CARBON, **pcf}, chainOfCustody={**CUSTODY, **changes})
    assert what in findings(value)[f"chainOfCustody.{member}"]


@pytest.mark.parametrize(
    ("changes", "member", "what"),
    [
        ({"useScenario": "Cold water"}, "useScenario", "after the gate"),
        (
            {"referenceFlow": {"value": "1", "unit": "piece"}},
            "referenceFlow.unit",
            "another kind of unit",
        ),
        (
            {"referenceFlow": {"value": "2", "unit": "kg"}},
            "referenceFlow.value",
            "not the declared amount",
        ),
    ],
)
def test_a_functional_unit_fits_boundary_and_declared_amount(
    changes: dict[str, Any], member: str, what: str
) -> None:
    value = product(gas(), functionalUnit={**UNIT, **changes})
    assert what in findings(value)[f"functionalUnit.{member}"]


def test_a_word_that_no_list_has_is_refused_where_it_stands() -> None:
    found = problems(product(gas(), chainOfCustody={**CUSTODY, "model": "balanced"}))
    assert found.keys() == {"chainOfCustody.model"}


def test_residual_electricity_is_signed_as_such_and_needs_no_certificate() -> None:
    power = line(
        {
            "published": "0.7",
            "per": "kWh",
            "component": "fossilGhgEmissions",
            "reference": "Residual mix 2024",
        },
        "2",
        "kWh",
        electricity="residual",
    )
    assert composed(product(power), World())["inventory"][0]["electricity"] == "residual"
    certificate = {"registry": "r", "id": "1", "MWh": "1"}
    found = problems(product({**power, "certificate": certificate}))
    assert "electricity of kind residual" in found["inventory.1.certificate"]


def test_a_service_is_declared_by_its_own_unit_and_the_remedy_works() -> None:
    """Bug: steel by the kilogram that said transport could be cited whatever its boundary was."""
    value = product(gas(), service="transport")
    found = problems(value)["pcf.declaredUnitOfMeasurement"]
    assert "is kilogram, by which no transport is counted" in found
    assert "declare ton kilometer or" in found
    hauled = {"declaredUnitOfMeasurement": "ton kilometer"}
    value = product(gas(), service="transport", pcf=hauled)
    found = problems(value)["pcf.productMassPerDeclaredUnit"]
    assert "state 0, or leave service out where it is a product" in found
    weightless = hauled | {"productMassPerDeclaredUnit": "0", "fossilCarbonContent": "0"}
    value = product(gas(), service="transport", pcf=weightless)
    assert composed(value, World())["service"] == "transport"
