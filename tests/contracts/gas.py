"""Gas of whole transactions (intrinsic and call data included) of every function of the contracts.

The sizes stand in the names: an anchor into a log of 2^20 to 2^21 entries carries the consistency
proof that such a log has. Three rows share a word, so the third anchor of three costs more.
contracts/gas-snapshot.json holds the numbers; test_contracts.py compares.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from eth_abi.abi import encode
from eth_hash.auto import keccak

from tests.contracts.evm import Account, Contract, Evm
from tests.contracts.oracle import UniformTree, leaf

if TYPE_CHECKING:
    from collections.abc import Callable

ORGANISATION, KEY, RECORD = b"\x0a" * 32, b"\x0b" * 32, b"\x0c" * 32
DIGEST, REASON, VKEY = b"\x0d" * 32, b"\x0e" * 32, b"\x0f" * 32
OTHER = b"\x09" * 32
DEADLINE = 2**40
SALT = b"\x01" * 32
GROWTH = 100  # entries from one anchor to the next
LOGS = 24  # of 2^n to 2^(n+1) entries; the mean of three anchors of each is what an anchor costs


class Chain(Protocol):
    """Where transactions are sent: the EVM in memory, or a node (scripts/benches/gas_node.py)."""

    chain_id: int

    @property
    def now(self) -> int:
        """The time of the last block, or the open one, Unix seconds."""

    def transact(self, sender: Account, to: bytes, data: bytes) -> tuple[int, bytes]:
        """Apply a transaction; return its gas used, whole, and the address it created, if any."""


class Deployed:
    """A contract at an address, and who usually sends to it."""

    def __init__(self, evm: Chain, artifact: dict[str, Any], sender: Account, init: bytes) -> None:
        self.contract = Contract(artifact["abi"], artifact["bytecode"])
        self.deployment, self.address = evm.transact(sender, b"", self.contract.bytecode + init)
        self._evm, self._sender = evm, sender
        self.chain_id = evm.chain_id

    def gas(self, name: str, *arguments: object, sender: Account | None = None) -> int:
        """Send a transaction and return its gas."""
        data = self.contract.call_data(name, *arguments)
        return self._evm.transact(sender or self._sender, self.address, data)[0]


def measure(
    artifacts: dict[str, dict[str, Any]], chain: Callable[..., Chain] = Evm, logs: int = LOGS
) -> dict[str, int]:
    """Return gas by what is done, on a chain that is made for the accounts given."""
    return {
        **checkpoints(artifacts, chain, logs),
        **organisations_and_status(artifacts, chain),
    }


def checkpoints(
    artifacts: dict[str, dict[str, Any]], chain: Callable[..., Chain] = Evm, logs: int = LOGS
) -> dict[str, int]:
    """Return gas of CheckpointRegistry's transactions."""
    registrar, operator, successor = Account("registrar"), Account("operator"), Account("successor")
    evm = chain(registrar, operator, successor)
    own = encode(["address"], [registrar.address])
    organisations = Deployed(evm, artifacts["OrganizationRegistry"], registrar, own)
    its = encode(["address"], [organisations.address])
    registry = Deployed(evm, artifacts["CheckpointRegistry"], operator, its)
    found = {
        "CheckpointRegistry deployment": registry.deployment,
        "CheckpointRegistry.openLog": registry.gas("openLog", VKEY),
    }
    tree = UniformTree(leaf(b"entry"))
    for exponent in (10, 20):
        chance, spent = Random(exponent), []
        for number in range(logs):
            key = bytes([exponent, number]) * 16
            registry.gas("openLog", key)
            log, old = log_id(operator, key), chance.randrange(2**exponent, 2 ** (exponent + 1))
            first = registry.gas("anchor", log, old, tree.root(old), [])
            found.setdefault("CheckpointRegistry.anchor, first row", first)
            for _ in range(3):
                new = old + GROWTH
                proof = tree.proof(old, new)
                spent.append(registry.gas("anchor", log, new, tree.root(new), proof))
                old = new
        found[f"CheckpointRegistry.anchor, log of 2^{exponent}, mean"] = sum(spent) // len(spent)
        found[f"CheckpointRegistry.anchor, log of 2^{exponent}, most"] = max(spent)
    log = log_id(operator, VKEY)
    propose = registry.gas("proposeOperator", log, successor.address)
    found["CheckpointRegistry.proposeOperator"] = propose
    accept = registry.gas("acceptOperator", log, sender=successor)
    found["CheckpointRegistry.acceptOperator"] = accept
    return found


def organisations_and_status(
    artifacts: dict[str, dict[str, Any]], chain: Callable[..., Chain] = Evm
) -> dict[str, int]:
    """Return gas of the other contracts' transactions."""
    registrar, maker, auditor = Account("registrar"), Account("maker"), Account("auditor")
    evm = chain(registrar, maker, auditor)
    own = encode(["address"], [registrar.address])
    registry = Deployed(evm, artifacts["OrganizationRegistry"], registrar, own)
    status = Deployed(
        evm, artifacts["StatusRegistry"], maker, encode(["address"], [registry.address])
    )
    deployer = Deployed(evm, artifacts["Deployer"], registrar, b"")
    admission = ORGANISATION, maker.address, RECORD, 1, 0, bytes(32)
    ending = 1, 0, 0, REASON
    code = registry.contract.bytecode + own
    registry.gas("admit", OTHER, auditor.address, RECORD, 4 | 64, 0, bytes(32))
    act = ORGANISATION, DIGEST, KEY
    return {
        "OrganizationRegistry deployment": registry.deployment,
        "StatusRegistry deployment": status.deployment,
        "Deployer deployment": deployer.deployment,
        "Deployer.deploy, OrganizationRegistry": deployer.gas("deploy", SALT, code),
        "OrganizationRegistry.admit, first": registry.gas("admit", *admission),
        "OrganizationRegistry.addKey": registry.gas(
            "addKey", ORGANISATION, KEY, REASON, sender=maker
        ),
        "OrganizationRegistry.addKeyFor, sent by a relay": registry.gas(
            "addKeyFor", *act, DEADLINE, _signed(registry, maker, *act), sender=auditor
        ),
        "OrganizationRegistry.retireKey": registry.gas(
            "retireKey", ORGANISATION, KEY, sender=maker
        ),
        "OrganizationRegistry.reportCompromise": registry.gas(
            "reportCompromise", ORGANISATION, KEY, evm.now, sender=maker
        ),
        "OrganizationRegistry.accredit": registry.gas(
            "accredit", OTHER, ORGANISATION, REASON, 1, 2, sender=auditor
        ),
        "OrganizationRegistry.suspend": registry.gas("suspend", ORGANISATION, *ending),
        "OrganizationRegistry.admit, again": registry.gas("admit", *admission),
        "OrganizationRegistry.expel": registry.gas("expel", ORGANISATION, *ending),
        "StatusRegistry.set, first": status.gas("set", ORGANISATION, DIGEST, 1, REASON),
        "StatusRegistry.set, second": status.gas("set", ORGANISATION, DIGEST, 2, REASON),
        "StatusRegistry.set, adverse": status.gas("set", OTHER, DIGEST, 3, REASON, sender=auditor),
    }


def _signed(
    registry: Deployed, account: Account, organisation: bytes, thumbprint: bytes, possession: bytes
) -> bytes:
    """Return an account's signature of AddKey with nonce 0 (EIP-712)."""
    domain = encode(
        ["bytes32", "bytes32", "bytes32", "uint256", "address"],
        [
            keccak(
                b"EIP712Domain(string name,string version,uint256 chainId,"
                b"address verifyingContract)"
            ),
            keccak(b"Rootprint"),
            keccak(b"2"),
            registry.chain_id,
            registry.address,
        ],
    )
    kind = keccak(
        b"AddKey(bytes32 organisationId,bytes32 thumbprint,bytes32 possession,uint256 nonce,"
        b"uint256 deadline)"
    )
    values = [kind, organisation, thumbprint, possession, 0, DEADLINE]
    act = encode(["bytes32"] * 4 + ["uint256"] * 2, values)
    digest = keccak(b"\x19\x01" + keccak(domain) + keccak(act))
    signature = account.key.sign_msg_hash(digest)
    words: list[bytes] = [part.to_bytes(32) for part in (signature.r, signature.s)]
    return b"".join(words) + bytes([27 + signature.v])


def log_id(operator: Account, vkey_hash: bytes) -> bytes:
    """Return the id the registry derives, computed as Solidity's abi.encode has it."""
    return keccak(encode(["address", "bytes32"], [operator.address, vkey_hash]))
