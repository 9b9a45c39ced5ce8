"""An empty store, in a file and in a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(store_place: Path | str) -> Iterator[Store]:
    with Store.create(store_place) as opened:
        yield opened
