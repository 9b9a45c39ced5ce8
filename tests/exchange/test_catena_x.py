"""What becomes of a product statement in Catena-X's model 9.0.0, and what does not become one."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x, catena_x_company, written
from rootprint.ledger.exchange.regions import REGION_OF
from tests.exchange.conftest import RECORD, WHOLE_PCF

if TYPE_CHECKING:
    from tests.exchange.conftest import Makers

BPNL = "BPNL000000000DWF"
PCF = ("pcfAssessmentAndMethodology.pcfAssessmentInformation", "productLifeCycleStagesAndEmissions")


def at(document: Any, path: str) -> Any:
    """The item at a path such as ``general.comment``, through arrays of one."""
    place = document
    for name in path.split("."):
        place = place[name]
        if isinstance(place, list) and len(place) == 1:
            (place,) = place
    return place


def view(makers: Makers, pcf: dict[str, Any] | None = None, **subject: Any) -> dict[str, Any]:
    return catena_x.footprint(makers.stated(pcf, **subject), RECORD)


def test_aircraft_stand_apart_from_fossil_emissions(makers: Makers) -> None:
    """A statement has them as a part of fossil emissions; the model adds H to A."""
    pcf = {"fossilGhgEmissions": "5.00000", "aircraftGhgEmissions": "1.25"}
    stage = at(view(makers, pcf), "productLifeCycleStagesAndEmissions.productionStage")
    assert stage["fossilGhgEmissions"] == Decimal("3.75")
    assert stage["aircraftGhgEmissions"] == Decimal("1.25")
    assert stage["pcfExcludingBiogenicUptake"] == Decimal(5)
    none = at(view(makers), "productLifeCycleStagesAndEmissions.productionStage")
    assert "aircraftGhgEmissions" not in none
    assert none["fossilGhgEmissions"] == Decimal(5)


def test_every_column_has_its_letter(makers: Makers) -> None:
    pcf = {
        "fossilGhgEmissions": "8",
        "aircraftGhgEmissions": "1",
        "biogenicNonCO2Emissions": "2",
        "biogenicCO2Uptake": "-7",
        "biogenicCO2Emissions": "3",
        "landUseChangeGhgEmissions": "0.5",
        "landManagementBiogenicCO2Emissions": "0.25",
        "landManagementBiogenicCO2Removals": "-0.125",
        "pcfExcludingBiogenicUptake": "10.625",
        "pcfIncludingBiogenicUptake": "6.625",
    }
    stage = at(view(makers, pcf), "productLifeCycleStagesAndEmissions.productionStage")
    assert stage == {
        "pcfExcludingBiogenicUptake": Decimal("10.625"),
        "pcfIncludingBiogenicUptake": Decimal("6.625"),
        "fossilGhgEmissions": Decimal(7),
        "aircraftGhgEmissions": Decimal(1),
        "biogenicNonCO2Emissions": Decimal(2),
        "biogenicCO2Uptake": Decimal(-4),
        "landUseChangeGhgEmissions": Decimal("0.5"),
        "landManagementBiogenicCO2Emissions": Decimal("0.25"),
        "landManagementBiogenicCO2Removals": Decimal("-0.125"),
    }


def test_outbound_transport_and_packaging_have_stages_of_their_own(makers: Makers) -> None:
    stages = at(view(makers, WHOLE_PCF), "productLifeCycleStagesAndEmissions")
    assert at(stages, "distributionStage") == {
        "distributionStageIncluded": True,
        "distributionStagePcfExcludingBiogenicUptake": Decimal("0.020"),
    }
    assert at(stages, "packagingStage") == {
        "packagingEmissionsIncluded": True,
        "packagingPcfExcludingBiogenicUptake": Decimal("0.100"),
    }
    bare = at(view(makers), "productLifeCycleStagesAndEmissions")
    assert at(bare, "distributionStage") == {"distributionStageIncluded": False}
    assert at(bare, "packagingStage") == {"packagingEmissionsIncluded": False}


def test_carbon_in_packaging_is_in_the_biogenic_carbon_too(makers: Makers) -> None:
    pcf = {**WHOLE_PCF, "fossilCarbonContent": "0.3"}
    assert at(view(makers, pcf), "carbonContent") == {
        "fossilCarbonContent": Decimal("0.3"),
        "biogenicCarbonContent": Decimal("0.110"),
        "packagingBiogenicCarbonContent": Decimal("0.010"),
        "recycledCarbonContent": Decimal("0.0"),
        "carbonContentTotal": Decimal("0.410"),
    }
    assert at(view(makers), "carbonContent") == {"fossilCarbonContent": Decimal(0)}


def test_the_rest_comes_from_statement_and_record(makers: Makers) -> None:
    statement = makers.stated(WHOLE_PCF, productClassifications=["urn:cpc:4153"])
    made = catena_x.footprint(statement, RECORD)
    assert at(made, "scopeOfPcfForm") == {
        "specVersion": "urn:io.catenax.pcf:datamodel:version:9.0.0",
        "partialFullPcf": "Cradle-to-gate",
    }
    company = at(made, "companyAndProductInformation.companyInformation")
    assert company["companyName"] == "Example Maker (fictional)"
    product = at(made, "companyAndProductInformation.productInformation")
    assert product["declaredUnitOfMeasurement"] == "kilogram"
    assert product["declaredUnitAmount"] == Decimal(1)
    assert product["productMassPerDeclaredUnit"] == Decimal(1)
    assert product["productClassifications"] == ["urn:cpc:4153"]
    assessment = at(made, PCF[0])
    assert at(assessment, "idAndVersion") == {
        "id": statement.id.removeprefix("urn:uuid:"),
        "version": 0,
        "status": "Active",
        "retroOrProspectivePcfType": "Retrospective PCF",
    }
    assert at(assessment, "time") == {
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "created": "2026-01-01T00:00:00Z",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2028-01-01T00:00:00Z",
    }
    assert at(assessment, "technology") == {
        "ccsTechnologicalCO2CaptureIncluded": True,
        "boundaryProcessesDescription": "Melting and casting.",
    }
    quality = at(made, "pcfAssessmentAndMethodology.dataSourcesAndQuality")
    assert quality == {
        "primaryDataShare": Decimal("0.0000"),
        "secondaryEmissionFactorSources": ["Example factors 1.0"],
        "technologicalDQR": Decimal("2.0"),
        "geographicalDQR": Decimal("1.5"),
        "temporalDQR": Decimal(1),
    }
    method = at(made, "pcfAssessmentAndMethodology.pcfMethodology")
    assert at(method, "standards") == {
        "crossSectoralStandards": ["ISO14067"],
        "productOrSectorSpecificRules": ["Example body: Example rule 1"],
    }
    assert method["allocationInForeground"] == []


def test_the_comment_leads_back_to_the_signed_bytes(makers: Makers) -> None:
    statement = makers.stated()
    comment = at(catena_x.footprint(statement, RECORD), "general.comment")
    for text in (digest_text(statement.digest), statement.issuer, statement.log, "unsigned view"):
        assert text in comment
    assert "allocationInForeground is left empty" in comment


def test_the_view_is_the_same_under_every_redaction(makers: Makers) -> None:
    statement = makers.product()
    assert statement.disclosures
    shown = written(catena_x.footprint(statement, RECORD))
    assert shown == written(catena_x.footprint(statement.bare, RECORD))
    assert "takes fuel" not in shown
    assert '"..."' not in shown


@pytest.mark.parametrize(
    ("sets", "name"),
    [
        ([{"set": "AR6", "share": "100.0000"}], "AR6"),
        ([{"set": "AR4", "share": "100.0000"}], "AR4"),
        ([{"set": "AR5-28", "share": "100.0000"}], "unspecified"),
        ([{"set": "unstated", "share": "100.0000"}], "unspecified"),
        ([{"set": "AR6", "share": "99"}, {"set": "AR5", "share": "1"}], "unspecified"),
    ],
)
def test_a_gwp_set_is_named_only_where_all_rests_on_it(
    makers: Makers, sets: list[dict[str, str]], name: str
) -> None:
    method = at(view(makers, characterizationSets=sets),
                "pcfAssessmentAndMethodology.pcfMethodology")  # fmt: skip
    assert at(method, "gwpCharacterizationFactorDetails.ipccCharacterizationFactors") == name


@pytest.mark.parametrize(
    ("custody", "expected"),
    [
        ({"model": "mass-balance", "freeAttribution": True}, (True, "true", "Example scheme")),
        ({"model": "mass-balance", "freeAttribution": False}, (True, "false", "Example scheme")),
        (
            {"model": "segregated", "freeAttribution": False},
            (False, "not applicable", "not applicable"),
        ),
        (None, (False, "not applicable", "not applicable")),
    ],
)
def test_a_mass_balance_has_its_group(
    makers: Makers,
    custody: dict[str, Any] | None,
    expected: tuple[bool, str, str],
) -> None:
    said = {} if custody is None else {"chainOfCustody": {**custody, "scheme": "Example scheme"}}
    made = view(makers, **said)
    group = at(made, "pcfAssessmentAndMethodology.pcfMethodology.massBalancingInformation")
    assert tuple(group.values()) == expected


@pytest.mark.parametrize(
    ("geography", "expected"),
    [
        ({"geographyCountry": "DE"}, ("Western Europe", "DE", None)),
        ({"geographyCountrySubdivision": "US-NY"}, ("Northern America", "US", "US-NY")),
        ({"geographyRegionOrSubregion": "Asia"}, ("Asia", None, None)),
    ],
)
def test_a_region_stands_beside_the_country(
    geography: dict[str, str], expected: tuple[str, str | None, str | None]
) -> None:
    found = catena_x_company.geography(geography)
    names = ("geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision")
    assert tuple(found.get(name) for name in names) == expected


def test_a_country_in_no_region_is_refused() -> None:
    with pytest.raises(Refused, match="names AQ, which no region of the United Nations has"):
        catena_x_company.geography({"geographyCountry": "AQ"})


def test_every_country_is_in_one_region() -> None:
    assert len(REGION_OF) == 249 - 1 + 1  # ISO 3166-1 without AQ, and XK
    assert all(len(country) == 2 and country.isupper() for country in REGION_OF)


def test_the_business_partner_number_comes_first() -> None:
    numbers = {"BPNL": BPNL, "LEI": "529900EXAMPLEMAKER00"}
    found = catena_x_company.ids({**RECORD, "registerNumbers": numbers})
    assert found[0] == f"urn:{BPNL}"
    assert found[1] == "urn:lei:529900EXAMPLEMAKER00"
    assert len(found) == 3
    only = {**RECORD, "did": "did:key:z6mk", "registerNumbers": {"bpnl": BPNL}}
    assert catena_x_company.ids(only) == [f"urn:{BPNL}"]
    without = catena_x_company.ids({**RECORD, "registerNumbers": {}})
    assert without == ["urn:pact:maker.example:company-id:did:web:maker.example"]


@pytest.mark.parametrize("number", ["BPNL1", "BPNS000000000DWF", "bpnl000000000dwf"])
def test_a_number_that_is_no_bpnl_is_refused(number: str) -> None:
    with pytest.raises(Refused, match="BPNL is not BPNL and 12 capital"):
        catena_x_company.ids({**RECORD, "registerNumbers": {"BPNL": number}})


@pytest.mark.parametrize(
    ("pcf", "subject", "message"),
    [
        (
            {"technologicalCO2Removals": "-1", "fossilGhgEmissions": "6"},
            {},
            "technologicalCO2Removals is -1 kg CO2e, and Catena-X has no member",
        ),
        (
            {"ccsTechnologicalCO2Capture": "-1", "fossilGhgEmissions": "6"},
            {},
            "ccsTechnologicalCO2Capture is -1 kg CO2e, and Catena-X has no member",
        ),
        (
            {
                "fossilGhgEmissions": "1",
                "landManagementBiogenicCO2Removals": "-2",
                "pcfExcludingBiogenicUptake": "-1",
                "pcfIncludingBiogenicUptake": "-1",
            },
            {},
            "pcfExcludingBiogenicUptake is -1, and Catena-X takes no total below zero",
        ),
        ({"exemptedEmissionsPercent": "10.1"}, {}, r"is 10\.1, and Catena-X takes at most 10"),
        ({"declaredUnitOfMeasurement": "megabit second"}, {}, "megabit second: not in Catena-X"),
        ({"packagingGhgEmissions": "1"}, {}, "packagingGhgEmissions is given though packaging"),
        ({}, {"outlook": "prospective"}, "asks which of four kinds"),
        ({}, {"boundary": "cradle-to-grave"}, "a Catena-X footprint is cradle-to-gate"),
        (
            {"referencePeriodEnd": "2028-01-01T00:00:00Z"},
            {},
            "valid until 2028-01-01T00:00:00Z, which is not after the reference period's end",
        ),
    ],
)
def test_what_the_model_does_not_hold_is_refused(
    makers: Makers, pcf: dict[str, Any], subject: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message) as caught:
        view(makers, pcf, **subject)
    assert caught.value.remedy


def test_a_zero_of_what_it_does_not_hold_is_no_loss(makers: Makers) -> None:
    pcf = {"technologicalCO2Removals": "0.0", "ccsTechnologicalCO2Capture": "0"}
    stage = at(view(makers, pcf), "productLifeCycleStagesAndEmissions.productionStage")
    assert not {*pcf} & {*stage}


def test_a_factor_and_a_withdrawn_statement_are_refused(makers: Makers) -> None:
    with pytest.raises(Refused, match="factor is no product footprint in Catena-X"):
        catena_x.footprint(makers.fuel, RECORD)
    with pytest.raises(Refused, match="the statement is deprecated"):
        catena_x.footprint(makers.stated(), RECORD, status="Deprecated")


def test_what_the_caller_changes_leaves_the_statement_alone(makers: Makers) -> None:
    statement = makers.stated(WHOLE_PCF)
    before = json.dumps(statement.subject)
    made = catena_x.footprint(statement, RECORD)
    at(made, "pcfAssessmentAndMethodology.pcfMethodology")["standards"][0][
        "crossSectoralStandards"
    ].append("PEF")
    at(made, "companyAndProductInformation.productInformation")["productIds"] = []
    assert json.dumps(statement.subject) == before


def test_numbers_are_written_digit_by_digit(makers: Makers) -> None:
    long = "123456789012345678.1234567890123456"
    pcf = {
        "fossilGhgEmissions": long,
        "pcfExcludingBiogenicUptake": long,
        "pcfIncludingBiogenicUptake": long,
    }
    text = written(view(makers, pcf))
    assert text.count(f": {long}") == 3
    assert json.loads(text, parse_float=Decimal)


def test_json_text_is_that_of_pythons_own_writer() -> None:
    value = {"a": [1, True, None, 'ä\n"', {}, []], "b": {"c": -2}}
    assert written(value) == json.dumps(value, ensure_ascii=False, indent=2)
    assert written([Decimal("-0.0"), Decimal("1E+2"), Decimal("1.50")]) == (
        "[\n  0.0,\n  100,\n  1.50\n]"
    )
    with pytest.raises(TypeError, match="float"):
        written({"a": 0.1})
