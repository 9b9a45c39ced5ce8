"""What PACT's schema and its conformance run let pass, and our own rules do not.

The first mutations are those that were measured on the official run with altered servers.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from rootprint.ledger.exchange import pact
from tests.exchange.conftest import RECORD, WHOLE_PCF

if TYPE_CHECKING:
    from tests.exchange.conftest import Makers

Json = Any
SIGNED = "extensions.0.data.signature"
GONE = object()  # in a change: the attribute is taken away
# name: the attribute's place and its new value, and the fault that is named.
UNNOTICED: dict[str, tuple[dict[str, Json], str]] = {
    "a decimal that is none": (
        {"pcf.pcfExcludingBiogenicUptake": "abc"},
        "pcf.pcfExcludingBiogenicUptake is not a plain decimal",
    ),
    "negative fossil emissions": (
        {"pcf.fossilGhgEmissions": "-1"},
        "pcf.fossilGhgEmissions is not a plain decimal of zero or more",
    ),
    "positive uptake": (
        {"pcf.biogenicCO2Uptake": "10"},
        "pcf.biogenicCO2Uptake is not a plain decimal of zero or less",
    ),
    "excluding and uptake are not including": (
        {"pcf.pcfIncludingBiogenicUptake": "4.50001"},
        "pcf.pcfIncludingBiogenicUptake is 4.50001, and its parts add up to 4.50000",
    ),
    "parts are not excluding": (
        {"pcf.fossilGhgEmissions": "5.00001"},
        "pcf.pcfExcludingBiogenicUptake is 4.75000, and its parts add up to 4.75001",
    ),
    "a rating of 9": (
        {"pcf.dqi.temporalDQR": "9"},
        "pcf.dqi.temporalDQR is no rating from 1 to 5",
    ),
    "a rating below 1": ({"pcf.dqi.temporalDQR": "0.9"}, "temporalDQR is no rating from 1 to 5"),
    "valid for more than three years": (
        {"validityPeriodEnd": "2029-01-01T00:00:01Z"},
        "validityPeriodEnd is more than 3 years after referencePeriodEnd",
    ),
    "no word on packaging": (
        {"pcf.packagingEmissionsIncluded": GONE},
        "pcf.packagingEmissionsIncluded is missing",
    ),
    "no primary data share": (
        {"pcf.primaryDataShare": GONE},
        "pcf.primaryDataShare is missing",
    ),
    "an attribute that PACT has not": ({"pcf.netZero": "1"}, "pcf.netZero is no attribute of PACT"),
    "an extra attribute outside": ({"version": 1}, "version is no attribute of PACT"),
    "our extension with a signature of its own": (
        {SIGNED: "MEUCIQ"},
        "extensions[0].data has a member 'signature'",
    ),
    # Beyond what was measured: the rest of the prose.
    "our extension without a digest": (
        {"extensions.0.data.statement": "sha256:12"},
        "extensions[0].data.statement is not",
    ),
    "valid before its period": (
        {"validityPeriodStart": "2025-12-31T23:59:59Z"},
        "validityPeriodStart is before referencePeriodEnd",
    ),
    "valid for no time": (
        {"validityPeriodEnd": "2026-01-01T00:00:00Z"},
        "validityPeriodEnd is not after validityPeriodStart",
    ),
    "a period backwards": (
        {"pcf.referencePeriodStart": "2026-01-02T00:00:00+00:00"},
        "pcf.referencePeriodEnd is before referencePeriodStart",
    ),
    "a share above all": ({"pcf.primaryDataShare": "100.1"}, "is no percentage from 0 to 100"),
    "less than nothing exempted": (
        {"pcf.exemptedEmissionsPercent": "-1"},
        "pcf.exemptedEmissionsPercent is no percentage",
    ),
    "exempted without a reason": (
        {"pcf.exemptedEmissionsPercent": "1", "pcf.exemptedEmissionsDescription": ""},
        "pcf.exemptedEmissionsDescription is empty though emissions are exempted",
    ),
    "a negative mass": (
        {"pcf.productMassPerDeclaredUnit": "-1"},
        "pcf.productMassPerDeclaredUnit is negative",
    ),
    "a part above its whole": (
        {"pcf.landManagementFossilGhgEmissions": "5.00001"},
        "pcf.landManagementFossilGhgEmissions is more than fossilGhgEmissions",
    ),
    "packaging that is not included": (
        {"pcf.packagingEmissionsIncluded": False},
        "pcf.packagingGhgEmissions is given though packagingEmissionsIncluded is false",
    ),
    "no word on capture": (
        {"pcf.ccsTechnologicalCO2CaptureIncluded": GONE},
        "pcf.ccsTechnologicalCO2CaptureIncluded is missing",
    ),
    "a certificate without its approach": (
        {"pcf.ccuCalculationApproach": "Cut-off"},
        "pcf.ccuCreditCertification is given though ccuCalculationApproach is not Credit",
    ),
    "a body without a name": (
        {"pcf.productOrSectorSpecificRules.0.otherOperatorName": GONE},
        "pcf.productOrSectorSpecificRules[0] names no otherOperatorName",
    ),
    "its own predecessor": ({"precedingPfIds": ["ID"]}, "precedingPfIds names the footprint"),
    "no extension": ({"extensions": []}, "extensions is not an array with items"),
}
ADVICE: dict[str, tuple[dict[str, Json], str]] = {
    "no geography": ({"pcf.geographyCountry": GONE}, "pcf has no geography"),
    "an unknown standard": (
        {"pcf.crossSectoralStandards": ["ISO14067", "ISO 9001"]},
        "names 'ISO 9001', which PACT 3.0.4 does not list",
    ),
    "no packaging figure": (
        {"pcf.packagingGhgEmissions": GONE},
        "pcf.packagingGhgEmissions is missing though packaging is included",
    ),
    "no secondary sources": (
        {"pcf.secondaryEmissionFactorSources": GONE},
        "pcf.secondaryEmissionFactorSources is missing though data is secondary",
    ),
}


@pytest.fixture(scope="module")
def good(makers: Makers) -> dict[str, Json]:
    """A view that says all, with nothing wrong and nothing to advise."""
    document = pact.footprint(makers.whole(), RECORD)
    assert pact.faults(document) == []
    assert pact.advice(document) == []
    return document


@pytest.mark.parametrize("name", UNNOTICED)
def test_our_rules_name_it(good: dict[str, Json], name: str) -> None:
    changes, message = UNNOTICED[name]
    found = pact.faults(changed(good, changes))
    assert any(message in fault for fault in found), found


@pytest.mark.parametrize("name", UNNOTICED)
def test_pacts_schema_as_published_does_not(
    good: dict[str, Json], pact_document: dict[str, Any], name: str
) -> None:
    schema = {**pact_document, "$ref": "#/components/schemas/ProductFootprint"}
    changes, _ = UNNOTICED[name]
    assert jsonschema.Draft202012Validator(schema).is_valid(changed(good, changes))


@pytest.mark.parametrize("name", ADVICE)
def test_what_should_be_is_advised_and_no_fault(good: dict[str, Json], name: str) -> None:
    changes, message = ADVICE[name]
    document = changed(good, changes)
    assert pact.faults(document) == []
    (found,) = pact.advice(document)
    assert message in found


def test_what_is_faulty_gets_no_advice(good: dict[str, Json]) -> None:
    assert pact.advice(changed(good, {"pcf.fossilGhgEmissions": "abc"})) == []


@pytest.mark.parametrize("name", sorted(WHOLE_PCF))
def test_null_is_no_way_to_leave_out(good: dict[str, Json], name: str) -> None:
    assert pact.faults(changed(good, {f"pcf.{name}": None}))


@pytest.mark.parametrize("document", [None, [], "abc", 5, {}, {"pcf": []}, {"pcf": {"dqi": 3}}])
def test_what_is_no_footprint_at_all_is_named_without_a_crash(document: Json) -> None:
    assert pact.faults(document)
    assert pact.advice(document) == []


def test_an_empty_reason_is_right_where_nothing_is_exempted(good: dict[str, Json]) -> None:
    """PACT: "CAN be the empty string if no emissions were excluded"."""
    changes = {"pcf.exemptedEmissionsPercent": "0.0", "pcf.exemptedEmissionsDescription": ""}
    assert pact.faults(changed(good, changes)) == []


def test_other_peoples_extensions_and_time_zones_are_theirs(good: dict[str, Json]) -> None:
    theirs = {"specVersion": "2.0.0", "dataSchema": "https://x.example/s", "data": {"signature": 1}}
    changes = {
        "extensions": [theirs],
        "validityPeriodStart": "2026-01-01T01:00:00+01:00",
        "validityPeriodEnd": "2028-12-31T23:00:00.500-01:00",
    }
    assert pact.faults(changed(good, changes)) == [
        "validityPeriodEnd is more than 3 years after referencePeriodEnd"
    ]
    changes["validityPeriodEnd"] = "2028-12-31T23:00:00-01:00"
    assert pact.faults(changed(good, changes)) == []


def changed(document: dict[str, Json], changes: dict[str, Json]) -> dict[str, Json]:
    """A copy with changes at places such as ``pcf.dqi``; ``ID`` stands for the document's own."""
    made = copy.deepcopy(document)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place: Any = made
        for parent in parents:
            place = place[int(parent)] if parent.isdecimal() else place[parent]
        if value is GONE:
            del place[last]
        else:
            place[last] = [made["id"]] if value == ["ID"] else value
    return made
