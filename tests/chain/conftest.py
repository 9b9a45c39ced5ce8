"""The bench that every test of the embedded chain works at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain
from tests.chain.bench import Bench, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    clock = Clock()
    path = tmp_path / "chain.sqlite"
    with EmbeddedChain.create(path, clock=clock, sleep=clock.sleep) as chain:
        yield Bench(path, clock, chain)
