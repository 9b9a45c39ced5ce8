"""Passing on and renewing: what fails goes no further, and what was shown stays shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.chain import Block, StatusState
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.stateproof import Header
from rootprint.ledger.evidence import Evidence, read
from rootprint.ledger.verify import Verdict
from tests.verify.chains import chained

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.support.memory_chain import MemoryChain
    from tests.support.world import World


class Lagging:
    """A node that has not come as far as others."""

    def __init__(self, chain: MemoryChain, head: int) -> None:
        self._chain, self._head = chain, head

    def block(self, number: int | None = None) -> Block:
        """See ``ChainView.block``."""
        return self._chain.block(self._head if number is None else number)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chain, name)


@pytest.fixture
def world() -> World:
    return chained().world


def _named(world: World, name: str) -> Statement:
    return next(
        held
        for held in world.held.values()
        if held.subject.get("productIds") == [f"urn:example:{name}"]
    )


def _held(world: World, subject: Statement) -> bytes:
    return world.evidence(subject, proven=True)


def test_a_renewed_file_is_not_of_an_earlier_block(world: World) -> None:
    module, fuel = _named(world, "module"), _named(world, "fuel")
    head = world.chain.block().number
    world.chain.set_status(fuel.issuer, fuel.digest, StatusState.SUPERSEDED, bytes(32))
    world.chain.mine()
    old = _held(world, module)
    with pytest.raises(Refused, match=rf"and block {head} is what is asked here"):
        world.verifier(module, chain=Lagging(world.chain, head)).renew(old)
    world.chain.mine()
    made, before = world.verifier(module).renew(old), read(old).state
    assert made.report.verdict is Verdict.VERIFIED
    assert before is not None
    assert made.proven_at.number > Header.parse(before.header).block.number


def test_what_fails_is_not_renewed(world: World) -> None:
    module = _named(world, "module")
    old = _held(world, module)
    world.chain.set_status(module.issuer, module.digest, StatusState.WITHDRAWN, bytes(32))
    world.chain.mine()
    with pytest.raises(Refused, match=r"so nothing was written: check 5 of module failed: "):
        world.verifier(module).renew(old)


def test_what_is_left_is_what_was_given_or_less(world: World) -> None:
    module, part, fuel = (_named(world, name) for name in ("module", "part", "fuel"))
    data = world.evidence(module)

    def forward(*hidden: Statement) -> Evidence:
        keep: dict[bytes, set[str]] = {one.digest: set() for one in hidden}
        verifier = world.verifier(module)
        made = verifier.forward(data, keeping=lambda _given: keep, proven=False)
        assert made.block is None
        return read(made.data)

    assert set(forward().statements) == set(read(data).statements)
    assert fuel.digest not in forward(part).statements
    with pytest.raises(NotFound, match="is not reached from the subject"):
        forward(part, fuel)
