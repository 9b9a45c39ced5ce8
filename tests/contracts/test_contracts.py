"""The contracts as committed: the compilers agree, hardhat's tests pass, gas and layout hold."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from eth_abi.abi import encode
from eth_hash.auto import keccak

from rootprint.ledger.core.chain import Block, ChainReader, Contracts, StatusState, log_id
from rootprint.ledger.core.standing import Admission, Role
from tests.contracts.evm import Account, Evm
from tests.contracts.gas import DIGEST, KEY, ORGANISATION, OTHER, REASON, RECORD, Deployed, measure
from tests.contracts.oracle import UniformTree, leaf

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

Artifacts = dict[str, dict[str, Any]]
FEWEST_SOLIDITY_TESTS = 59
NOW = 1_800_000_000


@pytest.fixture(scope="module")
def committed(root: Path) -> Artifacts:
    """The artifacts that users run."""
    folder = root / "ledger" / "chain" / "artifacts"
    return {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}


@pytest.mark.contracts
def test_committed_artifacts_are_what_py_solc_x_compiles(
    script: ModuleType, built: Artifacts
) -> None:
    assert script.committed_differences(built) == []


@pytest.mark.contracts
def test_hardhat_compiles_the_same_bytecode_and_its_tests_pass(
    script: ModuleType, built: Artifacts
) -> None:
    """Unit tests, fuzz with a fixed seed, and each attack, in tests/contracts/solidity."""
    assert script.hardhat_differences(built) == []
    printed = script.run_node(str(script.HARDHAT), "test", "solidity")
    passing = re.search(r"^\s*(\d+) passing", printed, re.MULTILINE)
    assert passing is not None, printed
    assert int(passing[1]) >= FEWEST_SOLIDITY_TESTS, printed
    assert "failing" not in printed, printed


@pytest.mark.contracts
@pytest.mark.parametrize("part", ["abi", "deployedBytecode", "storageLayout"])
def test_a_changed_artifact_is_noticed(
    part: str, script: ModuleType, built: Artifacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "ARTIFACTS", tmp_path)
    for name, made in built.items():
        (tmp_path / f"{name}.json").write_text(script.encode(made))
    changed = {**built["Deployer"], part: []}
    (tmp_path / "Deployer.json").write_text(script.encode(changed))
    (tmp_path / "StatusRegistry.json").unlink()
    (tmp_path / "Old.json").write_text("{}")
    assert script.committed_differences(built) == [
        "Deployer.json is not what py-solc-x compiles",
        "StatusRegistry.json is missing",
        "Old.json belongs to no contract",
    ]


@pytest.mark.chain
def test_gas_is_as_committed(root: Path, committed: Artifacts) -> None:
    """To change the snapshot on purpose: copy the printed numbers and say why in the commit."""
    found = measure(committed)
    stored = json.loads((root / "contracts" / "gas-snapshot.json").read_text())
    assert found == stored, json.dumps(found, indent=2, sort_keys=True)


def test_artifacts_name_their_code_hash_and_no_machine(committed: Artifacts) -> None:
    assert sorted(committed) == [
        "CheckpointRegistry",
        "Deployer",
        "OrganizationRegistry",
        "StatusRegistry",
    ]
    for name, artifact in committed.items():
        assert artifact["contractName"] == name
        code = bytes.fromhex(artifact["deployedBytecode"].removeprefix("0x"))
        assert artifact["deployedCodeHash"] == "0x" + keccak(code).hex()
        assert "/" not in json.dumps({**artifact, "abi": []})


@pytest.mark.chain
def test_the_deployed_code_is_the_artifacts_whatever_the_arguments(committed: Artifacts) -> None:
    """No immutables: a verifier pins one code hash for every deployment."""
    registrar = Account("registrar")
    evm = Evm(registrar)
    for argument in (registrar.address, b"\x77" * 20):
        artifact = committed["OrganizationRegistry"]
        deployed = Deployed(evm, artifact, registrar, encode(["address"], [argument]))
        assert "0x" + keccak(evm.code(deployed.address)).hex() == artifact["deployedCodeHash"]


class EvmView:
    """A ChainView over the test EVM's present state."""

    chain_id = 1

    def __init__(self, evm: Evm) -> None:
        self._evm = evm

    def block(self, number: int | None = None) -> Block:
        """Return the one block there is."""
        return Block(number or 1, b"\x00" * 32, NOW)

    def slot(self, contract: bytes, key: bytes, _block: int) -> bytes:
        """Return a storage word."""
        return self._evm.slot(contract, key)

    def code_hash(self, contract: bytes, _block: int) -> bytes:
        """Return keccak-256 of the code."""
        return keccak(self._evm.code(contract))


@pytest.mark.chain
def test_what_verifiers_read_by_slot_is_what_the_contracts_wrote(committed: Artifacts) -> None:
    """ledger.core.chain knows the layout by heart; here it reads what real transactions left."""
    operator, registrar, maker = Account("operator"), Account("registrar"), Account("maker")
    evm = Evm(operator, registrar, maker)
    checkpoints = Deployed(evm, committed["CheckpointRegistry"], operator, b"")
    own = encode(["address"], [registrar.address])
    organisations = Deployed(evm, committed["OrganizationRegistry"], registrar, own)
    its = encode(["address"], [organisations.address])
    status = Deployed(evm, committed["StatusRegistry"], maker, its)

    vkey = "example.org/log+12345678+key"
    log, tree = log_id(operator.address, vkey), UniformTree(leaf(b"entry"))
    checkpoints.gas("openLog", sha256(vkey.encode()).digest())
    checkpoints.gas("anchor", log, 5, tree.root(5), [])
    checkpoints.gas("anchor", log, 9, tree.root(9), tree.proof(5, 9))
    organisations.gas("admit", ORGANISATION, maker.address, RECORD, 5)
    organisations.gas("addKey", ORGANISATION, KEY, sender=maker)
    organisations.gas("reportCompromise", ORGANISATION, KEY, 7, sender=maker)
    status.gas("set", ORGANISATION, KEY, 3, REASON)
    organisations.gas("admit", OTHER, operator.address, RECORD, 4)
    status.gas("set", OTHER, KEY, 3, RECORD, sender=operator)
    organisations.gas("suspend", ORGANISATION)
    status.gas("set", ORGANISATION, DIGEST, 2, REASON)

    contracts = Contracts(checkpoints.address, organisations.address, status.address)
    view = EvmView(evm)
    reader = ChainReader(view, contracts, view.block())
    rows = [reader.checkpoint(log, n) for n in range(reader.checkpoint_count(log))]
    assert [(row.size, row.root) for row in rows] == [(5, tree.root(5)), (9, tree.root(9))]
    covering = [reader.first_covering(log, index) for index in (4, 5, 9)]
    assert covering == [(0, rows[0]), (1, rows[1]), None]
    assert reader.registrar() == registrar.address
    assert reader.account(ORGANISATION) == maker.address
    standing = [
        (row.status, row.roles, row.record) for row in reader.organisation_rows(ORGANISATION)
    ]
    roles = Role.SUPPLIER | Role.AUDITOR
    assert standing == [(Admission.ADMITTED, roles, RECORD), (Admission.SUSPENDED, roles, RECORD)]
    key = reader.key(ORGANISATION, KEY)
    assert (key.retired, key.compromised_since) == (0, 7)
    assert key.added == rows[0].time != 0
    assert reader.status_organizations() == organisations.address
    said = reader.status(ORGANISATION, DIGEST)
    assert (said.state, said.statement) == (StatusState.WITHDRAWN, REASON)
    assert reader.status(OTHER, DIGEST).state is StatusState.NONE
    assert reader.adverse(DIGEST) == []
    assert reader.adverse(KEY) == [ORGANISATION, OTHER]
    said = reader.status(OTHER, KEY)
    assert (said.state, said.statement) == (StatusState.ADVERSE, RECORD)


def test_the_guide_shows_the_gas_of_the_snapshot(root: Path) -> None:
    stored = json.loads((root / "contracts" / "gas-snapshot.json").read_text())
    guide = (root / "docs" / "contracts.md").read_text()
    assert [
        row for row in (f"| {k} | {v:,} |" for k, v in stored.items()) if row not in guide
    ] == []
