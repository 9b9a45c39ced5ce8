"""Several transactions in their order: in one block where a chain mines a step at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rootprint.ledger.chain.sending import Reverted, await_receipts
from rootprint.ledger.chain.spending import Limits, gas_for, require_fee, require_funds
from rootprint.ledger.chain.transactions import address_of, sign_transaction, transaction_hash

if TYPE_CHECKING:
    from rootprint.ledger.chain.sending import Receipt, SendingChain
    from rootprint.ledger.chain.transactions import Account


class Step:
    """Signs what is added, and sends it with ``done``; what depends on earlier ones waits for them.

    Accounts that are used here have nothing else under way. Whatever raises leaves what was sent
    before to the chain, and sends nothing more.
    """

    def __init__(
        self, chain: SendingChain, *, limits: Limits | None = None, timeout: float = 120.0
    ) -> None:
        """Ask for the fee; ``timeout`` is how many seconds to wait for blocks.

        Raises Unavailable where the chain asks for more than ``limits`` allow.
        """
        self._chain, self._limits, self._timeout = chain, limits or Limits(), timeout
        self._max_fee, self._priority = chain.fees()
        require_fee(self._max_fee, self._limits)
        self._ahead: Counter[bytes] = Counter()
        self._cost: Counter[bytes] = Counter()
        self._raw: list[bytes] = []
        self._receipts: list[Receipt] = []

    @property
    def sent(self) -> int:
        """How many transactions have a receipt by now."""
        return len(self._receipts)

    def add(
        self, account: Account, to: bytes | None, data: bytes, *, depends: bool = False
    ) -> None:
        """Sign a transaction; ``depends`` says that it can't be estimated before those before it.

        One that the chain would refuse now is tried once more after them. Raises Reverted where a
        contract refuses it, OutOfFunds, Unavailable.
        """
        sender = address_of(account)
        if depends and not self._chain.mines_at_once:
            self._send()
        gas = self._gas(sender, to, data)
        self._cost[sender] += gas * self._max_fee
        require_funds(self._chain, sender, self._cost[sender])
        raw = sign_transaction(
            account,
            chain_id=self._chain.chain_id,
            nonce=self._chain.nonce(sender) + self._ahead[sender],
            to=to,
            data=data,
            gas=gas,
            max_fee=self._max_fee,
            priority=self._priority,
        )
        self._raw.append(raw)
        self._ahead[sender] += 1

    def done(self) -> list[Receipt]:
        """Send what is left; return the receipts of all, whatever their status."""
        self._send()
        return self._receipts

    def _gas(self, sender: bytes, to: bytes | None, data: bytes) -> int:
        try:
            return gas_for(self._chain, sender, to, data, self._limits)
        except Reverted:
            if not self._raw:
                raise
        self._send()
        return gas_for(self._chain, sender, to, data, self._limits)

    def _send(self) -> None:
        if not self._raw:
            return
        self._chain.broadcast(self._raw)
        digests = [transaction_hash(one) for one in self._raw]
        self._receipts += await_receipts(self._chain, digests, timeout=self._timeout)
        self._raw.clear()
        self._ahead.clear()
        self._cost.clear()
