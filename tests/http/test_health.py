"""/health: sizes, lag, the chain's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import TEST_CHAIN_ID
from rootprint.ledger.core.encoding import time_text
from tests.http.ledger import Ledger, post
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


def test_an_empty_log_has_no_lag(ledger: Ledger, client: TestClient) -> None:
    head = ledger.world.chain.block()
    assert client.get("/health").json() == {
        "log": {"origin": ORIGIN, "size": 0, "anchored": 0, "lagSeconds": 0},
        "chain": {
            "id": TEST_CHAIN_ID,
            "block": head.number,
            "time": time_text(head.time),
            "test": True,
        },
    }


def test_the_lag_is_the_age_of_the_oldest_entry_that_is_not_anchored(
    ledger: Ledger, client: TestClient
) -> None:
    post(client, ledger.factor("a").text)
    assert client.get("/health").json()["log"]["lagSeconds"] == 90
    ledger.anchor()
    log = client.get("/health").json()["log"]
    assert (log["size"], log["anchored"], log["lagSeconds"]) == (1, 1, 0)
    post(client, ledger.factor("b").text)
    log = client.get("/health").json()["log"]
    assert (log["size"], log["anchored"], log["lagSeconds"]) == (2, 1, 90)
