"""A partner's PACT footprint becomes an attested figure: what is kept, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rootprint.ledger.core.encoding import digest_text, sha256
from tests.partner.documents import RECEIVED, composed, only, pact, places, read, refused


def test_a_footprint_is_attested_with_all_that_it_says() -> None:
    document = pact(comment="Plant 3", precedingPfIds=["1b1b1b1b-0000-4000-8000-000000000001"])
    one = only(document)
    subject, pcf = one.subject, one.subject["pcf"]
    assert one.findings == ()
    assert (subject["role"], subject["boundary"], subject["basis"]) == (
        "attested", "cradle-to-gate", "life-cycle",
    )  # fmt: skip
    assert subject["partner"]["name"] == "Profile Works (fictional)"
    assert subject["partner"]["specVersion"] == "3.0.4"
    assert subject["partner"]["receivedAt"] == RECEIVED
    assert pcf["primaryDataShare"] == "12.9"
    assert pcf["dqi"] == document["pcf"]["dqi"]
    assert pcf["exemptedEmissionsDescription"] == ""
    assert subject["characterizationSets"] == [{"set": "AR6", "share": "100"}]
    received = subject["extensions"][0]["data"]
    assert received["companyIds"] == document["companyIds"]
    assert (received["id"], received["comment"]) == (document["id"], "Plant 3")
    assert received["precedingPfIds"] == document["precedingPfIds"]
    assert document["id"] in subject["reference"]


def test_times_of_any_offset_are_in_utc() -> None:
    one = only(pact(pcf={"verification": {"completedAt": "2026-03-01T00:30:00.5-05:00"}}))
    pcf = one.subject["pcf"]
    assert pcf["referencePeriodEnd"] == "2026-01-01T00:00:00Z"
    assert pcf["verification"] == {"completedAt": "2026-03-01T05:30:00Z"}


def test_the_file_is_named_by_its_digest_and_composes() -> None:
    found = read(pact())
    draft, told = composed(found.taken[0])
    assert told == []
    subject = draft["credentialSubject"]
    assert subject["partner"]["document"] == found.digest
    assert subject["pcf"]["primaryDataShare"] == "12.9"
    assert (draft["validFrom"], draft["validUntil"]) == (RECEIVED, "2029-01-01T00:00:00Z")
    assert found.digest == digest_text(sha256(json.dumps(pact()).encode()))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (RECEIVED, "2029-01-01T00:00:00Z")),
        ("2026-09-01T00:00:00+08:00", None, ("2026-08-31T16:00:00Z", "2029-01-01T00:00:00Z")),
        (None, "2027-01-01T00:00:00Z", (RECEIVED, "2027-01-01T00:00:00Z")),
    ],
)
def test_it_holds_as_long_as_the_partner_says(
    start: str | None, end: str | None, expected: tuple[str, str]
) -> None:
    one = only(pact(validityPeriodStart=start, validityPeriodEnd=end))
    assert (one.valid_from, one.valid_until) == expected


def test_a_period_may_end_as_the_file_is_received() -> None:
    one = only(pact(pcf={"referencePeriodEnd": RECEIVED}))
    assert one.subject["pcf"]["referencePeriodEnd"] == RECEIVED


def test_no_validity_is_longer_than_three_years_from_the_period() -> None:
    one = only(pact(validityPeriodEnd="2035-01-01T00:00:00Z"))
    assert one.valid_until == "2029-01-01T00:00:00Z"
    assert places(one) == ["validityPeriodEnd"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (pact(validityPeriodEnd="2026-05-31T00:00:00Z"), "validityPeriodEnd ends its validity"),
        (pact(pcf={"referencePeriodStart": "2021-01-01T00:00:00Z",
                   "referencePeriodEnd": "2022-01-01T00:00:00Z"}), "ends its validity at 2025"),
        (pact(pcf={"referencePeriodEnd": "2028-01-01T00:00:00Z"}),
         "its reference period ends at 2028-01-01T00:00:00Z, after 2026-06-01T00:00:00Z"),
        (pact(pcf={"referencePeriodEnd": "2026-06-01T00:00:01Z"}), "is not prospective"),
        (pact(status="Deprecated"), "status is not Active"),
        (pact(specVersion="2.3.0"), "specVersion is 2.3.0"),
        (pact(specVersion="4.0.0"), "specVersion is 4.0.0"),
        (pact(specVersion=None), "specVersion is missing"),
        (pact(companyName=None), "companyName is missing"),
        (pact(productIds=["7"]), "productIds has no URN"),
        (pact(id=None), "id is missing"),
        (pact(pcf={"declaredUnitAmount": None}), "pcf.declaredUnitAmount is missing"),
        (pact(pcf={"declaredUnitAmount": "0"}), "pcf.declaredUnitAmount is not more than zero"),
        (pact(pcf={"declaredUnitOfMeasurement": "ton"}), "declaredUnitOfMeasurement is not one of"),
        (pact(pcf={"pcfExcludingBiogenicUptake": "1,85"}), "is no plain decimal"),
        (pact(pcf={"fossilGhgEmissions": "-8"}), "fossilGhgEmissions is not zero or positive"),
        (pact(pcf={"biogenicCO2Uptake": "0.1"}), "biogenicCO2Uptake is not zero or negative"),
        (pact(pcf={"referencePeriodEnd": "2024-01-01T00:00:00Z"}), "is before referencePeriodS"),
        (pact(pcf={"referencePeriodEnd": "2025-12-31"}), "is no RFC 3339 time"),
        (pact(pcf={"geographyCountry": None}), "names no geography"),
        (pact(pcf={"pcfExcludingBiogenicUptake": "8250000", "fossilGhgEmissions": "8249999.75",
                   "pcfIncludingBiogenicUptake": "8249999.9"}), "8250000 kg CO2e per kilogram"),
    ],
)  # fmt: skip
def test_what_can_not_be_attested_is_refused_with_what_to_do(
    document: dict[str, Any], words: str
) -> None:
    assert words in refused(document)


@pytest.mark.parametrize(
    ("pcf", "place", "left"),
    [
        ({"primaryDataShare": "129"}, "pcf.primaryDataShare", {"primaryDataShare": "0"}),
        ({"primaryDataShare": None}, "pcf.primaryDataShare", {"primaryDataShare": "0"}),
        ({"dqi": {"technologicalDQR": "9", "geographicalDQR": "2", "temporalDQR": "1"}}, "pcf.dqi",
         {"dqi": None}),
        ({"verification": {"completedAt": "soon"}}, "pcf.verification.completedAt",
         {"verification": None}),
        ({"substitutionCredits": "-8"}, "pcf.substitutionCredits", {"substitutionCredits": None}),
        ({"carbonNeutral": True}, "pcf.carbonNeutral", {"carbonNeutral": None}),
        ({"geographyRegionOrSubregion": "Asia"}, "pcf", {"geographyRegionOrSubregion": None}),
        ({"fossilGhgEmissions": 8.0}, "pcf.fossilGhgEmissions", {"fossilGhgEmissions": "8.0"}),
        ({"fossilCarbonContent": None}, "pcf.fossilCarbonContent", {}),
    ],
)  # fmt: skip
def test_what_nothing_rests_on_is_left_out_with_a_finding(
    pcf: dict[str, Any], place: str, left: dict[str, Any]
) -> None:
    one = only(pact(pcf=pcf))
    assert place in places(one)
    for name, value in left.items():
        assert one.subject["pcf"].get(name) == value
    composed(one)


@pytest.mark.parametrize(
    ("reports", "expected", "kept"),
    [
        (["AR5"], "AR5", ["AR5"]),
        (["AR5", "AR6"], "unstated", ["AR5", "AR6"]),
        (["AR9"], "unstated", None),
        ([], "unstated", None),
    ],
)
def test_one_set_is_stated_and_of_several_none(
    reports: list[str], expected: str, kept: list[str] | None
) -> None:
    one = only(pact(pcf={"ipccCharacterizationFactors": reports}))
    assert one.subject["characterizationSets"] == [{"set": expected, "share": "100"}]
    assert one.subject["pcf"].get("ipccCharacterizationFactors") == kept
    composed(one)


def test_the_receiver_says_the_country_that_the_file_does_not() -> None:
    one = only(pact(pcf={"geographyCountry": None}), country="VN")
    assert one.subject["pcf"]["geographyCountry"] == "VN"
    assert places(one) == ["pcf"]


def test_a_domain_is_no_namespace_of_a_urn() -> None:
    """urn:profiles.example:… is written by many, and RFC 8141 has no point in a namespace."""
    one = only(pact(productIds=["urn:profiles.example:product:7", "URN:GTIN:4712345060507"]))
    assert one.subject["productIds"] == [
        "urn:pact:profiles.example:product:7", "urn:gtin:4712345060507",
    ]  # fmt: skip
    assert one.subject["partner"]["productIds"][0] == "urn:profiles.example:product:7"


def test_a_removal_is_found_as_nobody_shows_it() -> None:
    one = only(pact(pcf={"technologicalCO2Removals": "-1", "pcfExcludingBiogenicUptake": "7.25",
                         "pcfIncludingBiogenicUptake": "7.15"}))  # fmt: skip
    assert places(one) == ["pcf.technologicalCO2Removals"]
    composed(one)


def test_an_extension_that_can_be_signed_is_kept() -> None:
    kept = {"specVersion": "2.0.0", "dataSchema": "https://x.example/s.json", "data": {"a": "1"}}
    left = {"specVersion": "2.0.0", "dataSchema": "https://x.example/s.json", "data": {"a": 1.5}}
    one = only(pact(extensions=[kept, left]))
    assert one.subject["extensions"][1:] == [kept]
    assert places(one) == ["extensions[1]"]
    composed(one)


def test_a_view_of_a_signed_statement_leads_back_to_it() -> None:
    data = {"statement": "sha256:" + "ab" * 32}
    extension = {"specVersion": "2.0.0", "dataSchema": "urn:rootprint:pact-extension:statement:v2",
                 "data": data}  # fmt: skip
    one = only(pact(extensions=[extension]))
    assert data["statement"] in str(one.findings[0])
    assert "cite it instead" in one.findings[0].remedy


def test_a_total_that_is_seldom_so_large_is_said_in_figures_that_are_read() -> None:
    totals = {"pcfExcludingBiogenicUptake": "1000", "pcfIncludingBiogenicUptake": "999.9"}
    one = only(pact(pcf={**totals, "fossilGhgEmissions": "999.75", "declaredUnitAmount": "3"}))
    assert "is seldom so large: 333.333333 kg CO2e per kilogram" in str(one.findings[0])
