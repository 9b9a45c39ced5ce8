"""Acts signed for a relay: what the real contracts take is what an independent encoder signs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from rootprint.ledger.chain import Reverted, address_of, signer_of
from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.standing import Role
from rootprint.ledger.registry import (
    SIGNED_ACTS,
    add_key,
    admit,
    expel,
    nonce_of,
    read_act,
    report_compromise,
    retire_key,
    set_status,
    sign_act,
)
from tests.registry.conftest import ACCOUNT, ACCOUNT_KEY, REGISTRAR_KEY, Office
from tests.support.statements import MAKER

if TYPE_CHECKING:
    from rootprint.ledger.registry import Call, SignedAct

pytestmark = pytest.mark.chain
KEY, PROOF, DIGEST, REASON = (bytes([n]) * 32 for n in (0x0A, 0x0B, 0x0C, 0x0D))
RELAY_KEY = bytes([9]) * 32
NOW = 1_800_000_000
LATER = NOW + 1000 * 86_400


@pytest.fixture
def entered(office: Office) -> Office:
    call = admit(office.contracts, MAKER, ACCOUNT, b"\x01" * 32, Role.SUPPLIER)
    office.step((REGISTRAR_KEY, call))
    return office


def signed(office: Office, call: Call, deadline: int = LATER) -> SignedAct:
    return sign_act(office.chain, office.contracts, call, ACCOUNT_KEY, deadline)


def calls(office: Office) -> list[Call]:
    contracts = office.contracts
    return [
        add_key(contracts, MAKER, KEY, PROOF),
        set_status(contracts, MAKER, DIGEST, StatusState.WITHDRAWN, REASON),
        report_compromise(contracts, MAKER, KEY, office.chain.block().time),
        retire_key(contracts, MAKER, KEY),
    ]


def test_a_relay_sends_each_act_and_its_effect_is_the_account_s_own(entered: Office) -> None:
    office, done = entered, set()
    for number in range(4):
        act = read_act(signed(office, calls(office)[number]).to_json())
        assert act.signer() == ACCOUNT
        office.step((RELAY_KEY, act.call()))
        done.add(act.act)
        with pytest.raises(Reverted, match="NotOrganizationAccount"):
            office.step((RELAY_KEY, act.call()))  # once, and no more
    assert done == set(SIGNED_ACTS)
    row = office.reader().key(organisation_id(MAKER), KEY)
    assert row.possession == PROOF
    assert row.added < row.compromised_since <= row.retired
    assert office.reader().status(organisation_id(MAKER), DIGEST).state is StatusState.WITHDRAWN
    registry = office.contracts.organization_registry
    assert nonce_of(office.chain, "OrganizationRegistry", registry, organisation_id(MAKER)) == 3


def test_what_is_signed_is_what_another_implementation_of_eip_712_signs(entered: Office) -> None:
    office = entered
    office.step((ACCOUNT_KEY, add_key(office.contracts, MAKER, KEY, PROOF)))
    for call in calls(office):
        act = signed(office, call)
        content = json.loads(act.to_json())
        kinds = dict(SIGNED_ACTS[act.act].members) | {"nonce": "uint256", "deadline": "uint256"}
        typed = encode_typed_data(
            full_message={
                "types": {
                    "EIP712Domain": [
                        {"name": "name", "type": "string"},
                        {"name": "version", "type": "string"},
                        {"name": "chainId", "type": "uint256"},
                        {"name": "verifyingContract", "type": "address"},
                    ],
                    act.act: [{"name": name, "type": kind} for name, kind in kinds.items()],
                },
                "primaryType": act.act,
                "domain": {
                    "name": "Rootprint",
                    "version": "2",
                    "chainId": content["chainId"],
                    "verifyingContract": content["contract"],
                },
                "message": content["message"],
            }
        )
        theirs = Account.sign_message(typed, ACCOUNT_KEY)
        assert bytes(theirs.signature) == act.signature
        assert bytes(theirs.message_hash) == act.digest()


def test_an_act_that_was_changed_counts_for_nothing(entered: Office) -> None:
    office = entered
    act = signed(office, calls(office)[0])
    who, key, proof = act.values
    for changed in (
        replace(act, values=(who, b"\x11" * 32, proof)),
        replace(act, values=(who, key, b"\x11" * 32)),
        replace(act, deadline=act.deadline + 1),
        replace(act, signature=signed(office, calls(office)[3]).signature),
    ):
        assert changed.signer() != ACCOUNT
        with pytest.raises(Reverted, match="NotOrganizationAccount"):
            office.step((RELAY_KEY, changed.call()))
    r, s, v = act.signature[:32], int.from_bytes(act.signature[32:64]), act.signature[64]
    order = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141
    twin = replace(act, signature=r + (order - s).to_bytes(32) + bytes([27 + 28 - v]))
    with pytest.raises(Refused, match="no account's signature"):
        twin.signer()
    with pytest.raises(Reverted, match="SignatureRefused"):
        office.step((RELAY_KEY, twin.call()))
    with pytest.raises(Reverted, match="DeadlinePassed"):
        office.step((RELAY_KEY, signed(office, calls(office)[0], NOW).call()))
    assert address_of(ACCOUNT_KEY) == signer_of(act.digest(), act.signature)


def test_only_what_a_contract_takes_from_a_relay_is_signed(entered: Office) -> None:
    office = entered
    with pytest.raises(Refused, match="no relay sends this act"):
        signed(office, expel(office.contracts, MAKER, 1, REASON))
    elsewhere = calls(office)[0]._replace(to=office.contracts.status_registry)
    with pytest.raises(Refused, match="no relay sends this act"):
        signed(office, elsewhere)


@pytest.mark.parametrize(
    ("member", "value", "match"),
    [
        ("act", "Expel", "there is no act 'Expel' that a relay sends"),
        ("version", 2, "act.version"),
        ("contract", "0x12", "act.contract"),
        ("signature", "0x12", "act.signature"),
        ("message", {}, "act.message lacks"),
        ("message", [], "act.message"),
        ("chainId", "1", "act.chainId"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(
    entered: Office, member: str, value: object, match: str
) -> None:
    content = json.loads(signed(entered, calls(entered)[0]).to_json())
    with pytest.raises(Refused, match=match):
        read_act(json.dumps({**content, member: value}).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b" " * 20_000])
def test_what_is_no_act_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_act(data)
