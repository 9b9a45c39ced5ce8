"""An empty ledger with four admitted organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.place import Place, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    opened = open_place(tmp_path)
    yield opened
    opened.home.store.close()
