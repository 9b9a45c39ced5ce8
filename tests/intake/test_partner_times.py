"""Times in UTC in inventory files, a factor's primary data share, and partners' files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import utc_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import BASE_PACK, InventoryProblems, compose_by
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.inventory import parse_inventory
from rootprint.ledger.intake.inventory.times import with_utc_times
from rootprint.ledger.partner import inventory_text
from tests.intake.drafts import gas, problems, product
from tests.intake.test_publish_rights import refused
from tests.partner.documents import catena_x, only, pact
from tests.support.statements import attested
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from tests.intake.place import Place

FACTOR: dict[str, Any] = {
    "kind": "FootprintStatement",
    "issuer": "did:web:factors.example",
    "validFrom": "2026-01-01T00:00:00+00:00",
    "validUntil": "2028-01-01T00:00:00Z",
    "role": "factor",
    "productIds": ["urn:example:factor:1"],
    "productNameCompany": "Example factor",
    "boundary": "cradle-to-gate",
    "basis": "life-cycle",
    "reference": "Example tables, row 1",
    "licence": "CC0-1.0",
    "characterizationSets": [{"set": "AR6", "share": "100"}],
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "referencePeriodStart": "2025-01-01T00:00:00-00:00",
        "referencePeriodEnd": "2026-01-01T00:00:00.000Z",
        "geographyCountry": "CN",
        "fossilGhgEmissions": "1.5",
        "pcfExcludingBiogenicUptake": "1.5",
        "pcfIncludingBiogenicUptake": "1.5",
        "primaryDataShare": "12.9",
    },
}


def _composed(value: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    found: list[str] = []
    read = parse_inventory(json.dumps(value).encode(), where="factor.yaml")

    def no_input(name: str) -> Any:
        raise AssertionError(name)

    draft = compose(read, FACTOR["issuer"], no_input, lambda one: found.append(str(one)))
    return draft, found


def test_times_in_utc_are_signed_with_z() -> None:
    draft, _ = _composed(FACTOR)
    pcf = draft["credentialSubject"]["pcf"]
    assert draft["validFrom"] == "2026-01-01T00:00:00Z"
    assert (pcf["referencePeriodStart"], pcf["referencePeriodEnd"]) == (
        "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2026-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z",
             "2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00+24:00",
             "9999-12-31T23:59:59-01:00", "2026-01-01T00:00:00.5Z"]
)  # fmt: skip
def test_what_is_no_time_or_loses_a_fraction_is_told_where_it_stands(text: str) -> None:
    assert with_utc_times({"validFrom": text})["validFrom"] == text
    assert "validFrom" in problems(product(gas(), validFrom=text))


def test_a_fraction_is_cut_off_only_where_it_is_asked_for() -> None:
    assert utc_text("2026-01-01T00:00:00.999+00:00", what="it") == "2026-01-01T00:00:00Z"
    assert utc_text("0001-01-01t00:00:00z", what="it") == "0001-01-01T00:00:00Z"
    for text in ("0001-01-01T00:00:00+01:00", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00٫5Z"):
        with pytest.raises(Refused, match="it is not an RFC 3339 time"):
            utc_text(text, what="it")


def test_a_factors_primary_share_is_said_in_words_and_counts_for_nothing() -> None:
    draft, found = _composed(FACTOR)
    subject = draft["credentialSubject"]
    assert subject["pcf"]["primaryDataShare"] == "0"
    assert "12.9 %" in subject["productDescription"]
    assert len(found) == 1
    assert "rootprint partner import" in found[0]
    plain, told = _composed({**FACTOR, "pcf": {**FACTOR["pcf"], "primaryDataShare": "0.0"}})
    assert (plain["credentialSubject"]["pcf"]["primaryDataShare"], told) == ("0", [])
    assert "productDescription" not in plain["credentialSubject"]


@pytest.mark.parametrize("value", [pact(), [pact()], {"data": [pact()]}, catena_x()])
def test_a_partners_file_is_named_with_the_command_that_reads_it(value: Any) -> None:
    with pytest.raises(Refused, match=r"(PACT footprint|Catena-X PCF) \(JSON\)") as caught:
        parse_inventory(json.dumps(value).encode(), where="received.json")
    assert "rootprint partner import" in str(caught.value)


def test_what_is_still_to_come_is_neither_composed_nor_published(place: Place) -> None:
    draft = attested(SUPPLIER)
    draft["credentialSubject"]["partner"]["receivedAt"] = "2999-01-01T00:00:00Z"
    refused(
        place,
        place.signed(draft),
        Refused,
        "received at 2999-01-01T00:00:00Z, which is later than .*--received",
    )
    one = only(pact(), received="2026-11-01T00:00:00Z")
    read = parse_inventory(inventory_text(one, issuer=SUPPLIER).encode(), where="partner.yaml")
    compose_by(BASE_PACK, read, SUPPLIER, {}.__getitem__, at="2026-11-01T00:00:00Z")
    with pytest.raises(InventoryProblems, match=r"partner\.receivedAt does not fit: .*2026-11-01"):
        compose_by(BASE_PACK, read, SUPPLIER, {}.__getitem__, at="2026-10-31T23:59:59Z")
