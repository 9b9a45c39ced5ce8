"""Whether another transaction of the operator's account took an intent's nonce.

The chain alone says so, never what an endpoint answers to sending: the account's mined nonce is
above the intent's, and no attempt has a receipt. It is final once that nonce was mined in a block
with the confirmations that an anchor itself needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.chain import SendingChain
    from rootprint.ledger.store import Attempt, Intent

# Two slots of Ethereum and a little: what a well-paid transaction may take, and far more than a
# node's receipts are behind its state.
PATIENCE_SECONDS: Final = 30


@dataclass(frozen=True)
class Depth:
    """What an anchor waits for: blocks on its own, and with ``finalized`` the chain's own word."""

    confirmations: int = 0
    finalized: bool = False

    def settled(self, chain: SendingChain) -> int:
        """Return the number of the newest block that is that deep; below 0 where none is."""
        height = chain.block().number - self.confirmations
        final = chain.finalized() if self.finalized else None
        return height if final is None else min(height, final.number)


@dataclass(frozen=True)
class Superseded:
    """That an intent's nonce is used by another transaction, for good or not yet; in words."""

    final: bool
    reason: str


def superseded(
    chain: SendingChain,
    intent: Intent,
    attempts: Sequence[Attempt],
    depth: Depth,
    clock: Callable[[], float],
) -> Superseded | None:
    """Return what is known of an intent without a receipt; None while its nonce is not used.

    Receipts are to be asked once more before it is acted on: one of the attempts may have been
    mined since they were asked. A last attempt that is younger than ``PATIENCE_SECONDS`` may have
    a receipt that is only late.
    """
    account = intent.target.operator
    if chain.nonce(account) <= intent.nonce:
        return None
    used = f"nonce {intent.nonce} was used by another transaction of account 0x{account.hex()}"
    settled = depth.settled(chain)
    if settled < 0 or chain.nonce(account, settled) <= intent.nonce:
        return Superseded(final=False, reason=f"{used}, not yet in a block that is deep enough")
    if attempts and clock() - attempts[-1].time < PATIENCE_SECONDS:
        return Superseded(final=False, reason=f"{used}, unless the receipt of one sent is late")
    return Superseded(final=True, reason=used)
