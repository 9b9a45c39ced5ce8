"""The three contracts read by slot: against the compiler's layout, and against plain scans."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from eth_abi import encode as abi_encode
from eth_hash.auto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core import chain
from rootprint.ledger.core.chain import ChainReader, CheckpointRow, KeyRow, StatusRow, StatusState
from rootprint.ledger.core.errors import NotFound, TooLarge
from rootprint.ledger.core.history import History
from rootprint.ledger.core.standing import AccountRow, Admission, OrganisationRow, Reach, Role
from tests.support.memory_chain import DECISION, OPERATOR, REGISTRAR, MemoryChain
from tests.support.solidity_storage import ARTIFACTS, artifact

if not (ARTIFACTS / "StatusRegistry.json").is_file():
    pytest.skip("the contracts are not compiled yet", allow_module_level=True)

DID = "did:web:maker.example"
OTHER = "did:web:other.example"
LOG = b"\x4c" * 32
ACCOUNT = b"\xcc" * 20
RECORD = b"\x52" * 32
KEY = b"\x4b" * 32
U40 = 2**40 - 1


def reader(view: MemoryChain, block: int | None = None) -> ChainReader:
    return ChainReader(view, view.contracts, view.block(block))


def members(contract: str, struct: str) -> dict[str, tuple[int, int, str]]:
    structs = artifact(contract)["storageLayout"]["structs"]
    found = next(value for name, value in structs.items() if name.endswith(f".{struct}"))
    return {item["label"]: (int(item["slot"]), item["offset"], item["type"]) for item in found}


def slots(contract: str) -> dict[str, int]:
    return {
        item["label"]: int(item["slot"]) for item in artifact(contract)["storageLayout"]["storage"]
    }


def test_state_variables_stand_where_the_compiler_put_them() -> None:
    """The reader's slot constants are those of the committed artifacts."""
    assert slots("CheckpointRegistry") == {
        "_organizations": chain._ORGANIZATIONS_SLOT,
        "_logs": chain._LOGS_SLOT,
        "_roots": chain._ROOTS_SLOT,
        "_sizes": chain._SIZES_SLOT,
    }
    assert slots("OrganizationRegistry") == {
        "_registrar": chain._REGISTRAR_SLOT,
        "_pendingRegistrar": 1,
        "_rows": chain._ROWS_SLOT,
        "_keys": chain._KEYS_SLOT,
        "_accounts": chain._ACCOUNTS_SLOT,
        "_organisationOf": 5,
        "_pendingAccounts": 6,
        "_accreditations": chain._ACCREDITATIONS_SLOT,
        "_nonces": 8,
    }
    assert slots("StatusRegistry") == {
        "_organizations": chain._ORGANIZATIONS_SLOT,
        "_rows": chain._STATUS_SLOT,
        "_adverse": chain._ADVERSE_SLOT,
        "_head": chain._HEAD_SLOT,
        "_nonces": 4,
    }


def test_struct_members_are_packed_as_the_reader_unpacks_them() -> None:
    """Slot, byte offset and type of every member that the reader cuts out of a word."""
    assert members("CheckpointRegistry", "Log") == {
        "rows": (0, 0, "uint56"),
        "frozenAt": (0, 7, "uint40"),
        "recent": (0, 12, "uint160"),
        "operator": (1, 0, "address"),
        "freezeNotBefore": (1, 20, "uint40"),
        "pendingOperator": (2, 0, "address"),
        "successorFrom": (2, 20, "uint64"),
        "vkeyHash": (3, 0, "bytes32"),
        "successor": (4, 0, "bytes32"),
    }
    assert members("OrganizationRegistry", "Row") == {
        "record": (0, 0, "bytes32"),
        "decision": (1, 0, "bytes32"),
        "time": (2, 0, "uint64"),
        "status": (2, 8, "uint8"),
        "roles": (2, 9, "uint32"),
        "reason": (2, 13, "uint8"),
        "reach": (2, 14, "uint8"),
        "windowFrom": (2, 15, "uint64"),
        "windowUntil": (2, 23, "uint64"),
    }
    assert members("OrganizationRegistry", "Key") == {
        "added": (0, 0, "uint64"),
        "retired": (0, 8, "uint64"),
        "compromisedSince": (0, 16, "uint64"),
        "possession": (1, 0, "bytes32"),
    }
    assert members("OrganizationRegistry", "AccountRow") == {
        "account": (0, 0, "address"),
        "time": (0, 20, "uint64"),
    }
    assert members("OrganizationRegistry", "PendingAccount") == {
        "account": (0, 0, "address"),
        "notBefore": (0, 20, "uint64"),
        "recovery": (0, 28, "bool"),
    }
    assert members("OrganizationRegistry", "Accreditation") == {
        "scope": (0, 0, "bytes32"),
        "accreditor": (1, 0, "bytes32"),
        "from": (2, 0, "uint64"),
        "until": (2, 8, "uint64"),
        "time": (2, 16, "uint64"),
        "ended": (2, 24, "uint64"),
    }
    assert members("StatusRegistry", "Row") == {
        "statement": (0, 0, "bytes32"),
        "time": (1, 0, "uint64"),
        "state": (1, 8, "uint8"),
    }


def test_no_variable_of_a_contract_is_unknown_to_the_reader() -> None:
    """Types too: a mapping that became nested, or a struct of another name, shows here."""
    types: dict[str, Any] = {
        (contract, item["label"]): (item["type"].replace(f"I{contract}.", ""), item["offset"])
        for contract in ("CheckpointRegistry", "OrganizationRegistry", "StatusRegistry")
        for item in artifact(contract)["storageLayout"]["storage"]
    }
    by_two = "mapping(bytes32 => mapping(bytes32 => {}))"
    assert types == {
        ("CheckpointRegistry", "_organizations"): ("address", 0),
        ("CheckpointRegistry", "_logs"): ("mapping(bytes32 => struct Log)", 0),
        ("CheckpointRegistry", "_roots"): ("mapping(bytes32 => mapping(uint256 => bytes32))", 0),
        ("CheckpointRegistry", "_sizes"): ("mapping(bytes32 => mapping(uint256 => uint256))", 0),
        ("OrganizationRegistry", "_registrar"): ("address", 0),
        ("OrganizationRegistry", "_pendingRegistrar"): ("address", 0),
        ("OrganizationRegistry", "_rows"): ("mapping(bytes32 => struct Row[])", 0),
        ("OrganizationRegistry", "_keys"): (by_two.format("struct Key"), 0),
        ("OrganizationRegistry", "_accounts"): ("mapping(bytes32 => struct AccountRow[])", 0),
        ("OrganizationRegistry", "_organisationOf"): ("mapping(address => bytes32)", 0),
        ("OrganizationRegistry", "_pendingAccounts"): (
            "mapping(bytes32 => struct PendingAccount)",
            0,
        ),
        ("OrganizationRegistry", "_accreditations"): (
            "mapping(bytes32 => struct Accreditation[])",
            0,
        ),
        ("OrganizationRegistry", "_nonces"): ("mapping(bytes32 => uint256)", 0),
        ("StatusRegistry", "_organizations"): ("address", 0),
        ("StatusRegistry", "_rows"): (by_two.format("struct Row[]"), 0),
        ("StatusRegistry", "_adverse"): ("mapping(bytes32 => bytes32[])", 0),
        ("StatusRegistry", "_head"): ("bytes32", 0),
        ("StatusRegistry", "_nonces"): ("mapping(bytes32 => uint256)", 0),
    }


def test_an_empty_chain_says_nothing() -> None:
    """Zero slots read as no rows, no keys, no account and no status, never as an error."""
    empty = reader(MemoryChain())
    assert empty.checkpoint_count(LOG) == 0
    assert History(empty, LOG).first_covering(0) is None
    assert empty.organisation_rows(chain.organisation_id(DID)) == []
    assert empty.key(chain.organisation_id(DID), KEY) == KeyRow(0, 0, 0)
    assert empty.account(chain.organisation_id(DID)) == bytes(20)
    assert empty.status(chain.organisation_id(DID), KEY) == StatusRow(
        StatusState.NONE, 0, bytes(32)
    )
    assert empty.adverse(KEY) == []


def test_wiring_between_the_contracts_is_readable() -> None:
    """The registrar and the registry that the status registry asks stand in their slots."""
    view = MemoryChain()
    assert reader(view).registrar() == REGISTRAR
    assert reader(view).status_organizations() == view.contracts.organization_registry


def test_rows_are_read_back_as_the_contracts_write_them() -> None:
    """Organisation rows, key, account and status with their block times; others' stay empty."""
    view = MemoryChain()
    view.admit(DID, ACCOUNT, RECORD, Role.SUPPLIER | Role.AUDITOR)
    view.add_key(DID, KEY)
    first = view.mine()
    view.suspend(DID)
    view.retire_key(DID, KEY)
    second = view.mine(first.time + 100)
    view.report_compromise(DID, KEY, since=first.time + 7)
    view.set_status(DID, b"\x44" * 32, StatusState.WITHDRAWN, b"\x53" * 32)
    view.expel(DID)
    third = view.mine(second.time + 100)
    now, organisation = reader(view), chain.organisation_id(DID)
    roles = Role.SUPPLIER | Role.AUDITOR
    why = {"reach": Reach.PROSPECTIVE}
    assert now.organisation_rows(organisation) == [
        OrganisationRow(first.time, Admission.ADMITTED, roles, RECORD),
        OrganisationRow(second.time, Admission.SUSPENDED, roles, RECORD, **why, reason=4),
        OrganisationRow(third.time, Admission.EXPELLED, roles, RECORD, **why, reason=1),
    ]
    assert now.decisions(organisation) == [bytes(32), DECISION, DECISION]
    assert now.account(organisation) == ACCOUNT
    assert now.accounts(organisation) == [AccountRow(ACCOUNT, first.time)]
    assert now.key(organisation, KEY) == KeyRow(first.time, second.time, first.time + 7)
    assert now.status(organisation, b"\x44" * 32) == StatusRow(
        StatusState.WITHDRAWN, third.time, b"\x53" * 32
    )
    stranger = chain.organisation_id(OTHER)
    assert now.organisation_rows(stranger) == []
    assert now.key(stranger, KEY) == KeyRow(0, 0, 0)


def test_who_concluded_adversely_is_read_in_order_of_time() -> None:
    """One list for each digest; what is merely withdrawn or superseded puts none into it."""
    view, digest = MemoryChain(), b"\x44" * 32
    view.set_status(OTHER, digest, StatusState.ADVERSE, RECORD)
    first = view.mine()
    view.set_status(DID, digest, StatusState.ADVERSE, RECORD)
    view.set_status(DID, KEY, StatusState.WITHDRAWN, RECORD)
    view.mine()
    both = [chain.organisation_id(OTHER), chain.organisation_id(DID)]
    assert reader(view).adverse(digest) == both
    assert reader(view).adverse(KEY) == []
    assert reader(view, first.number).adverse(digest) == both[:1]


def test_a_block_is_read_as_it_was() -> None:
    """Later writes don't change what an earlier block says."""
    view = MemoryChain()
    view.add_key(DID, KEY)
    first = view.mine()
    view.retire_key(DID, KEY)
    view.anchor(LOG, 1, RECORD)
    view.mine()
    then = reader(view, first.number)
    assert then.key(chain.organisation_id(DID), KEY) == KeyRow(first.time, 0, 0)
    assert then.checkpoint_count(LOG) == 0


def test_writes_wait_for_their_block() -> None:
    """Nothing is visible before it is mined, and two blocks never share a hash."""
    view = MemoryChain()
    view.anchor(LOG, 1, RECORD)
    assert reader(view).checkpoint_count(LOG) == 0
    one, two = view.mine(), view.mine()
    assert reader(view).checkpoint_count(LOG) == 1
    assert len({view.block(0).hash, one.hash, two.hash}) == 3
    with pytest.raises(NotFound, match="no block 3"):
        view.block(3)
    with pytest.raises(ValueError, match="not after its parent"):
        view.mine(two.time)


def test_an_absent_account_is_all_zero() -> None:
    """No code hash means no account: every slot is zero, which a verifier must not believe."""
    view = MemoryChain()
    view.anchor(LOG, 1, RECORD)
    view.mine()
    registry = view.contracts.checkpoint_registry
    assert view.code_hash(registry, 1) != bytes(32)
    del view.code_hashes[registry]
    assert view.code_hash(registry, 1) == bytes(32)
    assert reader(view).checkpoint_count(LOG) == 0


@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, U40), st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32)
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=30)
def test_extreme_values_don_t_leak_into_their_neighbours(
    rows: list[tuple[int, int, bytes]],
) -> None:
    """Sizes and roles at the edges of their types come back exactly, with the right time."""
    view = MemoryChain()
    times = []
    for size, roles, word in rows:
        view.anchor(LOG, size, word)
        view.admit(DID, ACCOUNT, word, Role(roles))
        times.append(view.mine().time)
    now = reader(view)
    assert now.checkpoint_count(LOG) == len(rows)
    read = [now.checkpoint(LOG, number) for number in range(len(rows))]
    assert read == [CheckpointRow(w, s, t) for (s, _, w), t in zip(rows, times, strict=True)]
    assert now.organisation_rows(chain.organisation_id(DID)) == [
        OrganisationRow(t, Admission.ADMITTED, Role(r), w)
        for (_, r, w), t in zip(rows, times, strict=True)
    ]


@given(
    steps=st.lists(st.integers(1, 5), max_size=40),
    extra=st.integers(0, 6),
)
@settings(max_examples=60)
def test_first_covering_is_what_a_scan_finds(steps: list[int], extra: int) -> None:
    """The first row with size > index, for every index up to beyond the last size."""
    view = MemoryChain()
    sizes, size = [], 0
    for step in steps:
        size += step
        sizes.append(size)
        view.anchor(LOG, size, size.to_bytes(32))
    block = view.mine()
    now = reader(view)
    for index in range(size + extra):
        expected = next((n for n, covered in enumerate(sizes) if covered > index), None)
        found = History(now, LOG).first_covering(index)
        if expected is None:
            assert found is None
        else:
            row = CheckpointRow(sizes[expected].to_bytes(32), sizes[expected], block.time)
            assert found == (expected, row)


def test_too_many_rows_are_refused_not_cut() -> None:
    """The last row decides, so reading only the first ones could miss a suspension."""
    view, organisation = MemoryChain(), chain.organisation_id(DID)
    for _ in range(chain.MAX_ROWS):
        view.admit(DID, ACCOUNT, RECORD, Role.SUPPLIER)
    view.mine()
    assert len(reader(view).organisation_rows(organisation)) == chain.MAX_ROWS
    view.suspend(DID)
    view.mine()
    with pytest.raises(TooLarge, match="1025 rows of an organisation, more than 1024"):
        reader(view).organisation_rows(organisation)


def test_too_many_adverse_conclusions_are_refused_not_cut() -> None:
    """The same bound as for rows; the length is asked first."""
    view = MemoryChain()
    for number in range(chain.MAX_ROWS):
        view.set_status(f"did:web:auditor-{number}.example", KEY, StatusState.ADVERSE, RECORD)
    view.mine()
    assert len(reader(view).adverse(KEY)) == chain.MAX_ROWS
    view.set_status(DID, KEY, StatusState.ADVERSE, RECORD)
    view.mine()
    with pytest.raises(TooLarge, match="1025 organisations that concluded adversely, more than"):
        reader(view).adverse(KEY)


class CountingChain(MemoryChain):
    """Counts slot reads."""

    reads = 0

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Count, then read."""
        self.reads += 1
        return super().slot(contract, key, block)


def test_first_covering_reads_a_logarithm_of_the_rows() -> None:
    """Among 1,000 rows at most a dozen rows of two slots each are read."""
    view = CountingChain()
    for number in range(1000):
        view.anchor(LOG, 2 * number + 1, number.to_bytes(32))
    view.mine()
    view.reads = 0
    assert History(reader(view), LOG).first_covering(1001) == (
        501,
        CheckpointRow((501).to_bytes(32), 1003, view.block().time),
    )
    assert view.reads <= 1 + 2 * 12


def test_a_log_is_named_by_operator_and_key() -> None:
    """log_id is keccak256(abi.encode(address, bytes32)) of the operator and SHA-256(vkey)."""
    vkey = "log.example/a+00000000+AAAA"
    expected = keccak(
        abi_encode(["address", "bytes32"], [OPERATOR, hashlib.sha256(vkey.encode()).digest()])
    )
    assert chain.log_id(OPERATOR, vkey) == expected


def test_an_organisation_is_named_by_its_did() -> None:
    """organisation_id is SHA-256 of the DID's bytes."""
    assert chain.organisation_id(DID) == hashlib.sha256(DID.encode()).digest()
