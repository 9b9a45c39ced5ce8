"""The folder that is killed over: a store, an embedded chain, and where they stand.

Time runs a hundred times faster on this chain, from the folder's making on, so that waiting for
the next second of block time takes ten milliseconds and a kill hits work instead of sleep.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.anchor import Anchorer, open_log
from rootprint.ledger.chain import Deployment, EmbeddedChain, address_of, deploy_contracts
from rootprint.ledger.core.chain import ChainReader, Contracts, log_id
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.log import Log
from rootprint.ledger.registry import send_step
from rootprint.ledger.store import Store
from tests.support.statements import LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SPEED = 100
# They guard nothing: the folder is thrown away.
OPERATOR_KEY, REGISTRAR_KEY = bytes([3]) * 32, bytes([2]) * 32
LOG_KEY = LogKey(LOG, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
LOG_ID = log_id(address_of(OPERATOR_KEY), LOG_KEY.note_key.vkey)


@dataclass
class Place:
    """Everything open at once, as a serving process has it."""

    store: Store
    chain: EmbeddedChain
    contracts: Contracts

    @property
    def log(self) -> Log:
        """The log, with its private key."""
        return Log(self.store, LOG_KEY)

    @property
    def anchorer(self) -> Anchorer:
        """The anchorer, with the operator's key."""
        return Anchorer(self.log, self.chain, self.contracts, operator=OPERATOR_KEY, log_id=LOG_ID)

    @property
    def reader(self) -> ChainReader:
        """The contracts at the newest block."""
        return ChainReader(self.chain, self.contracts, self.chain.block())


def create(folder: Path) -> None:
    """Lay out a store and a chain with the contracts and the log opened."""
    Store.create(folder / "store.sqlite").close()
    begun = time.time()
    clock, sleep = _fast(begun)
    with EmbeddedChain.create(folder / "chain", clock=clock, sleep=sleep) as chain:
        found = deploy_contracts(chain, REGISTRAR_KEY, address_of(REGISTRAR_KEY))
        opening = open_log(found.checkpoint_registry.address, LOG_KEY.note_key.vkey)
        send_step(chain, [(OPERATOR_KEY, *opening)])
    (folder / "place.json").write_text(json.dumps({"begun": begun, "at": found.to_json()}))


@contextmanager
def opened(folder: Path) -> Iterator[Place]:
    """Open what ``create`` laid out."""
    content = json.loads((folder / "place.json").read_text())
    found = Deployment.from_json(content["at"])
    contracts = Contracts(
        found.checkpoint_registry.address,
        found.organization_registry.address,
        found.status_registry.address,
    )
    clock, sleep = _fast(content["begun"])
    with (
        Store.open(folder / "store.sqlite") as store,
        EmbeddedChain.open(folder / "chain", clock=clock, sleep=sleep) as chain,
    ):
        yield Place(store, chain, contracts)


def _fast(begun: float) -> tuple[Callable[[], float], Callable[[float], None]]:
    return (
        lambda: begun + (time.time() - begun) * SPEED,
        lambda seconds: time.sleep(seconds / SPEED),
    )
