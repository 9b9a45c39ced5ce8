"""What a chain offers to those who write to it; the embedded and the RPC chain both do."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rootprint.ledger.core.chain import ProvingChain
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.core.chain import Block

# Revert data is for people to read; a contract may return megabytes of it.
REVERT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a mined transaction.

    ``block`` is canonical when the receipt is read and must be asked again later where reorgs
    are possible. ``contract_address`` is set only if the transaction created a contract.
    ``revert`` holds up to 4,096 bytes of what a failed one returned, as far as the chain knows.
    """

    transaction_hash: bytes
    block: Block
    status: bool
    gas_used: int
    contract_address: bytes | None
    revert: bytes


class SendingChain(ProvingChain, Protocol):
    """A chain that also takes transactions. Addresses are 20 bytes, hashes 32."""

    @property
    def mines_at_once(self) -> bool:
        """Whether what is broadcast together is one block, and gas costs nothing."""
        ...

    def nonce(self, address: bytes, block: int | None = None) -> int:
        """Return the nonce after those of an account's transactions mined up to a block.

        The default is the newest block. What a pool holds does not count: it may never be mined,
        and an endpoint may say anything of it.
        """
        ...

    def doubts(self) -> str:
        """Return in words what is open about the last nonce, and what to do; "" if nothing is."""
        ...

    def fees(self) -> tuple[int, int]:
        """Return a fee cap and a priority fee that pass now, in wei per gas."""
        ...

    def estimate(self, sender: bytes, to: bytes | None, data: bytes) -> int:
        """Return the gas that such a transaction needs after the newest block. Raises Reverted."""
        ...

    def balance(self, address: bytes) -> int:
        """Return what an account has after the newest block, in wei."""
        ...

    def finalized(self) -> Block | None:
        """Return the newest block that the chain itself calls final; None if it has none."""
        ...

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Send signed transactions in this order; one sent before changes nothing.

        That this returns says only that they were handed over; ``receipt`` says the rest.
        """
        ...

    def receipt(self, transaction_hash: bytes) -> Receipt | None:
        """Return what became of a transaction, or None while it is in no canonical block."""
        ...

    def call(self, contract: bytes, data: bytes, block: int | None = None) -> bytes:
        """Return what a contract answers at a block (default: the newest); nothing is written.

        Raises Reverted if the contract refuses.
        """
        ...


class Reverted(Refused):
    """A contract refused. ``data`` is what it returned: see ``ledger.chain.abi.decode_error``."""

    code = "reverted"

    def __init__(self, message: str, *, data: bytes) -> None:
        super().__init__(message)
        self.data = data[:REVERT_BYTES]


def await_receipts(
    chain: SendingChain,
    transaction_hashes: Sequence[bytes],
    *,
    timeout: float = 120.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Receipt]:
    """Return the receipts of all these transactions, in this order, waiting up to ``timeout`` s.

    Raises Unavailable when time is up; the transactions may still be mined after that.
    """
    deadline = clock() + timeout
    receipts: dict[bytes, Receipt] = {}
    while True:
        for digest in transaction_hashes:
            if digest not in receipts and (found := chain.receipt(digest)) is not None:
                receipts[digest] = found
        if all(digest in receipts for digest in transaction_hashes):
            return [receipts[digest] for digest in transaction_hashes]
        if clock() >= deadline:
            missing = sum(digest not in receipts for digest in transaction_hashes)
            raise Unavailable(
                f"{missing} of {len(transaction_hashes)} transactions are in no block yet after "
                f"{timeout:g} s",
                remedy="they may still be mined: ask for their receipts again",
            )
        sleep(0.5)
