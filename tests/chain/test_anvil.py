"""The RPC chain against a development node, where one is installed: anvil of @foundry-rs/anvil."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from web3 import HTTPProvider

from ledger.chain import (
    CALL_GAS,
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
from ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.chain import Receipt

# The first development key that anvil itself prints and funds; worth nothing anywhere.
KEY = bytes.fromhex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
REGISTRAR = address_of(bytes([2]) * 32)
WORD = bytes(range(1, 33))


@pytest.fixture(scope="module")
def url(root: Path) -> Iterator[str]:
    local = root / "node_modules" / ".bin" / "anvil"
    anvil = os.environ.get("ROOTPRINT_ANVIL") or shutil.which("anvil") or shutil.which(local)
    if not anvil:
        pytest.skip("no anvil here: npm install @foundry-rs/anvil, or name it in ROOTPRINT_ANVIL")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([anvil, "--port", str(port), "--silent"]) as node:
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            node.terminate()


def _ready(url: str) -> str:
    for _ in range(100):
        try:
            assert RpcChain(url).chain_id == 31337
        except Unavailable:
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("anvil did not start")


@pytest.fixture
def chain(url: str) -> RpcChain:
    return RpcChain(url)


def send(chain: RpcChain, to: bytes, data: bytes) -> Receipt:
    max_fee, priority = chain.fees()
    raw = sign_transaction(
        KEY,
        chain_id=chain.chain_id,
        nonce=chain.nonce(address_of(KEY)),
        to=to,
        data=data,
        gas=CALL_GAS,
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
    call = encode_call("OrganizationRegistry", "admit", WORD, address_of(KEY), WORD, 1)
    receipt = send(chain, found.organization_registry.address, call)
    assert not receipt.status
    expected = f"NotRegistrar(caller=0x{address_of(KEY).hex()})"
    assert decode_error("OrganizationRegistry", receipt.revert) == expected


def test_a_reorg_takes_a_receipt_back(chain: RpcChain, url: str) -> None:
    found = deploy_contracts(chain, KEY, REGISTRAR)
    call = encode_call("CheckpointRegistry", "openLog", WORD)
    receipt = send(chain, found.checkpoint_registry.address, call)
    assert receipt.status
    HTTPProvider(url).make_request("anvil_reorg", [1, []])
    assert chain.receipt(receipt.transaction_hash) is None
