"""What importing this package costs: a verifier must not need web3, SQLAlchemy or the EVM."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import rootprint.ledger.chain

SCRIPT = """
import json, sys, time
start = time.process_time()
import {module}
print(json.dumps([time.process_time() - start, sorted(sys.modules)]))
"""


def load(module: str) -> tuple[float, set[str]]:
    command = [sys.executable, "-c", SCRIPT.format(module=module)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, modules = json.loads(done.stdout)
    return seconds, set(modules)


def test_the_package_itself_loads_nothing() -> None:
    _, modules = load("rootprint.ledger.chain")
    assert not modules & {
        "web3",
        "sqlalchemy",
        "eth",
        "rlp",
        "eth_abi",
        "rootprint.ledger.chain.embedded",
    }


def test_the_embedded_chain_is_read_without_web3_sqlalchemy_or_evm() -> None:
    seconds, modules = load("rootprint.ledger.chain.embedded")
    assert not modules & {"web3", "sqlalchemy", "eth", "eth_account", "requests"}
    assert seconds < 3  # of the processor; 0.4 s on an idle machine


def test_the_evm_needs_neither_web3_nor_sqlalchemy() -> None:
    _, modules = load("rootprint.ledger.chain.mining")
    assert not modules & {"web3", "sqlalchemy", "eth_account"}


def test_the_rpc_chain_loads_web3_on_use_only() -> None:
    _, modules = load("rootprint.ledger.chain.rpc")
    assert not modules & {"web3", "requests"}


@pytest.mark.parametrize("name", rootprint.ledger.chain.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(rootprint.ledger.chain, name) is not None


def test_a_name_that_is_not_public_is_missing() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'absent'"):
        _ = rootprint.ledger.chain.absent
