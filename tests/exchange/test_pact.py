"""What becomes of a product statement in PACT's words, and what does not become one."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.exchange import pact, pact_extension
from tests.exchange.conftest import RECORD, WHOLE_PCF
from tests.support.world import World
from tests.support.wrong import distribution_in_gate

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.exchange.conftest import Makers


def test_members_come_from_the_statement_and_the_record(makers: Makers) -> None:
    statement = makers.product()
    mapped = pact.footprint(statement, RECORD)
    del mapped["pcf"], mapped["extensions"]
    assert mapped == {
        "id": statement.id.removeprefix("urn:uuid:"),
        "specVersion": "3.0.4",
        "created": "2026-01-01T00:00:00Z",
        "status": "Active",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2028-01-01T00:00:00Z",
        "companyName": "Example Maker (fictional)",
        "companyIds": [
            "urn:lei:529900EXAMPLEMAKER00",
            "urn:pact:company:cn-uscc:91310000EXAMPLE001",
            "urn:pact:maker.example:company-id:did:web:maker.example",
        ],
        "productDescription": "One kilogram of part, fictional.",
        "productIds": ["urn:example:part"],
        "productNameCompany": "part",
        "comment": "Secondary data is used; the statement does not name its sources in the open.",
    }


def test_pcf_passes_unchanged_with_its_trailing_zeros(makers: Makers) -> None:
    statement = makers.product()
    pcf = pact.footprint(statement, RECORD)["pcf"]
    assert pcf == {**statement.subject["pcf"], "ccsTechnologicalCO2CaptureIncluded": False}
    assert pcf["pcfExcludingBiogenicUptake"] == "5.00000"
    assert pcf["primaryDataShare"] == "0.0000"


def test_optional_members_pass_too(makers: Makers) -> None:
    statement = makers.whole()
    mapped = pact.footprint(statement, RECORD, status="Deprecated")
    assert mapped["status"] == "Deprecated"
    assert mapped["productClassifications"] == ["urn:cpc:4153"]
    assert mapped["pcf"] == statement.subject["pcf"]
    assert {name: mapped["pcf"][name] for name in WHOLE_PCF} == WHOLE_PCF
    assert mapped["pcf"]["biogenicCO2Uptake"].startswith("-0.25")
    assert mapped["extensions"][1:] == statement.subject["extensions"]


def test_what_the_caller_changes_leaves_the_statement_alone(makers: Makers) -> None:
    statement = makers.whole()
    before = json.dumps(statement.subject)
    mapped = pact.footprint(statement, RECORD)
    mapped["pcf"]["crossSectoralStandards"].append("PEF")
    mapped["productIds"].clear()
    mapped["extensions"][1]["data"]["shipment"] = "S2"
    mapped["extensions"][0]["data"]["characterizationSets"].clear()
    assert json.dumps(statement.subject) == before


def test_the_view_is_the_same_under_every_redaction(makers: Makers) -> None:
    statement = makers.product()
    assert statement.disclosures
    assert pact.footprint(statement, RECORD) == pact.footprint(statement.bare, RECORD)


def test_hidden_parts_stay_hidden(makers: Makers) -> None:
    statement = makers.product()
    assert statement.opened.complete
    written = json.dumps(pact.footprint(statement, RECORD))
    assert [name for name in FOOTPRINT_HIDDEN if f'"{name}"' in written] == []
    assert "takes fuel" in json.dumps(statement.opened.lines)
    assert "takes fuel" not in written
    assert '"..."' not in written


def test_the_extension_leads_back_to_the_signed_bytes(makers: Makers) -> None:
    statement = makers.product()
    extension = pact.footprint(statement, RECORD)["extensions"][0]
    assert extension["dataSchema"] == pact_extension.SCHEMA
    data = extension["data"]
    jwt = statement.text.partition("~")[0].encode("ascii")
    assert data["statement"] == digest_text(sha256(jwt))
    assert (data["log"], data["issuer"]) == (statement.log, statement.issuer)
    assert data["characterizationSets"] == [{"set": "AR6", "share": "100.0000"}]


def test_the_extension_keeps_its_own_schema(makers: Makers) -> None:
    schema = json.loads(
        files("rootprint.ledger.exchange")
        .joinpath("data", "statement-extension-v2.json")
        .read_bytes()
    )
    assert schema["$id"] == pact_extension.SCHEMA
    validator = jsonschema.Draft202012Validator(schema)
    data = pact.footprint(makers.product(), RECORD)["extensions"][0]["data"]
    assert list(validator.iter_errors(data)) == []
    for name in data:
        lacking = {member: value for member, value in data.items() if member != name}
        assert not validator.is_valid(lacking), name


def test_predecessors_are_reported_where_their_ids_are_known(makers: Makers) -> None:
    first, second = makers.product(), makers.product()
    named = [digest_text(first.digest), digest_text(second.digest)]
    statement = makers.product(precedingStatements=named)
    ids = [one.id.removeprefix("urn:uuid:") for one in (first, second)]
    assert "precedingPfIds" not in pact.footprint(statement, RECORD)
    assert pact.footprint(statement, RECORD, preceding=[second])["precedingPfIds"] == ids[1:]
    mapped = pact.footprint(statement, RECORD, preceding=[second, first])
    assert mapped["precedingPfIds"] == ids
    with pytest.raises(Refused, match="not in precedingStatements"):
        pact.footprint(first, RECORD, preceding=[second])


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        (("2025-06-01", "2026-06-01"), ("2026-01-01", "2026-06-01")),
        (("2027-01-01", "2030-01-01"), ("2027-01-01", "2029-01-01")),
        (("2020-01-01", "2040-01-01"), ("2026-01-01", "2029-01-01")),
    ],
)
def test_validity_is_what_statement_and_window_share(
    makers: Makers, valid: tuple[str, str], expected: tuple[str, str]
) -> None:
    """The reference period ends with 2025, so PACT's window is 2026 to the end of 2028."""
    statement = makers.product(validFrom=_midnight(valid[0]), validUntil=_midnight(valid[1]))
    mapped = pact.footprint(statement, RECORD)
    shown = (mapped["validityPeriodStart"], mapped["validityPeriodEnd"])
    assert shown == (_midnight(expected[0]), _midnight(expected[1]))
    assert mapped["created"] == _midnight(valid[0])


@pytest.mark.parametrize("valid", [("2025-01-01", "2026-01-01"), ("2029-01-01", "2030-01-01")])
def test_validity_outside_of_the_window_is_refused(makers: Makers, valid: tuple[str, str]) -> None:
    statement = makers.product(validFrom=_midnight(valid[0]), validUntil=_midnight(valid[1]))
    with pytest.raises(Refused, match=r"window of 3 years .* newer reference period"):
        pact.footprint(statement, RECORD)


def test_three_years_after_a_leap_day_stay_inside_the_window(makers: Makers) -> None:
    statement = makers.product(
        pcf={"referencePeriodEnd": "2028-02-29T00:00:00Z"}, validUntil="2040-01-01T00:00:00Z"
    )
    mapped = pact.footprint(statement, RECORD)
    assert mapped["validityPeriodEnd"] == "2031-02-28T00:00:00Z"


def test_what_is_no_product_is_refused(makers: Makers) -> None:
    product = makers.product()
    others = {
        "factor is no product": makers.fuel,
        "AssuranceStatement is no footprint": makers.world.sign(makers.world.assurance(product)),
        "StatusStatement is no footprint": makers.world.sign(
            makers.world.about("StatusStatement", product, state="withdrawn", reason="Wrong meter")
        ),
    }
    for message, statement in others.items():
        with pytest.raises(Refused, match=message) as caught:
            pact.footprint(statement, RECORD)
        assert caught.value.remedy


@pytest.mark.parametrize("unit", ["kilometer", "US dollar of 2022"])
def test_a_factor_in_a_unit_that_pact_has_not_is_refused_with_the_unit(
    makers: Makers, unit: str
) -> None:
    world = makers.world
    factor = world.sign(world.factor("trip", pcf={"declaredUnitOfMeasurement": unit}))
    with pytest.raises(Refused, match=f"factor is no product.* has no unit {unit} either"):
        pact.footprint(factor, RECORD)


def test_a_total_with_outbound_distribution_in_it_is_refused() -> None:
    world = World()
    shown = world.publish(distribution_in_gate(world))
    with pytest.raises(Refused, match="the total has outbound distribution in it"):
        pact.footprint(shown, RECORD)


def test_cradle_to_grave_is_refused(makers: Makers) -> None:
    draft = makers.world.product("part", [makers.world.line(makers.fuel, "2", "kilogram")])
    draft["credentialSubject"]["boundary"] = "cradle-to-grave"
    with pytest.raises(Refused, match="is cradle-to-gate, this one is cradle-to-grave"):
        pact.footprint(makers.world.sign(draft), RECORD)


def test_another_organisations_record_is_refused(makers: Makers) -> None:
    with pytest.raises(Refused, match=r"the record is that of did:web:other\.example"):
        pact.footprint(makers.product(), {**RECORD, "did": "did:web:other.example"})


def test_a_flag_that_is_not_set_denies_nothing(makers: Makers) -> None:
    statement = makers.product(pcf={"technologicalCO2CaptureOrigin": "Fossil, an example kiln."})
    pcf = pact.footprint(statement, RECORD)["pcf"]
    assert pcf["ccsTechnologicalCO2CaptureIncluded"] is False
    assert "technologicalCO2CaptureOrigin" not in pcf


def test_a_status_of_our_own_making_is_refused(makers: Makers) -> None:
    with pytest.raises(Refused, match="status is not one of Active, Deprecated"):
        pact.footprint(makers.product(), RECORD, status="active")


@pytest.mark.parametrize(
    ("pcf", "message"),
    [
        ({"packagingGhgEmissions": "0"}, "pcf.packagingGhgEmissions is given though"),
        (
            {"ccuCreditCertification": "https://certificates.example/17"},
            "pcf.ccuCreditCertification is given though ccuCalculationApproach is not Credit",
        ),
        (
            {"ccuCreditCertification": "certificate 17"},
            "ccuCreditCertification is not an absolute URI",
        ),
        (
            {"productOrSectorSpecificRules": [{"operator": "PEF", "ruleNames": ["1"]}] * 2},
            r"productOrSectorSpecificRules\[1\] is there twice",
        ),
        (
            {"productOrSectorSpecificRules": [{"operator": "Other", "ruleNames": ["1"]}]},
            r"productOrSectorSpecificRules\[0\] names no otherOperatorName",
        ),
    ],
)
def test_what_pact_forbids_is_refused_not_repaired(
    makers: Makers, pcf: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message) as caught:
        pact.footprint(makers.product(pcf=pcf), RECORD)
    assert "PACT 3.0.4 forbids" in str(caught.value)


def test_a_reason_may_be_empty_where_nothing_is_exempted(makers: Makers) -> None:
    """PACT 3.0.4: it "CAN be the empty string if no emissions were excluded"."""
    none = {"exemptedEmissionsPercent": "0", "exemptedEmissionsDescription": ""}
    mapped = pact.footprint(makers.stated(none), RECORD)
    assert mapped["pcf"]["exemptedEmissionsDescription"] == ""
    some = {"exemptedEmissionsPercent": "3", "exemptedEmissionsDescription": " "}
    with pytest.raises(Refused, match="Description is empty though emissions are exempted"):
        pact.footprint(makers.stated(some), RECORD)


def test_an_attested_figure_is_no_footprint_of_its_issuer(makers: Makers) -> None:
    draft = makers.world.factor("bought")
    subject = draft["credentialSubject"]
    for name in ("reference", "licence"):
        del subject[name]
    draft["issuer"] = makers.product().issuer
    draft["credentialSubject"] = {
        **subject,
        "role": "attested",
        "productDescription": "Bought from a partner, fictional.",
        "partner": {
            "name": "Example partner (fictional)",
            "productIds": ["17"],
            "document": "sha256:" + "5" * 64,
            "receivedAt": "2026-01-01T00:00:00Z",
            "specVersion": "3.0.4",
        },
    }
    with pytest.raises(Refused, match="an attested figure is what its receiver says") as caught:
        pact.footprint(makers.world.sign(draft), RECORD)
    assert "ask the partner" in caught.value.remedy


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dataSchema": "shipment.json"}, r"extensions\[0\].dataSchema is not an absolute URI"),
        ({"documentation": "see above"}, r"extensions\[0\].documentation is not an absolute URI"),
        ({"data": ["S1"]}, r"extensions\[0\].data is not an object"),
        ({"specVersion": "two"}, r"extensions\[0\].specVersion is not a version"),
        ({"dataSchema": pact_extension.SCHEMA}, "which only a view may"),
    ],
)
def test_an_extension_that_pact_does_not_know_is_refused(
    makers: Makers, change: dict[str, Any], message: str
) -> None:
    extension = {"specVersion": "2.0.0", "dataSchema": "urn:example:schema", "data": {}, **change}
    statement: Statement = makers.product(extensions=[extension])
    with pytest.raises(Refused, match=message):
        pact.footprint(statement, RECORD)


def test_the_pv_module_maps(pv_module: tuple[Statement, dict[str, Any]]) -> None:
    statement, record = pv_module
    mapped = pact.footprint(parse_statement(statement.text), record)
    assert mapped["pcf"]["pcfExcludingBiogenicUptake"] == "99.953"
    assert mapped["pcf"]["declaredUnitOfMeasurement"] == "square meter"
    assert mapped["validityPeriodStart"] == "2025-11-01T00:00:00Z"
    assert mapped["companyIds"] == [
        "urn:pact:module-cn.example:company-id:did:web:module-cn.example"
    ]


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"
