"""Adverse conclusions are found on the chain, whoever writes the evidence file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from eth_abi.abi import encode as abi_encode
from eth_hash.auto import keccak

from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.standing import Role
from rootprint.ledger.verify import Verdict
from tests.support.memory_chain import MemoryChain
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER, World
from tests.verify.chains import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

SECOND = "did:web:second-auditor.example"


class Silent(World):
    """Hands over nothing that was said about a statement."""

    def concerning(self, digest: bytes) -> list[bytes]:  # noqa: ARG002 - the protocol's
        """Keep it back."""
        return []


def _part(world: World) -> Statement:
    part = world.publish(world.product("part", [gas("1")]))
    world.anchor()
    return part


def _conclude(world: World, about: Statement, *auditors: str) -> str:
    for auditor in auditors:
        world.chain.set_status(auditor, about.digest, StatusState.ADVERSE, b"\x11" * 32)
        world.chain.mine()
    return time_text(world.chain.block().time - len(auditors) + 1)


def _failure(world: World, subject: Statement) -> tuple[bytes, str]:
    """Return of a failed walk the digest and the reason of the check 5 that decided it."""
    evidence = world.evidence(subject)
    report = world.verifier(subject).verify(evidence)
    assert (report.verdict, report.deciding is None) == (Verdict.FAILED, False)
    assert report.deciding is not None
    statement, check = report.deciding
    assert statement is not None
    assert check.number == 5
    return statement.digest, str(check.reason)


def test_who_is_not_met_on_the_walk_is_named_by_its_id() -> None:
    world = Silent()
    part = _part(world)
    when = _conclude(world, part, AUDITOR)
    name = f"organisation 0x{organisation_id(AUDITOR).hex()}"
    assert _failure(world, part) == (part.digest, f"{name} concluded adversely at {when}")


def test_who_is_met_anywhere_on_the_walk_is_named_as_the_registrar_knows_it() -> None:
    """The auditor assured the part; of the module, which it condemned, the file has nothing."""
    world = World()
    part = world.publish(world.product("part", [gas("1")]))
    world.publish(world.assurance(part))
    module = world.publish(world.product("module", [world.line(part, "1", "kilogram")]))
    world.anchor()
    when = _conclude(world, module, AUDITOR)
    reason = f"{AUDITOR} ({AUDITOR} (fictional)) concluded adversely at {when}"
    assert _failure(world, module) == (module.digest, reason)


def test_several_are_counted_and_the_first_is_named() -> None:
    world = Silent()
    world.admit(SECOND, Role.AUDITOR)
    part = _part(world)
    when = _conclude(world, part, SECOND, AUDITOR)
    name = f"organisation 0x{organisation_id(SECOND).hex()}"
    reason = f"{name} concluded adversely at {when}, and 1 more after it"
    assert _failure(world, part) == (part.digest, reason)


@pytest.mark.parametrize(("who", "role"), [(SUPPLIER, Role.SUPPLIER), (AUTHORITY, Role.AUTHORITY)])
def test_issuer_and_authority_may_be_auditors_too(who: str, role: Role) -> None:
    world = Silent()
    world.admit(who, role | Role.AUDITOR)
    part = _part(world)
    when = _conclude(world, part, who)
    assert _failure(world, part)[1].endswith(f" concluded adversely at {when}")


def test_a_withdrawal_is_reported_first_and_an_input_is_enough() -> None:
    world = Silent()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "1", "gram")]))
    world.anchor()
    _conclude(world, fuel, AUDITOR)
    digest, reason = _failure(world, part)
    assert (digest, "concluded adversely" in reason) == (fuel.digest, True)
    world.chain.set_status(PUBLISHER, fuel.digest, StatusState.WITHDRAWN, b"\x11" * 32)
    world.chain.mine()
    assert _failure(world, part)[1].startswith(f"withdrawn by {PUBLISHER} at ")


class Watched(MemoryChain):
    """Remembers which words of the status registry were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[bytes] = []

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Remember, then read."""
        if contract == self.contracts.status_registry:
            self.read.append(key)
        return super().slot(contract, key, block)


def _plus(slot: bytes, offset: int) -> bytes:
    return ((int.from_bytes(slot) + offset) % 2**256).to_bytes(32)


def _rows(who: str, digest: bytes, count: int) -> set[bytes]:
    """Return the words of a list of rows: its length and two of each row.

    They are addressed as Solidity's documentation has it.
    """
    inner = keccak(abi_encode(["bytes32", "uint256"], [organisation_id(who), 1]))
    length = keccak(abi_encode(["bytes32", "bytes32"], [digest, inner]))
    return {length, *(_plus(keccak(length), number) for number in range(2 * count))}


def _list(digest: bytes, entries: int) -> set[bytes]:
    """Return the words of a list: its length and that many elements."""
    length = keccak(abi_encode(["bytes32", "uint256"], [digest, 2]))
    return {length, *(_plus(keccak(length), number) for number in range(entries))}


@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_words_read_are_those_that_the_guide_names(*, withdrawn: bool) -> None:
    """Always the same ones, so a proof made of them fits any verifier's walk."""
    chain = Watched()
    world = Silent(chain=chain)
    world.admit(SECOND, Role.AUDITOR)
    part = _part(world)
    own = world.publish({**world.factor("own"), "issuer": AUTHORITY})
    world.anchor()
    _conclude(world, part, SECOND, AUDITOR)
    if withdrawn:
        chain.set_status(SUPPLIER, part.digest, StatusState.WITHDRAWN, b"\x11" * 32)
        chain.mine()
    counts = {SUPPLIER: int(withdrawn), AUTHORITY: 0, SECOND: 1, AUDITOR: 1}
    for subject, said in ((part, counts), (own, {AUTHORITY: 0})):
        evidence, trust = world.evidence(subject), world.trust(subject)
        chain.read.clear()
        world.verifier(trust, chain=chain).verify(evidence)
        rows = set().union(*(_rows(who, subject.digest, count) for who, count in said.items()))
        listed = _list(subject.digest, 2 if subject is part else 0)
        # Slot 0 is the registry of organisations it asks, read once for the whole walk.
        assert set(chain.read) == {bytes(32)} | rows | listed
        assert len(chain.read) == len(set(chain.read))
