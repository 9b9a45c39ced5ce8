"""A real store and log over the world's chain in memory, behind the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi.testclient import TestClient

from rootprint.api.http import Settings, create_app
from rootprint.api.http.settings import DEFAULTS
from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.intake import Home
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fastapi import FastAPI

    from rootprint.ledger.core.checkpoint import NoteKey
    from rootprint.ledger.core.statement import Statement

NOW = 1_800_000_000  # what the log's clock says at every append


@dataclass
class Ledger:
    """Everything behind one API."""

    world: World
    home: Home
    log: Log

    def app(
        self, settings: Settings = DEFAULTS, clock: Callable[[], float] = lambda: NOW + 90.0
    ) -> FastAPI:
        """The API; the clock says a minute and a half after every append."""
        return create_app(self.home, self.log, settings=settings, clock=clock)

    def client(self, settings: Settings = DEFAULTS) -> TestClient:
        """Return a client that gets 500 where the application fails, as over a network."""
        return TestClient(self.app(settings), raise_server_exceptions=False)

    def factor(self, name: str = "fuel", **changes: Any) -> Statement:
        """Sign a factor."""
        return self.signed(self.world.factor(name, **changes))

    def signed(self, draft: Mapping[str, Any]) -> Statement:
        """Sign with the issuer's key, and let later drafts cite it."""
        statement = self.world.sign(draft)
        self.world.held[statement.digest] = statement
        return statement

    def anchor(self) -> None:
        """Anchor the log's newest state on the chain."""
        size = self.log.size
        self.world.chain.anchor(self.world.log_id, size, self.log.root(size))
        self.world.chain.mine()


def open_ledger(folder: Path) -> Ledger:
    world = World()
    store = Store.create(folder / "store.sqlite")
    log = Log(store, world.log_key, clock=lambda: float(NOW))
    trust = world.trust(world.sign(world.factor("any")))
    with store.write() as tx:
        world.keep_keys(tx)
    return Ledger(world, Home(store, log, world.chain, trust), log)


def post(client: TestClient, text: str | bytes, **headers: str) -> Any:
    return client.post(
        "/v1/statements", content=text, headers={"content-type": MEDIA_TYPE, **headers}
    )


def verify_receipt(body: Mapping[str, Any], text: str, log_key: NoteKey) -> int:
    """Verify with ledger.core alone, from the bytes that were signed; return the size proven."""
    statement = parse_statement(text)
    assert body["digest"] == digest_text(sha256(text.partition("~")[0].encode()))
    proof = parse_log_proof(body["proof"])
    assert proof.index == body["index"]
    proof.verify(entry_of(statement))
    proof.checkpoint.verify(log_key)
    return proof.checkpoint.checkpoint.size
