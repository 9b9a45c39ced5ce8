"""Deployment on the embedded chain, and the contracts' first words through it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from eth_hash.auto import keccak

from rootprint.ledger.chain import (
    Deployment,
    Receipt,
    Reverted,
    address_of,
    artifact,
    decode_error,
    decode_result,
    deploy_contracts,
    encode_call,
    transaction_hash,
)
from rootprint.ledger.chain.transactions import create_address
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from tests.chain.bench import Bench

pytestmark = pytest.mark.chain
REGISTRAR = address_of(bytes([2]) * 32)
WORD = bytes(range(1, 33))


def send(bench: Bench, to: bytes, data: bytes) -> Receipt:
    raw = bench.sign(to, data)
    bench.chain.broadcast([raw])
    receipt = bench.chain.receipt(transaction_hash(raw))
    assert receipt is not None
    return receipt


def test_all_contracts_come_in_one_block_with_the_code_of_the_artifacts(bench: Bench) -> None:
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    assert bench.chain.block().number == 1
    for contract, name in (
        (found.checkpoint_registry, "CheckpointRegistry"),
        (found.organization_registry, "OrganizationRegistry"),
        (found.status_registry, "StatusRegistry"),
    ):
        assert contract.code_hash == artifact(name).code_hash
        assert bench.chain.code_hash(contract.address, 1) == contract.code_hash
        assert bench.chain.code_hash(contract.address, 0) == bytes(32)
    assert found.chain_id == bench.chain.chain_id


def test_constructor_arguments_stand_in_storage(bench: Bench) -> None:
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    registrar = bench.chain.slot(found.organization_registry.address, bytes(32), 1)
    organizations = bench.chain.slot(found.status_registry.address, bytes(32), 1)
    assert registrar[-20:] == REGISTRAR
    assert organizations[-20:] == found.organization_registry.address


def test_deploying_again_finds_what_stands_and_sends_nothing(bench: Bench) -> None:
    first = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    bench.probe()
    assert deploy_contracts(bench.chain, bench.key, REGISTRAR) == first
    assert bench.chain.block().number == 2


def test_another_salt_or_registrar_gets_contracts_of_its_own_from_the_same_factory(
    bench: Bench,
) -> None:
    first = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    salted = deploy_contracts(bench.chain, bench.key, REGISTRAR, WORD)
    other = deploy_contracts(bench.chain, bench.key, bench.account)
    assert first.deployer == salted.deployer == other.deployer
    assert salted.checkpoint_registry.address != first.checkpoint_registry.address
    assert other.checkpoint_registry.address != first.checkpoint_registry.address
    assert other.organization_registry.address != first.organization_registry.address


def test_an_account_that_acted_before_deploys_too(bench: Bench) -> None:
    bench.probe()
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    assert found.deployer == create_address(bench.account, 1)


@pytest.mark.parametrize("registrar", [bytes(20), b"", bytes([1]) * 32])
def test_a_registrar_that_is_no_account_is_refused(bench: Bench, registrar: bytes) -> None:
    with pytest.raises(Refused, match="registrar is an account"):
        deploy_contracts(bench.chain, bench.key, registrar)
    assert bench.chain.block().number == 0


def test_a_log_is_opened_and_its_id_is_derived_from_operator_and_key(bench: Bench) -> None:
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    receipt = send(
        bench, found.checkpoint_registry.address, encode_call("CheckpointRegistry", "openLog", WORD)
    )
    assert receipt.status
    log_id = keccak(bytes(12) + bench.account + WORD)
    answer = bench.chain.call(
        found.checkpoint_registry.address,
        encode_call("CheckpointRegistry", "checkpointCount", log_id),
    )
    assert decode_result("CheckpointRegistry", "checkpointCount", answer) == (0,)


def test_a_refusal_is_decoded_from_receipt_and_call(bench: Bench) -> None:
    """Only the registrar admits; anyone else learns why not."""
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    call = encode_call("OrganizationRegistry", "admit", WORD, bench.account, WORD, 1, 0, WORD)
    receipt = send(bench, found.organization_registry.address, call)
    assert not receipt.status
    expected = f"NotRegistrar(caller=0x{bench.account.hex()})"
    assert decode_error("OrganizationRegistry", receipt.revert) == expected
    with pytest.raises(Reverted) as caught:
        bench.chain.call(found.organization_registry.address, call)
    assert decode_error("OrganizationRegistry", caught.value.data).startswith("NotRegistrar(")


def test_the_address_file_reads_back_what_it_wrote(bench: Bench) -> None:
    found = deploy_contracts(bench.chain, bench.key, REGISTRAR)
    assert Deployment.from_json(found.to_json()) == found


def test_an_address_file_that_was_changed_is_refused(bench: Bench) -> None:
    text = deploy_contracts(bench.chain, bench.key, REGISTRAR).to_json()
    content = json.loads(text)
    spoiled = [
        "",
        "[]",
        "null",
        json.dumps({**content, "more": 1}),
        json.dumps({**content, "chainId": "1"}),
        json.dumps({**content, "chainId": True}),
        json.dumps({**content, "chainId": 0}),
        json.dumps({**content, "contracts": {}}),
        json.dumps({**content, "deployer": "0x00"}),
        text.replace('"codeHash": "0x', '"codeHash": "0X'),
        text.replace('"address"', '"adress"'),
        text + " " * 20_000,
    ]
    for changed in spoiled:
        with pytest.raises(Refused, match="address file"):
            Deployment.from_json(changed)
