"""Company URNs from an organisation's record."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.exchange import company

DID = "did:web:maker.example"


def record(did: str = DID, **numbers: str) -> dict[str, Any]:
    return {"legalName": "Maker", "country": "DE", "did": did, "registerNumbers": numbers}


@pytest.mark.parametrize(
    ("numbers", "urn"),
    [
        ({"LEI": "529900EXAMPLEMAKER00"}, "urn:lei:529900EXAMPLEMAKER00"),
        ({"LEI": "5299"}, "urn:pact:company:de-lei:5299"),
        ({"HRB Köln": "12 345/B"}, "urn:pact:company:de-hrb%20k%C3%B6ln:12%20345%2FB"),
        ({"EORI": "DE#1&2+3?"}, "urn:pact:company:de-eori:DE%231%262%2B3%3F"),
    ],
)
def test_a_register_number_becomes_a_urn(numbers: dict[str, str], urn: str) -> None:
    found = company.ids(record(**numbers))
    assert found == [urn, "urn:pact:maker.example:company-id:did:web:maker.example"]
    for one in found:
        rules.urn(one, "companyIds")


@pytest.mark.parametrize(
    ("did", "domain"),
    [
        ("did:web:maker.example", "maker.example"),
        ("did:web:maker.example%3a8443", "maker.example"),
        ("did:web:group.example:units:steel", "group.example"),
    ],
)
def test_a_did_web_becomes_an_id_that_its_domain_issued(did: str, domain: str) -> None:
    (urn,) = company.ids(record(did))
    prefix = f"urn:pact:{domain}:company-id:"
    assert urn.startswith(prefix)
    assert unquote(urn.removeprefix(prefix)) == did


@pytest.mark.parametrize("did", ["did:key:z6mk", "did:web:%3a", "did:web::x"])
def test_without_number_and_domain_there_is_no_urn(did: str) -> None:
    with pytest.raises(Refused, match="neither a register number nor a did:web"):
        company.ids(record(did))
    assert company.ids(record(did, USCC="1")) == ["urn:pact:company:de-uscc:1"]


def test_two_spellings_of_one_number_are_reported_once() -> None:
    assert len(company.ids(record(hrb="1", HRB="1"))) == 2


def test_a_record_may_have_no_register_numbers() -> None:
    bare = {"legalName": "Maker", "country": "DE", "did": DID}
    company.check(bare, DID)
    assert company.ids(bare) == ["urn:pact:maker.example:company-id:did:web:maker.example"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"did": "did:web:other.example"}, "is that of did:web:other.example"),
        ({"legalName": ""}, "record.legalName is not non-empty text"),
        ({"registerNumbers": {"LEI": 5}}, "record.registerNumbers.LEI is not non-empty text"),
        ({"registerNumbers": []}, "record.registerNumbers is not an object"),
        ({"website": "x"}, "does not know"),
    ],
)
def test_another_or_a_broken_record_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        company.check({**record(), **change}, DID)
