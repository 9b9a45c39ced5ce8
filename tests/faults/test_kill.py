"""Twenty kills; scripts/faults does two hundred."""

from __future__ import annotations

import pytest

from tests.faults.rounds import run

pytestmark = [pytest.mark.chain, pytest.mark.slow]


def test_twenty_kills_lose_nothing_that_was_acknowledged() -> None:
    said: list[str] = []
    hits = run(20, seed=20, tell=said.append)
    assert hits.total() == 20
    assert len(said) == 1
