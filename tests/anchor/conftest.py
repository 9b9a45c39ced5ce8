"""A log with an issuer, and the two kinds of chain that an anchorer may meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.anchor import Anchorer, open_log
from rootprint.ledger.chain import EmbeddedChain, address_of, deploy_contracts, sign_transaction
from rootprint.ledger.core.chain import ChainReader, CheckpointRow, Contracts, log_id
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.anchor.node import Node
from tests.chain.bench import Clock
from tests.support.statements import LOG, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rootprint.ledger.chain import SendingChain

OPERATOR_KEY = bytes([3]) * 32
OPERATOR = address_of(OPERATOR_KEY)
LOG_KEY = LogKey(LOG, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
LOG_ID = log_id(OPERATOR, LOG_KEY.note_key.vkey)


@dataclass
class Book:
    """A log that is easily filled."""

    log: Log
    issuer: SigningKey = field(default_factory=SigningKey.generate)

    def publish(self, count: int) -> None:
        """Append that many new statements in one batch."""
        self.log.append([seal(status(), self.issuer, LOG) for _ in range(count)])


@dataclass
class Real:
    """The embedded chain with the contracts and the log opened."""

    chain: EmbeddedChain
    contracts: Contracts
    clock: Clock

    def rows(self) -> list[CheckpointRow]:
        """Return the log's anchored rows."""
        return rows(self.chain, self.contracts)


def rows(chain: SendingChain, contracts: Contracts) -> list[CheckpointRow]:
    """Return the log's rows at the chain's newest block."""
    reader = ChainReader(chain, contracts, chain.block())
    return [reader.checkpoint(LOG_ID, n) for n in range(reader.checkpoint_count(LOG_ID))]


def anchorer(log: Log, chain: SendingChain, contracts: Contracts, **options: object) -> Anchorer:
    """Return an anchorer under the operator's key."""
    return Anchorer(
        log,
        chain,
        contracts,
        operator=OPERATOR_KEY,
        log_id=LOG_ID,
        **options,  # type: ignore[arg-type]
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Store.create(tmp_path / "store.sqlite") as store:
        yield Book(Log(store, LOG_KEY))


@pytest.fixture
def node() -> Node:
    return Node(LOG_ID, OPERATOR)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Real]:
    clock = Clock()
    with EmbeddedChain.create(tmp_path / "chain", clock=clock, sleep=clock.sleep) as chain:
        deployed = deploy_contracts(chain, OPERATOR_KEY, address_of(bytes([2]) * 32))
        contracts = Contracts(
            deployed.checkpoint_registry.address,
            deployed.organization_registry.address,
            deployed.status_registry.address,
        )
        to, data = open_log(contracts.checkpoint_registry, LOG_KEY.note_key.vkey)
        nonce = chain.nonce(OPERATOR)
        raw = sign_transaction(
            OPERATOR_KEY,
            chain_id=chain.chain_id,
            nonce=nonce,
            to=to,
            data=data,
            gas=500_000,
            max_fee=0,
            priority=0,
        )
        chain.broadcast([raw])
        yield Real(chain, contracts, clock)
