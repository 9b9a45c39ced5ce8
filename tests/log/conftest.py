"""A log in an empty store, and one issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.log.logged import Logged
from tests.support.processes import with_registry
from tests.support.statements import LOG
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def log_key() -> LogKey:
    return LogKey(LOG, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.fixture(scope="session")
def issuer_key() -> SigningKey:
    return SigningKey.generate()


@pytest.fixture
def log(store_place: Path | str, log_key: LogKey) -> Iterator[Log]:
    with Store.create(store_place) as store:
        yield Log(store, log_key, clock=lambda: 1_800_000_000.5)


@pytest.fixture(scope="session")
def world() -> World:
    """A world with a registry; what is signed in it is logged in each test's own store."""
    return with_registry(World())


@pytest.fixture
def logged(world: World, store_place: Path | str) -> Iterator[Logged]:
    with Store.create(store_place) as store:
        yield Logged(world, Log(store, world.log_key, clock=lambda: 1_800_000_000.0))
