"""What a status's rows come to, over everything that may be said in a few steps."""

from __future__ import annotations

from itertools import product

import pytest

from rootprint.ledger.core.chain import ChainReader, StatusState
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.statusrows import state_of
from tests.support.world import AUDITOR, AUTHORITY, SUPPLIER, World

NONE, SUPERSEDED, WITHDRAWN, ADVERSE, SUSPENDED, RESTORED, REVOKED = StatusState


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def said(world: World, digest: bytes, *rows: tuple[str, StatusState]) -> StatusState:
    for who, state in rows:
        world.chain.set_status(who, digest, state, b"\x11" * 32)
        world.chain.mine()
    reader = ChainReader(world.chain, world.chain.contracts, world.chain.block())
    return state_of(reader, digest, SUPPLIER, AUTHORITY)


@pytest.mark.parametrize(
    ("rows", "decides"),
    [
        ([], NONE),
        ([(SUPPLIER, SUPERSEDED)], SUPERSEDED),
        ([(SUPPLIER, SUSPENDED)], SUSPENDED),
        ([(SUPPLIER, SUSPENDED), (SUPPLIER, RESTORED)], NONE),
        ([(SUPPLIER, SUSPENDED), (AUTHORITY, RESTORED)], SUSPENDED),
        ([(AUTHORITY, SUSPENDED)], SUSPENDED),
        ([(AUTHORITY, SUSPENDED), (SUPPLIER, SUPERSEDED)], SUSPENDED),
        ([(SUPPLIER, SUSPENDED), (SUPPLIER, RESTORED), (SUPPLIER, SUPERSEDED)], SUPERSEDED),
        ([(SUPPLIER, WITHDRAWN), (AUTHORITY, SUSPENDED), (AUTHORITY, RESTORED)], WITHDRAWN),
        ([(AUTHORITY, REVOKED), (AUTHORITY, RESTORED)], REVOKED),
        ([(AUTHORITY, WITHDRAWN)], WITHDRAWN),
        ([(AUDITOR, ADVERSE)], ADVERSE),
        ([(AUDITOR, ADVERSE), (SUPPLIER, SUPERSEDED)], ADVERSE),
        ([(AUDITOR, WITHDRAWN)], NONE),  # who has no right to it says nothing
    ],
)
def test_what_decides(
    world: World, rows: list[tuple[str, StatusState]], decides: StatusState
) -> None:
    digest = sha256(repr(rows).encode())
    assert said(world, digest, *rows) is decides


def test_nothing_but_restored_lifts_a_suspension() -> None:
    """In every order of three rows by the issuer."""
    world = World()
    for number, rows in enumerate(product((SUPERSEDED, SUSPENDED, RESTORED), repeat=3)):
        last = next((row for row in reversed(rows) if row is not SUPERSEDED), RESTORED)
        stands = last is RESTORED
        found = said(world, number.to_bytes(32), *((SUPPLIER, row) for row in rows))
        assert (found is SUSPENDED) is not stands, rows
