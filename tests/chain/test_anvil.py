"""The RPC chain against a development node, anvil of @foundry-rs/anvil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from eth_hash.auto import keccak
from web3 import HTTPProvider

from rootprint.ledger.chain import (
    RpcChain,
    address_of,
    artifact,
    await_receipts,
    decode_error,
    deploy_contracts,
    encode_call,
    sign_transaction,
    transaction_hash,
)
from tests.chain.proven import agree, operator_slot

if TYPE_CHECKING:
    from rootprint.ledger.chain import Receipt

pytestmark = pytest.mark.contracts
# The first development key that anvil itself prints and funds; worth nothing anywhere.
KEY = bytes.fromhex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
REGISTRAR = address_of(bytes([2]) * 32)
WORD = bytes(range(1, 33))


@pytest.fixture
def chain(anvil: str) -> RpcChain:
    return RpcChain(anvil)


def send(chain: RpcChain, to: bytes, data: bytes) -> Receipt:
    max_fee, priority = chain.fees()
    raw = sign_transaction(
        KEY,
        chain_id=chain.chain_id,
        nonce=chain.nonce(address_of(KEY)),
        to=to,
        data=data,
        gas=500_000,
        max_fee=max_fee,
        priority=priority,
    )
    chain.broadcast([raw])
    chain.broadcast([raw])
    return await_receipts(chain, [transaction_hash(raw)], timeout=10)[0]


def test_contracts_are_deployed_once_and_found_again(chain: RpcChain) -> None:
    before = chain.block().number
    found = deploy_contracts(chain, KEY, REGISTRAR)
    head = chain.block().number
    assert deploy_contracts(chain, KEY, REGISTRAR) == found
    assert chain.block().number == head
    address = found.organization_registry.address
    assert chain.code_hash(address, head) == artifact("OrganizationRegistry").code_hash
    assert chain.code_hash(address, before) == bytes(32)
    assert chain.slot(address, bytes(32), head)[-20:] == REGISTRAR
    assert chain.slot(address, bytes(32), before) == bytes(32)


def test_a_refusal_is_decoded_from_the_receipt(chain: RpcChain) -> None:
    found = deploy_contracts(chain, KEY, REGISTRAR)
    call = encode_call("OrganizationRegistry", "admit", WORD, address_of(KEY), WORD, 1, 0, WORD)
    receipt = send(chain, found.organization_registry.address, call)
    assert not receipt.status
    expected = f"NotRegistrar(caller=0x{address_of(KEY).hex()})"
    assert decode_error("OrganizationRegistry", receipt.revert) == expected


def test_a_node_proves_its_headers_accounts_and_slots(chain: RpcChain) -> None:
    """Through eth_getProof: written and other slots, before and after, and an absent account."""
    before = chain.block().number
    found = deploy_contracts(chain, KEY, REGISTRAR)
    registry = found.checkpoint_registry.address
    receipts = [
        send(chain, registry, encode_call("CheckpointRegistry", "openLog", keccak(bytes([n]))))
        for n in range(12)
    ]
    assert all(receipt.status for receipt in receipts)
    head = chain.block().number
    operator = address_of(KEY).rjust(32, b"\0")
    logs = [keccak(operator + keccak(bytes([n]))) for n in range(12)]
    slots = [operator_slot(log_id) for log_id in logs]
    proven = agree(chain, registry, [*slots, bytes(32), WORD], head)
    assert all(any(proven.slot(slot)) for slot in slots)
    half = agree(chain, registry, slots, receipts[5].block.number)
    assert [any(half.slot(slot)) for slot in slots] == [True] * 6 + [False] * 6
    assert agree(chain, bytes([9]) * 20, [WORD], head).account() is None
    assert agree(chain, address_of(KEY), [WORD], head).code_hash() == keccak(b"")
    agree(chain, found.organization_registry.address, [bytes(32), WORD], head)
    chain.header(before)


def test_a_reorg_takes_a_receipt_back(chain: RpcChain, anvil: str) -> None:
    found = deploy_contracts(chain, KEY, REGISTRAR)
    call = encode_call("CheckpointRegistry", "openLog", WORD)
    receipt = send(chain, found.checkpoint_registry.address, call)
    assert receipt.status
    HTTPProvider(anvil).make_request("anvil_reorg", [1, []])
    assert chain.receipt(receipt.transaction_hash) is None
