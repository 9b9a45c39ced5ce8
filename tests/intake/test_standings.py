"""Decisions, accreditations and qualifications: what the log takes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.standing import Admission, Role
from rootprint.ledger.intake import READMITTED, decision_subject
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER, VALID

if TYPE_CHECKING:
    from tests.intake.place import Place

ACCREDITOR = "did:web:accreditor.example"
REASONING = b"\x07" * 32
LIMITS = {"from": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
WINDOW = (1_767_225_600, 1_767_312_000)


def draft(kind: str, issuer: str, subject: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "issuer": issuer, **VALID, "credentialSubject": subject}


def decision(issuer: str = AUTHORITY, **changes: Any) -> dict[str, Any]:
    subject = decision_subject(SUPPLIER, Admission.EXPELLED, "fraud", WINDOW, REASONING)
    return draft("DecisionRecord", issuer, {**subject, **changes})


def accreditation(**changes: Any) -> dict[str, Any]:
    subject = {"body": AUDITOR, "standard": "ISO 14064-3:2019", "scope": ["*"],
               "levels": ["limited"], **LIMITS, **changes}  # fmt: skip
    return draft("AccreditationRecord", ACCREDITOR, subject)


@pytest.fixture
def office(place: Place) -> Place:
    """Return a place with an accreditor whose key is known here."""
    place.world.admit(ACCREDITOR, Role.ACCREDITOR)
    place.world.chain.mine()
    with place.home.store.write() as tx:
        place.world.keep_keys(tx)
        for record in place.world.records.values():
            if ACCREDITOR.encode() in record:
                tx.directory.put_record(ACCREDITOR, record)
    return place


def test_a_decision_concerns_an_organisation_by_its_id(office: Place) -> None:
    said = office.published(decision())
    assert said.concerns == organisation_id(SUPPLIER)
    assert said.subject["reach"] == "window"
    restored = decision_subject(SUPPLIER, Admission.ADMITTED, READMITTED, (0, 0), REASONING)
    office.published(draft("DecisionRecord", AUTHORITY, restored))
    assert office.walk(said).verdict == "incomplete"  # not anchored yet
    office.anchor()
    assert office.walk(said).verdict == "verified"


@pytest.mark.parametrize(
    ("changes", "error", "why"),
    [
        ({"concerns": digest_text(b"\x01" * 32)}, NotFound, "no organisation that was ever"),
        ({"action": "dismiss"}, Refused, "an organisation's standing knows no action dismiss"),
        ({"reasonCode": "whim"}, Refused, "there is no reason whim to revoke"),
        ({"reasonCode": "appeal-upheld"}, Refused, "there is no reason appeal-upheld to revoke"),
        ({"reasonCode": "left"}, Refused, "the reason left has no window"),
        ({"action": "restore"}, Refused, "there is no reason fraud to restore"),
    ],
)
def test_a_decision_that_no_row_could_rest_on_is_refused(
    office: Place, changes: dict[str, Any], error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        office.published(decision(**changes))


def test_only_the_authority_decides(office: Place) -> None:
    with pytest.raises(NotAuthorised, match="was not admitted as authority"):
        office.published(decision(issuer=SUPPLIER))


def test_a_body_is_accredited_for_what_there_is(office: Place) -> None:
    said = office.published(accreditation())
    qualified = {"person": "person 7", "body": AUDITOR, "scope": ["metals"], **LIMITS}
    office.published(draft("QualificationRecord", ACCREDITOR, qualified))
    office.anchor()
    assert office.walk(said).verdict == "verified"


@pytest.mark.parametrize(
    ("changes", "error", "why"),
    [
        ({"body": PUBLISHER}, Refused, "is no auditor, and only what an auditor does"),
        ({"body": "did:web:unknown.example"}, NotFound, "no organisation that was ever admitted"),
        ({"standard": "ISO 9001"}, Refused, "no assurance is given by ISO 9001"),
    ],
)
def test_an_accreditation_of_nothing_is_refused(
    office: Place, changes: dict[str, Any], error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        office.published(accreditation(**changes))
