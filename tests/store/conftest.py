"""An empty store in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "store.sqlite") as opened:
        yield opened
