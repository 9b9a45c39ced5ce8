"""A chain with a clock of its own, and a contract small enough to be written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rootprint.ledger.chain import (
    EMBEDDED_CHAIN_ID,
    EmbeddedChain,
    address_of,
    sign_transaction,
    transaction_hash,
)

if TYPE_CHECKING:
    from pathlib import Path

# Without call data it reverts with 0xdeadbeef; with 32 bytes of it, slot 0 becomes those.
RUNTIME = bytes.fromhex("3660115763deadbeef6000526004601cfd5b60003560005500")
INIT_CODE = bytes.fromhex(f"60{len(RUNTIME):02x}600c60003960{len(RUNTIME):02x}6000f3") + RUNTIME


@dataclass
class Clock:
    """Time that passes only when somebody sleeps or a test says so."""

    now: float = 1_800_000_000.25
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return Unix seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Bench:
    """A fresh chain, its clock, and one account that acts on it."""

    path: Path
    clock: Clock
    chain: EmbeddedChain
    key: bytes = bytes([7]) * 32
    runtime: bytes = RUNTIME

    @property
    def account(self) -> bytes:
        """The address of the acting account."""
        return address_of(self.key)

    def sign(self, to: bytes | None, data: bytes, *, ahead: int = 0, **changes: int) -> bytes:
        """Sign a transaction with the nonce that is due, or ``ahead`` of it."""
        members = {
            "chain_id": EMBEDDED_CHAIN_ID,
            "nonce": self.chain.nonce(self.account) + ahead,
            "gas": 500_000,
            "max_fee": 0,
            "priority": 0,
        }
        return sign_transaction(self.key, to=to, data=data, **{**members, **changes})

    def probe(self) -> bytes:
        """Put the small contract on the chain and return its address."""
        raw = self.sign(None, INIT_CODE)
        self.chain.broadcast([raw])
        receipt = self.chain.receipt(transaction_hash(raw))
        assert receipt is not None
        assert receipt.contract_address is not None
        return receipt.contract_address

    def store(self, contract: bytes, number: int) -> bytes:
        """Write a number into slot 0 in a step of its own; return the transaction's hash."""
        raw = self.sign(contract, number.to_bytes(32))
        self.chain.broadcast([raw])
        return transaction_hash(raw)
