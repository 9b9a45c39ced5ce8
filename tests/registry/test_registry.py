"""Who may issue what, when, by the real contracts' own storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import Reverted
from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.errors import NotAuthorised, Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import REASONS, Admission, Role
from rootprint.ledger.registry import (
    add_key,
    admit,
    expel,
    record_bytes,
    record_digest,
    report_compromise,
    retire_key,
    role_bits,
    set_status,
    suspend,
)
from tests.registry.conftest import ACCOUNT, ACCOUNT_KEY, REGISTRAR_KEY, Office
from tests.support.statements import LOG, MAKER, assurance, factor, product, status

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Block

pytestmark = pytest.mark.chain
PROOF, DECISION = b"\x0d" * 32, b"\x0e" * 32
RECORD = record_digest(record_bytes("Maker Ltd", "CN", MAKER, {"USCC": "91310000X"}))


def enter(office: Office, key: SigningKey, roles: Role = Role.SUPPLIER) -> Block:
    """Admit the maker and add its key in one step: the account may act at once."""
    return office.step(
        (REGISTRAR_KEY, admit(office.contracts, MAKER, ACCOUNT, RECORD, roles)),
        (ACCOUNT_KEY, add_key(office.contracts, MAKER, key.public.thumbprint, PROOF)),
    )


def test_an_admitted_supplier_may_issue_products_and_nothing_else(office: Office) -> None:
    key = SigningKey.generate()
    t = enter(office, key).time
    registry = office.registry()
    assert registry.time == t
    registry.require_may_issue(seal(product(MAKER), key, LOG), t)
    registry.require_may_issue(seal(status(issuer=MAKER), key, LOG), t)
    with pytest.raises(NotAuthorised, match="not admitted as factor-publisher"):
        registry.require_may_issue(seal(factor(MAKER), key, LOG), t)
    with pytest.raises(NotAuthorised, match="not admitted as auditor"):
        registry.require_may_issue(seal(assurance(issuer=MAKER), key, LOG), t)
    with pytest.raises(NotAuthorised, match="the key was not yet added"):
        registry.require_may_issue(seal(product(MAKER), key, LOG), t - 1)


def test_a_key_counts_for_its_own_organisation_while_it_is_active(office: Office) -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    added = enter(office, key).time
    contracts, thumbprint = office.contracts, key.public.thumbprint
    statement = seal(product(MAKER), key, LOG)
    with pytest.raises(NotAuthorised, match="the key was not yet added to the issuer"):
        office.registry().require_may_issue(seal(product(MAKER), other, LOG), added)
    with pytest.raises(NotAuthorised, match=r"did:web:else\.example may not issue"):
        office.registry().require_may_issue(seal(product("did:web:else.example"), key, LOG), added)
    retired = office.step((ACCOUNT_KEY, retire_key(contracts, MAKER, thumbprint))).time
    office.registry().require_may_issue(statement, retired - 1)
    with pytest.raises(NotAuthorised, match="the key was retired"):
        office.registry().require_may_issue(statement, retired)
    since = added + 3600
    office.step((ACCOUNT_KEY, report_compromise(contracts, MAKER, thumbprint, since)))
    office.registry().require_may_issue(statement, since - 1)
    with pytest.raises(NotAuthorised, match="reported as compromised"):
        office.registry().require_may_issue(statement, since)
    row = office.registry().key(MAKER, key.public.kid)
    assert (row.added, row.retired, row.compromised_since) == (added, retired, since)


def test_a_suspension_leaves_its_interval(office: Office) -> None:
    key = SigningKey.generate()
    first = enter(office, key).time
    suspended = office.step(
        (REGISTRAR_KEY, suspend(office.contracts, MAKER, REASONS["inquiry"], DECISION))
    ).time
    again = office.step(
        (REGISTRAR_KEY, admit(office.contracts, MAKER, ACCOUNT, RECORD, Role.SUPPLIER))
    ).time
    expelled = office.step(
        (REGISTRAR_KEY, expel(office.contracts, MAKER, REASONS["left"], DECISION))
    ).time
    statement, registry = seal(product(MAKER), key, LOG), office.registry()
    for allowed in (first, suspended - 1, again, expelled - 1):
        registry.require_may_issue(statement, allowed)
    for t, word in ((suspended, "suspended"), (again - 1, "suspended"), (expelled, "expelled")):
        with pytest.raises(NotAuthorised, match=f"the issuer was {word}"):
            registry.require_may_issue(statement, t)
    maker = registry.organisation(MAKER)
    assert maker.account == ACCOUNT
    assert [row.time for row in maker.rows] == [first, suspended, again, expelled]
    assert maker.roles(first) == ["supplier"]
    assert maker.roles(suspended) == []
    assert maker.admission(first - 1) is Admission.NONE
    assert maker.record_digest(expelled) == RECORD
    assert maker.record_digest(first - 1) is None


def test_an_unknown_organisation_has_no_rows(office: Office) -> None:
    found = office.registry().organisation("did:web:nobody.example")
    assert (found.account, found.rows) == (bytes(20), ())
    assert found.roles(2**40) == []


def test_an_organisation_speaks_of_statements_under_its_own_account(office: Office) -> None:
    enter(office, SigningKey.generate())
    digest, reason = b"\x11" * 32, b"\x22" * 32
    call = set_status(office.contracts, MAKER, digest, StatusState.WITHDRAWN, reason)
    t = office.step((ACCOUNT_KEY, call)).time
    row = office.reader().status(organisation_id(MAKER), digest)
    assert (row.state, row.time, row.statement) == (StatusState.WITHDRAWN, t, reason)
    lower = set_status(office.contracts, MAKER, digest, StatusState.SUPERSEDED, reason)
    with pytest.raises(Reverted, match=r"call 1 of 1 was refused: StateCannotFollow\(present=2"):
        office.step((ACCOUNT_KEY, lower))


def test_an_adverse_conclusion_takes_an_admitted_auditor_and_stays_listed(office: Office) -> None:
    enter(office, SigningKey.generate())
    digest, reason = b"\x11" * 32, b"\x22" * 32
    adverse = set_status(office.contracts, MAKER, digest, StatusState.ADVERSE, reason)
    with pytest.raises(Reverted, match=r"NotAuditor\(.*status=1, roles=1\)"):
        office.step((ACCOUNT_KEY, adverse))
    assert office.reader().adverse(digest) == []
    roles = Role.SUPPLIER | Role.AUDITOR
    office.step((REGISTRAR_KEY, admit(office.contracts, MAKER, ACCOUNT, RECORD, roles)))
    t = office.step((ACCOUNT_KEY, adverse)).time
    office.step((REGISTRAR_KEY, expel(office.contracts, MAKER, REASONS["left"], DECISION)))
    assert office.reader().adverse(digest) == [organisation_id(MAKER)]
    row = office.reader().status(organisation_id(MAKER), digest)
    assert (row.state, row.time, row.statement) == (StatusState.ADVERSE, t, reason)


def test_a_refused_call_is_named_with_the_contracts_reason_and_the_rest_stands(
    office: Office,
) -> None:
    key = SigningKey.generate()
    calls = [
        (REGISTRAR_KEY, admit(office.contracts, MAKER, ACCOUNT, RECORD, Role.SUPPLIER)),
        (ACCOUNT_KEY, suspend(office.contracts, MAKER, REASONS["inquiry"], DECISION)),
        (ACCOUNT_KEY, add_key(office.contracts, MAKER, key.public.thumbprint, PROOF)),
    ]
    with pytest.raises(Reverted, match=r"call 2 of 3 was refused: NotRegistrar\(caller=0x"):
        office.step(*calls)
    t = office.chain.block().time
    office.registry().require_may_issue(seal(product(MAKER), key, LOG), t)


def test_roles_are_named() -> None:
    assert role_bits(["supplier", "auditor"]) == Role.SUPPLIER | Role.AUDITOR
    with pytest.raises(Refused, match="there is no role king"):
        role_bits(["supplier", "king"])
    with pytest.raises(Refused, match="without a name"):
        role_bits([])
