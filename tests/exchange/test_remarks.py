"""What a statement says in the open and a form has no member for is said in its comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.schema import footprint as schema
from rootprint.ledger.exchange import catena_x, pact
from tests.exchange.conftest import RECORD, WHOLE_PCF

if TYPE_CHECKING:
    from tests.exchange.conftest import Makers

DIGEST = "sha256:" + "5" * 64
# member: what is stated, and the words that a reader must find.
SAID: dict[str, tuple[Any, tuple[str, ...]]] = {
    "characterizationSets": (
        [{"set": "AR5-28", "share": "40.5"}, {"set": "unstated", "share": "59.5"}],
        ("AR5-28 40.5 %, not stated 59.5 %", "28 for all methane", "AR5 is not claimed"),
    ),
    "service": ("waste-treatment", ("The product is a service: waste-treatment.",)),
    "variant": (
        {"reason": "recycled-content", "code": "A1B2C3", "pool": DIGEST},
        ("Variant A1B2C3 of the product, by recycled content", DIGEST, "not the number of all"),
    ),
    "chainOfCustody": (
        {
            "model": "mass-balance",
            "scheme": "Example scheme",
            "certificate": "EX-17",
            "freeAttribution": True,
            "attributedBiogenicCarbon": "0.52",
        },
        ("mass balance by Example scheme, certificate EX-17, with free", "0.52 kg of biogenic"),
    ),
    "functionalUnit": (
        {
            "description": "one car moved",
            "value": "100000",
            "unit": "kilometer",
            "referenceFlow": {"value": "1", "unit": "piece"},
            "serviceLife": {"value": "15", "unit": "year"},
            "useScenario": "Mixed traffic.",
        },
        ("100000 kilometer, one car moved", "flow 1 piece, service life 15 year", "Mixed traffic."),
    ),
    "quantity": (
        {"calorificValue": "gross", "moisture": "dry"},
        ("The declared unit is counted as gross calorific value, dry mass.",),
    ),
    "sites": (["urn:example:site:7"], ("Made at urn:example:site:7.",)),
    "process": ({"record": DIGEST, "row": 3}, ("row 3 of process record", DIGEST)),
    "interpretation": (
        {"limitations": ["One year only.", "No transport."], "conclusions": "Melting leads."},
        ("Limitations: One year only.; No transport.", "Conclusions: Melting leads."),
    ),
    "reference": ("An example report", ("Reference: An example report",)),
    "precedingStatements": ([DIGEST], (f"Replaces {DIGEST}.",)),
}
# Members that stand in the form itself, by both maps' tables, and what no view carries.
MAPPED = {
    *("productIds", "productNameCompany", "productDescription", "productClassifications", "pcf"),
    *("boundary", "role", "extensions", "licence", "outlook"),
}
LEFT_OUT = {
    *("basis", "computedWith", "pseudonym", "inventory", "inventoryShape", "cells", "gases"),
    *("evidence", "uncertainty", "outputUncertainty", "producedAmount"),
}


@pytest.mark.parametrize("name", SAID)
def test_both_forms_say_it(makers: Makers, name: str) -> None:
    value, words = SAID[name]
    statement = makers.stated(**{name: value})
    silent = makers.stated()
    for comment, before in (
        (pact.footprint(statement, RECORD)["comment"], pact.footprint(silent, RECORD)["comment"]),
        (_general(statement)["comment"], _general(silent)["comment"]),
    ):
        for text in words:
            assert text in comment
            assert text not in before


def test_no_open_member_is_forgotten() -> None:
    """A member that version 2 gains must be mapped, said, or left out on purpose."""
    assert set(schema._product.known) == set(SAID) | MAPPED | LEFT_OUT


def test_a_prospective_footprint_is_said_to_be(makers: Makers) -> None:
    statement = makers.stated(outlook="prospective")
    assert "The footprint is prospective" in pact.footprint(statement, RECORD)["comment"]
    plain = pact.footprint(makers.stated(outlook="retrospective"), RECORD)
    assert "prospective" not in plain["comment"]


def test_a_licence_goes_along(makers: Makers) -> None:
    statement = makers.stated(licence="CC BY 4.0")
    assert "Licence: CC BY 4.0" in pact.footprint(statement, RECORD)["comment"]
    assert _general(statement)["pcfLegalStatement"] == "Licence: CC BY 4.0"


def test_one_set_that_is_named_needs_no_word(makers: Makers) -> None:
    assert "GWP" not in pact.footprint(makers.stated(), RECORD)["comment"]


@pytest.mark.parametrize(
    ("sets", "named"),
    [
        ([{"set": "AR6", "share": "100.0000"}], ["AR5", "AR6"]),
        ([{"set": "AR5-28", "share": "100.0000"}], ["AR5"]),
        ([{"set": "unstated", "share": "100.0000"}], ["AR6"]),
        ([{"set": "AR6", "share": "60"}, {"set": "AR5", "share": "40"}], ["AR6", "AR5"]),
    ],
)
def test_any_other_set_than_the_named_is_said(
    makers: Makers, sets: list[dict[str, str]], named: list[str]
) -> None:
    pcf = {"ipccCharacterizationFactors": named}
    statement = makers.stated(pcf, characterizationSets=sets)
    comment = pact.footprint(statement, RECORD)["comment"]
    for item in sets:
        name = "not stated" if item["set"] == "unstated" else item["set"]
        assert f"{name} {item['share']} %" in comment


def test_what_the_packaging_weighs_is_said_in_both(makers: Makers) -> None:
    made = makers.stated({**WHOLE_PCF, "packagingMassPerDeclaredUnit": "0.25"})
    words = "The packaging of the declared unit weighs 0.25 kg."
    assert words in pact.footprint(made, RECORD)["comment"]
    assert words in _general(made)["comment"]
    assert "weighs" not in pact.footprint(makers.stated(WHOLE_PCF), RECORD).get("comment", "")


def test_secondary_sources_are_missed_only_where_they_are_not_named(makers: Makers) -> None:
    words = "does not name its sources"
    assert words in pact.footprint(makers.stated({"primaryDataShare": "99.9"}), RECORD)["comment"]
    for pcf in (
        {"primaryDataShare": "100.0000"},
        {"secondaryEmissionFactorSources": WHOLE_PCF["secondaryEmissionFactorSources"]},
    ):
        assert words not in pact.footprint(makers.stated(pcf), RECORD).get("comment", "")


def test_what_pact_has_and_catena_x_has_not_is_said_there(makers: Makers) -> None:
    comment = _general(makers.stated({**WHOLE_PCF, **CCU}))["comment"]
    assert "landManagementFossilGhgEmissions: 0.5 kg CO2e, in fossilGhgEmissions" in comment
    assert "landAreaOccupation: 0.250 m2 for a year" in comment
    assert "landCarbonLeakage" not in comment  # zero
    assert "technologicalCO2CaptureOrigin: Fossil, from an example kiln." in comment
    assert "ccuCreditCertification: https://certificates.example/17" in comment
    assert "by Example verifier, completed 2026-02-01T00:00:00Z" in comment
    assert "Allocation: By mass." in comment


CCU = {"landManagementFossilGhgEmissions": "0.5", "ccuCarbonContent": "0.1"}


def _general(statement: Any) -> dict[str, str]:
    made = catena_x.footprint(statement, RECORD)
    (general,) = made["general"]
    found: dict[str, str] = general
    return found
