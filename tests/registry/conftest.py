"""The three contracts on an embedded chain whose clock the tests move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain, address_of, deploy_contracts
from rootprint.ledger.core.chain import ChainReader, Contracts
from rootprint.ledger.registry import Registry, send_step
from tests.chain.bench import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rootprint.ledger.core.chain import Block
    from rootprint.ledger.registry import Call

REGISTRAR_KEY, ACCOUNT_KEY = bytes([2]) * 32, bytes([5]) * 32
ACCOUNT = address_of(ACCOUNT_KEY)


@dataclass
class Office:
    """Sends steps and reads what became of them."""

    chain: EmbeddedChain
    contracts: Contracts
    clock: Clock

    def step(self, *calls: tuple[bytes, Call]) -> Block:
        """Send (key, call) pairs as one step and return its block; a day passes before it."""
        self.clock.now += 86_400
        receipts = send_step(self.chain, [(key, *call) for key, call in calls])
        assert len({receipt.block.number for receipt in receipts}) == 1
        return receipts[0].block

    def reader(self) -> ChainReader:
        """Return a reader at the newest block."""
        return ChainReader(self.chain, self.contracts, self.chain.block())

    def registry(self) -> Registry:
        """Return the registry at the newest block."""
        return Registry(self.reader())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = Clock()
    with EmbeddedChain.create(tmp_path / "chain", clock=clock, sleep=clock.sleep) as chain:
        found = deploy_contracts(chain, REGISTRAR_KEY, address_of(REGISTRAR_KEY))
        contracts = Contracts(
            found.checkpoint_registry.address,
            found.organization_registry.address,
            found.status_registry.address,
        )
        yield Office(chain, contracts, clock)
