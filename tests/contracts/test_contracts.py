"""The contracts as committed: the compilers agree, hardhat's tests pass, gas and layout hold."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from eth_abi.abi import encode
from eth_hash.auto import keccak

from rootprint.ledger.core.chain import Block, ChainReader, Contracts, StatusState, log_id
from rootprint.ledger.core.history import History
from rootprint.ledger.core.standing import (
    AccountRow,
    AccreditationRow,
    Admission,
    KeyRow,
    Reach,
    Role,
)
from rootprint.ledger.registry import may_follow
from tests.contracts.evm import Account, Evm, Reverted
from tests.contracts.gas import DIGEST, KEY, ORGANISATION, OTHER, REASON, RECORD, Deployed, measure
from tests.contracts.oracle import UniformTree, leaf

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

Artifacts = dict[str, dict[str, Any]]
FEWEST_SOLIDITY_TESTS = 118
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


@dataclass
class Written:
    """A reader of contracts that real transactions wrote to, all of them in one block."""

    reader: ChainReader
    log: bytes
    tree: UniformTree
    now: int
    accounts: dict[str, bytes]


SIZES = [5, 9, 12, 70, 300]  # more than the three rows of one word


@pytest.fixture(scope="module")
def written(committed: Artifacts) -> Written:
    """Contracts with a log, organisations, keys, accreditations and rows on status."""
    operator, registrar, maker = Account("operator"), Account("registrar"), Account("maker")
    successor = Account("successor")
    evm = Evm(operator, registrar, maker, successor)
    own = encode(["address"], [registrar.address])
    organisations = Deployed(evm, committed["OrganizationRegistry"], registrar, own)
    its = encode(["address"], [organisations.address])
    checkpoints = Deployed(evm, committed["CheckpointRegistry"], operator, its)
    status = Deployed(evm, committed["StatusRegistry"], maker, its)

    vkey = "example.org/log+12345678+key"
    log, tree = log_id(operator.address, vkey), UniformTree(leaf(b"entry"))
    checkpoints.gas("openLog", sha256(vkey.encode()).digest())
    for old, new in pairwise([0, *SIZES]):
        checkpoints.gas("anchor", log, new, tree.root(new), tree.proof(old, new) if old else [])
    undecided = 0, bytes(32)
    organisations.gas("admit", ORGANISATION, maker.address, RECORD, 5, *undecided)
    organisations.gas("addKey", ORGANISATION, KEY, DIGEST, sender=maker)
    organisations.gas("reportCompromise", ORGANISATION, KEY, evm.now, sender=maker)
    status.gas("set", ORGANISATION, KEY, 3, REASON)
    organisations.gas("admit", OTHER, operator.address, RECORD, 4 | 64, *undecided)
    organisations.gas("accredit", OTHER, ORGANISATION, DIGEST, 7, 2**33, sender=operator)
    status.gas("set", OTHER, KEY, 3, RECORD, sender=operator)
    organisations.gas("suspend", ORGANISATION, 4, 0, 0, REASON)
    organisations.gas("endAccreditation", ORGANISATION, 0)
    organisations.gas("proposeAccount", ORGANISATION, successor.address, sender=maker)
    organisations.gas("acceptAccount", ORGANISATION, sender=successor)
    for state in (4, 5, 2):
        status.gas("set", ORGANISATION, DIGEST, state, REASON, sender=successor)

    contracts = Contracts(checkpoints.address, organisations.address, status.address)
    view = EvmView(evm)
    accounts = {
        "registrar": registrar.address,
        "maker": maker.address,
        "successor": successor.address,
        "organisations": organisations.address,
    }
    return Written(ChainReader(view, contracts, view.block()), log, tree, evm.now, accounts)


@pytest.mark.chain
def test_a_logs_rows_are_read_by_slot_as_the_contract_wrote_them(written: Written) -> None:
    """ledger.core.chain knows the layout by heart; here it reads what real transactions left."""
    reader, log, tree = written.reader, written.log, written.tree
    rows = [reader.checkpoint(log, n) for n in range(reader.checkpoint_count(log))]
    assert [(row.size, row.root) for row in rows] == [(size, tree.root(size)) for size in SIZES]
    assert {row.time for row in rows} == {written.now}
    assert [reader.checkpoint_size(log, n) for n in range(6)] == [*SIZES, 0]
    history = History(reader, log)
    covering = [history.first_covering(index) for index in (4, 5, 69, 299, 300)]
    assert covering == [*((n, rows[n]) for n in (0, 1, 3, 4)), None]


@pytest.mark.chain
def test_organisations_are_read_by_slot_as_the_contract_wrote_them(written: Written) -> None:
    """Registrar, accounts, rows, keys and accreditations."""
    reader, now, accounts = written.reader, written.now, written.accounts
    assert reader.registrar() == accounts["registrar"]
    assert reader.account(ORGANISATION) == accounts["successor"]
    assert reader.accounts(ORGANISATION) == [
        AccountRow(accounts["maker"], now),
        AccountRow(accounts["successor"], now),
    ]
    assert reader.accreditations(ORGANISATION) == [
        AccreditationRow(DIGEST, OTHER, 7, 2**33, now, now)
    ]
    standing = [
        (row.status, row.roles, row.record) for row in reader.organisation_rows(ORGANISATION)
    ]
    roles = Role.SUPPLIER | Role.AUDITOR
    assert standing == [(Admission.ADMITTED, roles, RECORD), (Admission.SUSPENDED, roles, RECORD)]
    last = reader.organisation_rows(ORGANISATION)[-1]
    assert (last.reason, last.reach) == (4, Reach.PROSPECTIVE)
    assert reader.decisions(ORGANISATION) == [bytes(32), REASON]
    assert reader.key(ORGANISATION, KEY) == KeyRow(now, 0, now, DIGEST)


@pytest.mark.chain
def test_status_is_read_by_slot_as_the_contract_wrote_it(written: Written) -> None:
    """Rows of two organisations, the list of adverse conclusions, the word that commits to all."""
    reader = written.reader
    assert reader.status_organizations() == written.accounts["organisations"]
    said = reader.status(ORGANISATION, DIGEST)
    assert (said.state, said.statement) == (StatusState.WITHDRAWN, REASON)
    states = [row.state for row in reader.status_rows(ORGANISATION, DIGEST)]
    assert states == [StatusState.SUSPENDED, StatusState.RESTORED, StatusState.WITHDRAWN]
    assert reader.status_head() == _head(
        written.now,
        (ORGANISATION, KEY, REASON, 3),
        (OTHER, KEY, RECORD, 3),
        *((ORGANISATION, DIGEST, REASON, state) for state in (4, 5, 2)),
    )
    assert reader.status(OTHER, DIGEST).state is StatusState.NONE
    assert reader.adverse(DIGEST) == []
    assert reader.adverse(KEY) == [ORGANISATION, OTHER]
    said = reader.status(OTHER, KEY)
    assert (said.state, said.statement) == (StatusState.ADVERSE, RECORD)


@pytest.mark.chain
def test_the_contract_lets_follow_what_may_follow(committed: Artifacts) -> None:
    """Every pair of states, by an auditor that may say all of them, against ``may_follow``."""
    registrar, auditor = Account("registrar"), Account("auditor")
    evm = Evm(registrar, auditor)
    own = encode(["address"], [registrar.address])
    organisations = Deployed(evm, committed["OrganizationRegistry"], registrar, own)
    its = encode(["address"], [organisations.address])
    status = Deployed(evm, committed["StatusRegistry"], auditor, its)
    organisations.gas("admit", ORGANISATION, auditor.address, RECORD, 4, 0, bytes(32))
    before = {StatusState.NONE: [], StatusState.RESTORED: [StatusState.SUSPENDED]}
    found = {}
    for present, state in product(StatusState, StatusState):
        digest = bytes([present, state]) * 16
        said = [*before.get(present, []), present] if present else []
        for one in said:
            status.gas("set", ORGANISATION, digest, int(one), REASON)
        found[present, state] = True
        try:
            status.gas("set", ORGANISATION, digest, int(state), REASON)
        except Reverted:
            found[present, state] = False
    assert found == {pair: may_follow(pair[1], pair[0]) for pair in found}
    after = [sum(found[present, state] for state in StatusState) for present in StatusState]
    assert after == [5, 4, 0, 0, 4, 5, 0]


def _head(time: int, *rows: tuple[bytes, bytes, bytes, int]) -> bytes:
    """Return the hash chain over rows that were all written at one time."""
    head = bytes(32)
    for *words, state in rows:
        head = keccak(encode([*["bytes32"] * 4, "uint8", "uint64"], [head, *words, state, time]))
    return head


def test_the_guide_shows_the_gas_of_the_snapshot(root: Path) -> None:
    stored = json.loads((root / "contracts" / "gas-snapshot.json").read_text())
    guide = (root / "docs" / "contracts.md").read_text()
    assert [
        row for row in (f"| {k} | {v:,} |" for k, v in stored.items()) if row not in guide
    ] == []
