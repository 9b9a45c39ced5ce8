"""Passing on and renewing: what fails goes no further, and what was told stays told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.chain import Block, StatusState
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.stateproof import Header
from rootprint.ledger.evidence import Bundle, passing, read, write
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


def _held(world: World, subject: Statement) -> Bundle:
    return read(world.evidence(subject, proven=True))


def test_a_renewed_file_is_not_of_an_earlier_block(world: World) -> None:
    module, fuel = _named(world, "module"), _named(world, "fuel")
    head = world.chain.block().number
    world.chain.set_status(fuel.issuer, fuel.digest, StatusState.SUPERSEDED, bytes(32))
    world.chain.mine()
    old, trust = _held(world, module), world.trust(module)
    with pytest.raises(Refused, match=rf"and block {head} is what is asked here"):
        passing.renew(old, old, trust, Lagging(world.chain, head), now=world.now)
    world.chain.mine()
    _, report, block = passing.renew(old, old, trust, world.chain, now=world.now)
    assert report.verdict is Verdict.VERIFIED
    assert old.state is not None
    assert block.number > Header.parse(old.state.header).block.number


def test_what_fails_is_not_renewed(world: World) -> None:
    module = _named(world, "module")
    old = _held(world, module)
    world.chain.set_status(module.issuer, module.digest, StatusState.WITHDRAWN, bytes(32))
    world.chain.mine()
    with pytest.raises(Refused, match=r"so nothing was written: check 5 of module failed: "):
        passing.renew(old, old, world.trust(module), world.chain, now=world.now)


def test_what_is_left_is_what_was_given_or_less(world: World) -> None:
    module, part, fuel = (_named(world, name) for name in ("module", "part", "fuel"))
    data, trust = world.evidence(module), world.trust(module)

    def forward(*hidden: Statement) -> Bundle:
        keep: dict[bytes, set[str]] = {one.digest: set() for one in hidden}
        bundle, _, block = passing.forward(
            data, trust, world.chain, now=world.now, keeping=lambda _given: keep, proven=False
        )
        assert block is None
        return read(write(bundle, made=world.now))

    assert set(forward().statements) == set(read(data).statements)
    assert fuel.digest not in forward(part).statements
    with pytest.raises(NotFound, match="is not reached from the subject"):
        forward(part, fuel)
