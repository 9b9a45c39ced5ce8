"""The signed transactions of one intent: made, kept, then sent, never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.anchor.fees import Fees, raised
from rootprint.ledger.anchor.superseded import PATIENCE_SECONDS
from rootprint.ledger.chain import (
    OutOfFunds,
    Reverted,
    coins,
    decode_error,
    gas_for,
    require_funds,
    sign_transaction,
    transaction_hash,
)
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.store import Attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain import Account, Limits, SendingChain
    from rootprint.ledger.store import Intent, Store

# An account that can't pay so many more anchors is named before it can't pay one.
LOW_ANCHORS = 20


@dataclass(frozen=True)
class Sending:
    """What a round of sending came to, as far as an endpoint's word goes.

    ``refused``: nothing was signed, for the registry would refuse it. ``warning`` is what the
    account lacks soon.
    """

    reason: str
    refused: bool = False
    warning: str = ""


@dataclass(frozen=True)
class _Signing:
    """What signing came to: why nothing was signed (or ""), and what to warn of."""

    reason: str = ""
    refused: bool = False
    warning: str = ""


class Sender:
    """Signs as the operator, with its key or by the signer that holds it."""

    def __init__(
        self,
        store: Store,
        chain: SendingChain,
        operator: Account,
        *,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._chain, self._operator = store, chain, operator
        self._limits, self._clock = limits, clock

    def attempts(self, intent: Intent) -> list[Attempt]:
        """Return what was signed for an intent, oldest first."""
        with self._store.read() as tx:
            return tx.anchors.attempts(intent)

    def send(self, intent: Intent) -> Sending:
        """Sign a first or a better paid attempt where one is due; send all there are.

        An error from sending is kept as words. Unavailable is raised only by reading the chain
        or the store.
        """
        signing = self._sign_if_due(intent)
        reason = signing.reason
        attempts = self.attempts(intent)
        for attempt in attempts:
            try:
                self._chain.broadcast([attempt.raw])
            except LedgerError as error:
                reason = signing.reason or f"attempt {attempt.number} was not taken: {error}"
        return Sending(reason, refused=signing.refused and not attempts, warning=signing.warning)

    def _sign_if_due(self, intent: Intent) -> _Signing:
        attempts, suggested = self.attempts(intent), Fees(*self._chain.fees())
        fees, now = suggested, int(self._clock())
        if attempts:
            last = attempts[-1]
            if now - last.time < PATIENCE_SECONDS:
                return _Signing()
            fees = raised(Fees(last.max_fee, last.priority), suggested)
            if fees == Fees(last.max_fee, last.priority):
                return _Signing()  # a chain without fees: nothing to pay more of
        if fees.max_fee > self._limits.fee:
            return _Signing(
                f"fee ceiling reached: the next attempt needs {fees.max_fee} wei per gas, "
                f"{self._limits.fee} is allowed"
            )
        operator = intent.target.operator
        try:
            gas = gas_for(self._chain, operator, intent.target.registry, intent.data, self._limits)
            balance = require_funds(self._chain, operator, gas * fees.max_fee)
        except Reverted as error:
            words = decode_error("CheckpointRegistry", error.data)
            return _Signing(f"the registry would refuse it: {words}", refused=True)
        except OutOfFunds as error:
            return _Signing(f"out of funds: {error}", warning=str(error))
        try:
            self._sign(intent, len(attempts), fees, gas, now)
        except LedgerError as error:  # a remote signer's; what was signed before is still sent
            return _Signing(f"not signed: {error}", warning=str(error))
        return _Signing(warning=self._low(operator, balance, gas * fees.max_fee))

    def _low(self, operator: bytes, balance: int, cost: int) -> str:
        """Return a warning where the account can't pay many more of these."""
        if not cost or balance >= LOW_ANCHORS * cost:
            return ""
        return (
            f"account 0x{operator.hex()} on chain {self._chain.chain_id} has {coins(balance)}, "
            f"enough for {balance // cost} anchors at today's fee: send {coins(LOW_ANCHORS * cost)}"
        )

    def _sign(self, intent: Intent, number: int, fees: Fees, gas: int, now: int) -> None:
        raw = sign_transaction(
            self._operator,
            chain_id=intent.target.chain_id,
            nonce=intent.nonce,
            to=intent.target.registry,
            data=intent.data,
            gas=gas,
            max_fee=fees.max_fee,
            priority=fees.priority,
        )
        digest = transaction_hash(raw)
        attempt = Attempt(digest, intent.number, number, raw, fees.max_fee, fees.priority, now)
        with self._store.write() as tx:
            if len(tx.anchors.attempts(intent)) == number:  # else another process signed it
                tx.anchors.put_attempt(attempt)
