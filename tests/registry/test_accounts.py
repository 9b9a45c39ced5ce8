"""Who acts for whom, on the real contracts: invited, accepted, recovered, and what is refused."""

from __future__ import annotations

import pytest

from rootprint.ledger.chain import Reverted, address_of
from rootprint.ledger.core.standing import REASONS, Role
from rootprint.ledger.registry import (
    Invited,
    accept_account,
    accept_registrar,
    admit,
    drop_recovery,
    invited_account,
    propose_account,
    propose_registrar,
    registrars,
    start_recovery,
    suspend,
)
from tests.registry.conftest import ACCOUNT, ACCOUNT_KEY, REGISTRAR_KEY, Office
from tests.support.statements import MAKER

pytestmark = pytest.mark.chain
RECORD, DECISION = b"\x0d" * 32, b"\x0e" * 32
NEXT_KEY, THIRD_KEY = bytes([6]) * 32, bytes([7]) * 32
NEXT, THIRD = address_of(NEXT_KEY), address_of(THIRD_KEY)
DAY = 86_400


@pytest.fixture
def entered(office: Office) -> Office:
    call = admit(office.contracts, MAKER, ACCOUNT, RECORD, Role.SUPPLIER)
    office.step((REGISTRAR_KEY, call))
    return office


def invited(office: Office) -> Invited | None:
    return invited_account(office.chain, office.contracts, MAKER)


def test_an_account_invites_the_next_one_which_accepts(entered: Office) -> None:
    office, contracts = entered, entered.contracts
    assert invited(office) is None
    t = office.step((ACCOUNT_KEY, propose_account(contracts, MAKER, NEXT))).time
    assert invited(office) == Invited(NEXT, t, recovery=False)
    with pytest.raises(Reverted, match="NotPendingAccount"):
        office.step((THIRD_KEY, accept_account(contracts, MAKER)))
    office.step((NEXT_KEY, accept_account(contracts, MAKER)))
    assert invited(office) is None
    assert office.registry().organisation(MAKER).account == NEXT
    with pytest.raises(Reverted, match="NotOrganizationAccount"):
        office.step((ACCOUNT_KEY, propose_account(contracts, MAKER, THIRD)))
    with pytest.raises(Reverted, match="AccountTaken"):
        office.step((NEXT_KEY, propose_account(contracts, MAKER, ACCOUNT)))


def test_a_recovery_waits_seven_days_and_can_be_ended(entered: Office) -> None:
    office, contracts = entered, entered.contracts
    begin = REGISTRAR_KEY, start_recovery(contracts, MAKER, NEXT, DECISION)
    t = office.step(begin).time
    assert invited(office) == Invited(NEXT, t + 7 * DAY, recovery=True)
    with pytest.raises(Reverted, match="TooEarly"):
        office.step((NEXT_KEY, accept_account(contracts, MAKER)))
    office.step((ACCOUNT_KEY, propose_account(contracts, MAKER, None)))
    assert invited(office) is None
    office.step(begin)
    office.step((REGISTRAR_KEY, drop_recovery(contracts, MAKER)))
    assert invited(office) is None
    ended = suspend(contracts, MAKER, REASONS["inquiry"], DECISION)
    office.step((REGISTRAR_KEY, ended), begin)
    with pytest.raises(Reverted, match="RecoveryPending"):
        office.step((ACCOUNT_KEY, propose_account(contracts, MAKER, None)))
    office.clock.now += 7 * DAY
    office.step((NEXT_KEY, accept_account(contracts, MAKER)))
    assert office.registry().organisation(MAKER).account == NEXT


def test_the_registrar_invites_the_next_one(entered: Office) -> None:
    office, contracts = entered, entered.contracts
    registrar = address_of(REGISTRAR_KEY)
    assert registrars(office.chain, contracts) == (registrar, None)
    office.step((REGISTRAR_KEY, propose_registrar(contracts, THIRD)))
    assert registrars(office.chain, contracts) == (registrar, THIRD)
    office.step((REGISTRAR_KEY, propose_registrar(contracts, None)))
    with pytest.raises(Reverted, match="NotPendingRegistrar"):
        office.step((THIRD_KEY, accept_registrar(contracts)))
    office.step((REGISTRAR_KEY, propose_registrar(contracts, THIRD)))
    office.step((THIRD_KEY, accept_registrar(contracts)))
    assert registrars(office.chain, contracts) == (THIRD, None)
