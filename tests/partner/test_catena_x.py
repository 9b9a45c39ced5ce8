"""A partner's Catena-X PCF says the same in other members: A + H is what PACT calls fossil."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.partner import CATENA_X
from tests.partner.documents import catena_x, composed, only, places, read, refused

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pcf_is_attested_with_all_that_it_says() -> None:
    one = only(catena_x())
    subject, pcf = one.subject, one.subject["pcf"]
    assert read(catena_x()).form == CATENA_X
    assert (pcf["fossilGhgEmissions"], pcf["aircraftGhgEmissions"]) == ("8.0", "0.5")
    assert (pcf["pcfExcludingBiogenicUptake"], pcf["pcfIncludingBiogenicUptake"]) == (
        "8.25", "8.15",
    )  # fmt: skip
    assert pcf["packagingGhgEmissions"] == "0.2"
    assert pcf["outboundLogisticsGhgEmissions"] == "0.15"
    assert (pcf["biogenicCarbonContent"], pcf["packagingBiogenicCarbonContent"]) == (
        "0.020",
        "0.007",
    )
    assert (pcf["primaryDataShare"], pcf["exemptedEmissionsPercent"]) == ("56.12", "1.5")
    assert pcf["dqi"]["temporalDQR"] == "1.5"
    assert pcf["secondaryEmissionFactorSources"] == [{"name": "Example data", "version": "3.8"}]
    assert pcf["allocationRulesDescription"] == "By mass; waste incineration: cut-off"
    assert subject["chainOfCustody"] == {
        "model": "mass-balance", "scheme": "Example scheme", "freeAttribution": False,
    }  # fmt: skip
    assert subject["productIds"] == ["urn:pact:profiles.example:product:7"]
    assert subject["licence"] == "For information."
    assert subject["outlook"] == "retrospective"
    assert subject["extensions"][0]["data"]["companyIds"] == ["urn:BPNL000000000EX1"]
    assert places(one) == ["pcf"]  # country and region, of which the country is kept
    composed(one)


def test_a_period_that_has_not_ended_is_of_a_prospective_pcf() -> None:
    value = catena_x()
    assessed = value["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]
    assessed["time"][0]["referencePeriodEnd"] = "2028-01-01T00:00:00Z"
    assert "pcf.referencePeriodEnd does not fit" in refused(value)
    assessed["idAndVersion"][0]["retroOrProspectivePcfType"] = "Prospective PCF"
    one = only(value)
    assert one.subject["outlook"] == "prospective"
    composed(one)


def test_digits_of_json_numbers_are_kept() -> None:
    text = json.dumps(catena_x()).replace("8.25", "8.2500000000000000001").replace(
        '"biogenicNonCO2Emissions": 0.25', '"biogenicNonCO2Emissions": 0.2500000000000000001'
    ).replace("8.15", "8.1500000000000000001")  # fmt: skip
    assert only(text.encode()).subject["pcf"]["pcfExcludingBiogenicUptake"].endswith("0001")


def test_sums_that_do_not_add_up_count_at_the_higher_figure() -> None:
    one = only(catena_x({"pcfExcludingBiogenicUptake": 5, "pcfIncludingBiogenicUptake": 4.9}))
    assert one.subject["pcf"]["pcfExcludingBiogenicUptake"] == "8.25"
    composed(one)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"specVersion": "urn:io.catenax.pcf:datamodel:version:7.0.0"}, "specVersion is not urn:"),
        ({"partialFullPcf": "Cradle-to-grave"}, "partialFullPcf is not Cradle-to-gate"),
    ],
)
def test_another_version_or_boundary_is_refused(scope: dict[str, str], words: str) -> None:
    document = catena_x()
    document["scopeOfPcfForm"][0] |= scope
    assert words in refused(document)


def _without(name: str) -> dict[str, Any]:
    document = catena_x()
    del document["productLifeCycleStagesAndEmissions"][0]["productionStage"][0][name]
    return document


@pytest.mark.parametrize(
    "name", ["fossilGhgEmissions", "aircraftGhgEmissions", "pcfExcludingBiogenicUptake"]
)
def test_a_figure_that_is_no_number_is_refused_by_its_name(name: str) -> None:
    """The name stands in the one refusal there is, and not that of another figure."""
    assert refused(catena_x({name: "much"})).count("GhgEmissions is no") == (name[:3] != "pcf")
    assert f"{name} is no" in refused(catena_x({name: "much"}))


def test_a_missing_total_is_refused_and_missing_fossil_emissions_are_what_is_left() -> None:
    assert "pcfExcludingBiogenicUptake is missing" in refused(
        _without("pcfExcludingBiogenicUptake")
    )
    one = only(_without("fossilGhgEmissions"))
    assert "pcf.fossilGhgEmissions" in places(one)
    pcf = composed(one)[0]["credentialSubject"]["pcf"]
    assert (pcf["fossilGhgEmissions"], pcf["aircraftGhgEmissions"]) == ("8", "0.5")
    none = only(_without("aircraftGhgEmissions"))
    assert "aircraftGhgEmissions" not in none.subject["pcf"]


@pytest.mark.parametrize(
    ("kind", "outlook"),
    [
        ("Retrospective PCF", "retrospective"),
        ("Prospective PCF without forerunner", "prospective"),
        ("Prospective PCF of further developed product with forerunner", "prospective"),
        ("Prospective PCF for current product for future production date", "prospective"),
    ],
)
def test_a_pcf_is_of_what_was_or_of_what_is_to_come(kind: str, outlook: str) -> None:
    value = catena_x()
    assessed = value["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]
    assessed["idAndVersion"][0]["retroOrProspectivePcfType"] = kind
    if outlook == "prospective":
        assessed["time"][0]["referencePeriodEnd"] = "2028-01-01T00:00:00Z"
    assert only(value).subject["outlook"] == outlook


@pytest.mark.parametrize("kind", ["Progressive PCF", "retrospective PCF", "", 1, ["x"], {}])
def test_a_pcf_of_another_kind_is_refused(kind: object) -> None:
    value = catena_x()
    assessed = value["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]
    assessed["idAndVersion"][0]["retroOrProspectivePcfType"] = kind
    path = "pcfAssessmentAndMethodology[0].pcfAssessmentInformation[0].idAndVersion[0]"
    assert f"{path}.retroOrProspectivePcfType is neither" in refused(value)


def test_groups_of_another_shape_end_in_a_refusal() -> None:
    groups: tuple[Any, ...] = (None, [], {}, "x", [[]], [{"pcfMethodology": "x"}])
    for group in groups:
        assert refused(catena_x(pcfAssessmentAndMethodology=group))


def test_the_models_own_example_is_told_to_be_expired_and_not_to_add_up(shared: Path) -> None:
    data = (shared / "standards/catena-x/Pcf-9.0.0.json").read_bytes()
    assert "ends its validity" in refused(data)
    # It is valid to the end of its period: what was measured is there after it is valid no more.
    assert "is not prospective" in refused(data, received="2022-12-31T00:00:00Z")
    longer = data.replace(
        b'"validityPeriodEnd" : "2022-12-31T23:59:59Z"',
        b'"validityPeriodEnd" : "2023-12-31T23:59:59Z"',
    )
    one = only(longer, received="2023-01-01T00:00:00Z")
    assert one.subject["pcf"]["pcfExcludingBiogenicUptake"] == "4.3"
    assert "pcf.pcfExcludingBiogenicUptake" in places(one)
    composed(one)
