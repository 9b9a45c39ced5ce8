"""Transactions against eth-account, addresses against the examples of EIP-1014."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from eth_account import Account
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.chain import address_of, sign_transaction, transaction_hash
from rootprint.ledger.chain.transactions import create2_address, create_address
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from tests.chain.bench import Bench

MEMBERS = {
    "chain_id": 1,
    "nonce": 0,
    "to": None,
    "data": b"",
    "gas": 1,
    "max_fee": 2,
    "priority": 1,
}


@st.composite
def transactions(draw: st.DrawFn) -> dict[str, Any]:
    """Members of a transaction as ``sign_transaction`` takes them."""
    priority, max_fee = sorted((draw(st.integers(0, 2**90)), draw(st.integers(0, 2**90))))
    return {
        "chain_id": draw(st.integers(1, 2**53)),
        "nonce": draw(st.integers(0, 2**63)),
        "to": draw(st.none() | st.binary(min_size=20, max_size=20)),
        "data": draw(st.binary(max_size=300)),
        "gas": draw(st.integers(0, 2**40)),
        "max_fee": max_fee,
        "priority": priority,
    }


@settings(max_examples=25)
@given(key=st.integers(1, 2**255).map(lambda number: number.to_bytes(32)), sent=transactions())
def test_a_signed_transaction_is_what_eth_account_signs(key: bytes, sent: dict[str, Any]) -> None:
    raw = sign_transaction(key, **sent)
    theirs = Account.sign_transaction(
        {
            "type": 2,
            "chainId": sent["chain_id"],
            "nonce": sent["nonce"],
            "data": sent["data"],
            "gas": sent["gas"],
            "value": 0,
            "maxFeePerGas": sent["max_fee"],
            "maxPriorityFeePerGas": sent["priority"],
            **({"to": sent["to"]} if sent["to"] else {}),
        },
        key,
    )
    address = Account.from_key(key).address
    assert raw == bytes(theirs.raw_transaction)
    assert transaction_hash(raw) == bytes(theirs.hash)
    assert Account.recover_transaction(raw) == address
    assert address_of(key) == bytes.fromhex(address[2:])


def test_create2_addresses_are_those_of_eip_1014() -> None:
    deadbeef = bytes.fromhex("deadbeef")
    examples = [
        (bytes(20), bytes(32), b"\0", "4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38"),
        (deadbeef + bytes(16), bytes(32), b"\0", "B928f69Bb1D91Cd65274e3c79d8986362984fDA3"),
        (
            bytes.fromhex("00000000000000000000000000000000deadbeef"),
            bytes.fromhex("00000000000000000000000000000000000000000000000000000000cafebabe"),
            deadbeef,
            "60f3f640a8508fC6a86d45DF051962668E1e8AC7",
        ),
    ]
    for deployer, salt, init_code, expected in examples:
        assert create2_address(deployer, salt, init_code) == bytes.fromhex(expected)
    with pytest.raises(Refused, match="32 bytes, got 31"):
        create2_address(bytes(20), bytes(31), b"")


def test_a_created_contracts_address_follows_from_sender_and_nonce(bench: Bench) -> None:
    expected = create_address(bench.account, 0)
    assert bench.probe() == expected


@pytest.mark.parametrize("key", [b"", bytes(32), b"\xff" * 32, b"\x01" * 31])
def test_what_is_no_secret_key_is_refused_without_being_shown(key: bytes) -> None:
    with pytest.raises(Refused, match="not a secp256k1 secret key") as caught:
        address_of(key)
    assert not key or key.hex() not in str(caught.value)


@pytest.mark.parametrize(
    "change", [{"to": bytes(19)}, {"to": b""}, {"nonce": -1}, {"priority": 3}, {"gas": -1}]
)
def test_members_that_do_not_fit_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refused):
        sign_transaction(b"\x01" * 32, **{**MEMBERS, **change})
