"""An empty store, in a file and in a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store can be made."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite"
    return request.getfixturevalue("postgresql_server").schema()


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    with Store.create(place) as opened:
        yield opened
