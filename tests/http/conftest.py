"""An empty ledger with four admitted organisations, and a client of its API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.http.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi.testclient import TestClient


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path)
    yield opened
    opened.home.store.close()


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return ledger.client()
