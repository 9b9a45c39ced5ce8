"""A log in an empty store, and one issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.support.statements import LOG

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
def log(tmp_path: Path, log_key: LogKey) -> Iterator[Log]:
    with Store.create(tmp_path / "store.sqlite") as store:
        yield Log(store, log_key, clock=lambda: 1_800_000_000.5)
