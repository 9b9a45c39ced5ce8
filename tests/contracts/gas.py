"""Gas of whole transactions (intrinsic and call data included) of every function of the contracts.

The sizes stand in the names: an anchor into a log of 2^20 entries carries the consistency proof
that such a log has. contracts/gas-snapshot.json holds the numbers; test_contracts.py compares.
"""

from __future__ import annotations

from typing import Any

from eth_abi.abi import encode
from eth_hash.auto import keccak

from tests.contracts.evm import Account, Contract, Evm
from tests.contracts.oracle import UniformTree, leaf

ORGANISATION, KEY, RECORD = b"\x0a" * 32, b"\x0b" * 32, b"\x0c" * 32
DIGEST, REASON, VKEY = b"\x0d" * 32, b"\x0e" * 32, b"\x0f" * 32
OTHER = b"\x09" * 32
SALT = b"\x01" * 32
GROWTH = 100  # entries from one anchor to the next


class Deployed:
    """A contract at an address, and who usually sends to it."""

    def __init__(self, evm: Evm, artifact: dict[str, Any], sender: Account, init: bytes) -> None:
        self.contract = Contract(artifact["abi"], artifact["bytecode"])
        self.deployment, self.address = evm.transact(sender, b"", self.contract.bytecode + init)
        self._evm, self._sender = evm, sender

    def gas(self, name: str, *arguments: object, sender: Account | None = None) -> int:
        """Send a transaction and return its gas."""
        data = self.contract.call_data(name, *arguments)
        return self._evm.transact(sender or self._sender, self.address, data)[0]


def measure(artifacts: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Return gas by what is done."""
    return {**checkpoints(artifacts), **organisations_and_status(artifacts)}


def checkpoints(artifacts: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Return gas of CheckpointRegistry's transactions."""
    operator, successor = Account("operator"), Account("successor")
    evm = Evm(operator, successor)
    registry = Deployed(evm, artifacts["CheckpointRegistry"], operator, b"")
    found = {
        "CheckpointRegistry deployment": registry.deployment,
        "CheckpointRegistry.openLog": registry.gas("openLog", VKEY),
    }
    tree = UniformTree(leaf(b"entry"))
    for exponent in (10, 20):
        key = bytes([exponent]) * 32
        registry.gas("openLog", key)
        log = log_id(operator, key)
        size = 2**exponent
        first = registry.gas("anchor", log, size - GROWTH, tree.root(size - GROWTH), [])
        found["CheckpointRegistry.anchor, first row"] = first
        proof = tree.proof(size - GROWTH, size)
        gas = registry.gas("anchor", log, size, tree.root(size), proof)
        found[f"CheckpointRegistry.anchor, log of 2^{exponent}"] = gas
    log = log_id(operator, VKEY)
    propose = registry.gas("proposeOperator", log, successor.address)
    found["CheckpointRegistry.proposeOperator"] = propose
    accept = registry.gas("acceptOperator", log, sender=successor)
    found["CheckpointRegistry.acceptOperator"] = accept
    return found


def organisations_and_status(artifacts: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Return gas of the other contracts' transactions."""
    registrar, maker, auditor = Account("registrar"), Account("maker"), Account("auditor")
    evm = Evm(registrar, maker, auditor)
    own = encode(["address"], [registrar.address])
    registry = Deployed(evm, artifacts["OrganizationRegistry"], registrar, own)
    status = Deployed(
        evm, artifacts["StatusRegistry"], maker, encode(["address"], [registry.address])
    )
    deployer = Deployed(evm, artifacts["Deployer"], registrar, b"")
    admission = ORGANISATION, maker.address, RECORD, 1
    code = registry.contract.bytecode + own
    registry.gas("admit", OTHER, auditor.address, RECORD, 4)
    return {
        "OrganizationRegistry deployment": registry.deployment,
        "StatusRegistry deployment": status.deployment,
        "Deployer deployment": deployer.deployment,
        "Deployer.deploy, OrganizationRegistry": deployer.gas("deploy", SALT, code),
        "OrganizationRegistry.admit, first": registry.gas("admit", *admission),
        "OrganizationRegistry.addKey": registry.gas("addKey", ORGANISATION, KEY, sender=maker),
        "OrganizationRegistry.retireKey": registry.gas(
            "retireKey", ORGANISATION, KEY, sender=maker
        ),
        "OrganizationRegistry.reportCompromise": registry.gas(
            "reportCompromise", ORGANISATION, KEY, 1, sender=maker
        ),
        "OrganizationRegistry.suspend": registry.gas("suspend", ORGANISATION),
        "OrganizationRegistry.admit, again": registry.gas("admit", *admission),
        "OrganizationRegistry.expel": registry.gas("expel", ORGANISATION),
        "StatusRegistry.set, first": status.gas("set", ORGANISATION, DIGEST, 1, REASON),
        "StatusRegistry.set, risen": status.gas("set", ORGANISATION, DIGEST, 2, REASON),
        "StatusRegistry.set, adverse": status.gas("set", OTHER, DIGEST, 3, REASON, sender=auditor),
    }


def log_id(operator: Account, vkey_hash: bytes) -> bytes:
    """Return the id the registry derives, computed as Solidity's abi.encode has it."""
    return keccak(encode(["address", "bytes32"], [operator.address, vkey_hash]))
