"""The signed transactions of one intent: made, kept, then sent, never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.anchor.fees import Fees, raised
from rootprint.ledger.chain import CALL_GAS, sign_transaction, transaction_hash
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.store import Attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain import SendingChain
    from rootprint.ledger.store import Intent, Store

# Two slots of Ethereum and a little: what a well-paid transaction may take.
PATIENCE_SECONDS = 30
# An endpoint's refusals are no proof that a nonce is lost, so they must last. Being wrong then
# costs a second intent, of which the registry takes at most one.
SUPERSEDED_SECONDS = 600


@dataclass(frozen=True)
class Sending:
    """What a round of sending came to, as far as an endpoint's word goes.

    ``superseded``: the account's next nonce is beyond the intent's, and for ten minutes at least
    no attempt was taken: somebody else used the account.
    """

    superseded: bool
    reason: str


class Sender:
    """Signs with the operator's key, which it never shows."""

    def __init__(
        self,
        store: Store,
        chain: SendingChain,
        operator_key: bytes,
        *,
        ceiling: int,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._chain, self._key = store, chain, operator_key
        self._ceiling, self._clock = ceiling, clock

    def attempts(self, intent: Intent) -> list[Attempt]:
        """Return what was signed for an intent, oldest first."""
        with self._store.read() as tx:
            return tx.anchors.attempts(intent)

    def send(self, intent: Intent) -> Sending:
        """Sign a first or a better paid attempt where one is due; send all there are.

        An error from sending is kept as words. Unavailable is raised only by reading the chain
        or the store.
        """
        reason = self._sign_if_due(intent)
        attempts = self.attempts(intent)
        refused = 0
        for attempt in attempts:
            try:
                self._chain.broadcast([attempt.raw])
            except LedgerError as error:
                refused += 1
                reason = f"attempt {attempt.number} was not taken: {error}"
        if not attempts or refused < len(attempts):
            return Sending(superseded=False, reason=reason)
        used = self._chain.nonce(intent.target.operator) > intent.nonce
        long = self._clock() - attempts[0].time >= SUPERSEDED_SECONDS
        return Sending(superseded=used and long, reason=reason)

    def _sign_if_due(self, intent: Intent) -> str:
        attempts, suggested = self.attempts(intent), Fees(*self._chain.fees())
        fees, now = suggested, int(self._clock())
        if attempts:
            last = attempts[-1]
            if now - last.time < PATIENCE_SECONDS:
                return ""
            fees = raised(Fees(last.max_fee, last.priority), suggested)
            if fees == Fees(last.max_fee, last.priority):
                return ""  # a chain without fees: nothing to pay more of
        if fees.max_fee > self._ceiling:
            return (
                f"fee ceiling reached: the next attempt needs {fees.max_fee} wei per gas, "
                f"{self._ceiling} is allowed"
            )
        self._sign(intent, len(attempts), fees, now)
        return ""

    def _sign(self, intent: Intent, number: int, fees: Fees, now: int) -> None:
        raw = sign_transaction(
            self._key,
            chain_id=intent.target.chain_id,
            nonce=intent.nonce,
            to=intent.target.registry,
            data=intent.data,
            gas=CALL_GAS,
            max_fee=fees.max_fee,
            priority=fees.priority,
        )
        digest = transaction_hash(raw)
        with self._store.write() as tx:
            tx.anchors.put_attempt(
                Attempt(digest, intent.number, number, raw, fees.max_fee, fees.priority, now)
            )
