"""Anchoring: intent row → signed transaction stored → broadcast → receipt → settled.

Each arrow is durable before the next begins, so a process killed anywhere is resumed by the next
``anchor()``. What broadcasting answers is never believed: receipts, canonical block hashes and
the registry's own storage are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

from rootprint.ledger.anchor.attempts import Sender
from rootprint.ledger.anchor.calls import anchor_data, require_operator
from rootprint.ledger.anchor.errors import AnchorFailed
from rootprint.ledger.anchor.fees import DEFAULT_CEILING
from rootprint.ledger.anchor.prefix import last_row, require_extension
from rootprint.ledger.chain import address_of, decode_error
from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.store import IntentState, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain import Receipt, SendingChain
    from rootprint.ledger.core.chain import CheckpointRow, Contracts
    from rootprint.ledger.core.checkpoint import Checkpoint
    from rootprint.ledger.log import LogReader
    from rootprint.ledger.store import Intent


class Outcome(StrEnum):
    """What an ``anchor()`` came to."""

    ANCHORED = "anchored"
    PENDING = "pending"
    NOTHING_NEW = "nothing new"


@dataclass(frozen=True)
class AnchorOutcome:
    """How far the log is anchored: (size, root) and what stands between them and settled.

    ANCHORED: mined in block ``block``, deep enough, and in the registry's storage. PENDING: sent
    or meant to be, ``reason`` says what it waits for. NOTHING_NEW: ``size`` was anchored before
    this call, or the log is empty.
    """

    state: Outcome
    size: int
    root: bytes
    block: int | None = None
    transaction: bytes | None = None
    reason: str = ""


@dataclass(frozen=True)
class Lag:
    """What the last anchored row does not cover: from entry ``oldest`` on, ``count`` entries.

    ``since`` is when the log signed for the oldest of them (Unix seconds, its own clock).
    """

    count: int
    oldest: int | None
    since: int | None


class Anchorer:
    """Anchors one log on one chain under one operator account, which nothing else may use."""

    def __init__(  # noqa: PLR0913 - what an anchorer acts on, each named by the caller
        self,
        log: LogReader,
        chain: SendingChain,
        contracts: Contracts,
        *,
        operator_key: bytes,
        log_id: bytes,
        confirmations: int = 0,
        fee_ceiling: int = DEFAULT_CEILING,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what is needed; only the chain's id is asked for. Intents stand in the log's store.

        ``operator_key`` is a 32-byte secp256k1 secret. ``confirmations`` is how many blocks must
        stand on an anchor's own. ``fee_ceiling`` is the highest fee cap to sign, wei per gas.
        """
        self._store, self._log, self._chain, self._contracts = log.store, log, chain, contracts
        self._log_id, self._confirmations = log_id, confirmations
        self._target = Target(
            chain.chain_id, contracts.checkpoint_registry, log_id, address_of(operator_key)
        )
        self._sender = Sender(log.store, chain, operator_key, ceiling=fee_ceiling, clock=clock)

    def anchor(self) -> AnchorOutcome:
        """Settle what is under way, then anchor the newest checkpoint if it is new.

        Raises Equivocation if the chain holds what this log does not extend, AnchorFailed if a
        transaction can't succeed any more (the next call begins anew), NotAuthorised if the
        account may not anchor this log, Unavailable if the chain or store can't be reached.
        """
        self.recheck()
        settled = None
        for intent in self._intents(IntentState.PENDING):
            settled = self._drive(intent)
            if settled.state is Outcome.PENDING:
                return settled
        newest = self._log.checkpoint().checkpoint if self._log.size else None
        row = last_row(self._reader(), self._log_id)
        proof = require_extension(self._log, row, newest)
        if newest is None or (row is not None and row.size == newest.size):
            return settled or _nothing_new(row)
        return self._drive(self._intend(newest, proof))

    def recheck(self) -> int:
        """Take confirmed anchors whose block a reorg removed back to pending; say how many.

        Newest first: below a block that is still canonical all others are too.
        """
        reopened = 0
        for intent in reversed(self._intents(IntentState.CONFIRMED)):
            if intent.block_number is None or self._hash_at(intent.block_number) == (
                intent.block_hash
            ):
                break
            with self._store.write() as tx:
                tx.anchors.reopen(intent)
            reopened += 1
        return reopened

    def lag(self) -> Lag:
        """Return what is logged and not anchored, as the chain's newest block says."""
        row = last_row(self._reader(), self._log_id)
        anchored, size = (0 if row is None else row.size), self._log.size
        if size <= anchored:
            return Lag(0, None, None)
        return Lag(size - anchored, anchored, self._log.covered_since(anchored))

    def _intend(self, newest: Checkpoint, proof: list[bytes]) -> Intent:
        target = self._target
        require_operator(self._chain, target.registry, self._log_id, target.operator)
        data = anchor_data(self._log_id, newest.size, newest.root, proof)
        nonce = self._chain.nonce(target.operator)
        with self._store.write() as tx:
            others = tx.anchors.intents(target, IntentState.PENDING)
            if others:  # another process was faster: one anchor is in flight, and it is that one
                return others[0]
            return tx.anchors.add(
                target, nonce=nonce, size=newest.size, root=newest.root, data=data
            )

    def _drive(self, intent: Intent) -> AnchorOutcome:
        """Take an intent as far as the chain lets it go now."""
        settled = self._settle(intent)
        if settled is not None:
            return settled
        sending = self._sender.send(intent)
        settled = self._settle(intent)
        if settled is not None:
            return settled
        if sending.superseded:
            self._fail(intent, f"nonce {intent.nonce} was used by another transaction")
        return _pending(intent, sending.reason or "not in a block yet")

    def _settle(self, intent: Intent) -> AnchorOutcome | None:
        """Return what the chain says became of an intent; None while it says nothing."""
        for attempt in self._sender.attempts(intent):
            receipt = self._chain.receipt(attempt.hash)
            if receipt is None or self._hash_at(receipt.block.number) != receipt.block.hash:
                continue
            depth = self._chain.block().number - receipt.block.number
            if depth < self._confirmations:
                return _pending(intent, f"{depth} of {self._confirmations} confirmations")
            self._require_success(intent, receipt)
            with self._store.write() as tx:
                tx.anchors.confirm(intent, receipt.block.number, receipt.block.hash)
            return AnchorOutcome(
                Outcome.ANCHORED, intent.size, intent.root, receipt.block.number, attempt.hash
            )
        return None

    def _require_success(self, intent: Intent, receipt: Receipt) -> None:
        if not receipt.status:
            reason = decode_error("CheckpointRegistry", receipt.revert)
            self._fail(intent, f"the registry refused: {reason}")
        # A call to an address without code succeeds too: the row itself must be there.
        found = self._reader().first_covering(self._log_id, intent.size - 1)
        if found is None or (found[1].size, found[1].root) != (intent.size, intent.root):
            self._fail(intent, "it was mined, but the registry holds no such row")

    def _fail(self, intent: Intent, reason: str) -> NoReturn:
        with self._store.write() as tx:
            tx.anchors.fail(intent, reason)
        raise AnchorFailed(
            f"anchoring {intent.size} entries failed: {reason}",
            remedy="correct that and anchor again; the log is whole",
        )

    def _intents(self, state: IntentState) -> list[Intent]:
        with self._store.read() as tx:
            return tx.anchors.intents(self._target, state)

    def _reader(self) -> ChainReader:
        return ChainReader(self._chain, self._contracts, self._chain.block())

    def _hash_at(self, number: int) -> bytes | None:
        try:
            return self._chain.block(number).hash
        except NotFound:
            return None  # the reorg made the chain shorter than that


def _pending(intent: Intent, reason: str) -> AnchorOutcome:
    return AnchorOutcome(Outcome.PENDING, intent.size, intent.root, reason=reason)


def _nothing_new(row: CheckpointRow | None) -> AnchorOutcome:
    if row is None:
        return AnchorOutcome(Outcome.NOTHING_NEW, 0, b"", reason="the log is empty")
    return AnchorOutcome(
        Outcome.NOTHING_NEW, row.size, row.root, reason=f"all {row.size} entries are anchored"
    )
