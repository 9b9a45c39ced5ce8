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
from rootprint.ledger.anchor.prefix import last_row, next_state, require_extension
from rootprint.ledger.anchor.superseded import PATIENCE_SECONDS, Depth, superseded
from rootprint.ledger.chain import Limits, Reverted, address_of, decode_error, gas_for
from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.errors import NotFound, Unavailable
from rootprint.ledger.core.history import History
from rootprint.ledger.store import IntentState, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain import Account, Receipt, SendingChain
    from rootprint.ledger.core.chain import Block, CheckpointRow, Contracts
    from rootprint.ledger.core.checkpoint import Checkpoint
    from rootprint.ledger.log import LogReader
    from rootprint.ledger.store import Intent, Transaction

_ROUNDS = 3
_ANEW = "correct that and anchor again; the log is whole"
_ALONE = (
    "the next step signs under a new nonce what is not anchored by then; let nothing but one "
    "anchorer use the operator's account"
)


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
    this call, or the log is empty. ``warning`` is what somebody has to see to soon.
    """

    state: Outcome
    size: int
    root: bytes
    block: int | None = None
    transaction: bytes | None = None
    reason: str = ""
    warning: str = ""

    def text(self) -> str:
        """Return it in one line for people."""
        where = "" if self.block is None else f" in block {self.block}"
        why = f": {self.reason}" if self.reason else ""
        return f"{self.state}: size {self.size}{where}{why}"


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
        operator: Account,
        log_id: bytes,
        confirmations: int = 0,
        finalized: bool = False,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what is needed; only the chain's id is asked for. Intents stand in the log's store.

        ``operator`` is the log's account. ``confirmations`` is how many blocks must
        stand on an anchor's own; with ``finalized`` the chain itself must call it final too, where
        it has finalised blocks. ``limits`` is the most to sign for.
        """
        self._store, self._log, self._chain, self._contracts = log.store, log, chain, contracts
        self._log_id, self._depth = log_id, Depth(confirmations, finalized)
        self._limits = limits or Limits()
        self._target = Target(
            chain.chain_id, contracts.checkpoint_registry, log_id, address_of(operator)
        )
        self._sender = Sender(log.store, chain, operator, limits=self._limits, clock=clock)
        self._clock = clock

    def anchor(self) -> AnchorOutcome:
        """Settle what is under way, then anchor the newest checkpoint if it is new.

        Raises Equivocation if the chain holds what this log does not extend, AnchorFailed if a
        transaction can't succeed any more (the next call begins anew), NotAuthorised if the
        account may not anchor this log, Unavailable if the chain or store can't be reached, or if
        another process goes on using the account.
        """
        for _ in range(_ROUNDS):
            outcome = self._round()
            if outcome is not None:
                return outcome
        message = "another process uses the operator's account: each nonce was taken in between"
        raise Unavailable(message, remedy="let one process anchor, and anchor again")

    def _round(self) -> AnchorOutcome | None:
        """Return what an anchor came to; None if another process took its nonce in between."""
        settled = self.settle()
        if settled is not None and settled.state is Outcome.PENDING:
            return settled
        newest = self._newest()
        while True:
            row = last_row(self._reader(), self._log_id)
            require_extension(self._log, row, newest)
            if newest is None or (row is not None and row.size >= newest.size):
                return settled or _nothing_new(row)
            state = next_state(self._log, row, newest)
            intended = self._intend(state, require_extension(self._log, row, state))
            if intended is None:
                return None
            settled = self._drive(intended)
            if settled.state is Outcome.PENDING or settled.size >= newest.size:
                return settled

    def settle(self) -> AnchorOutcome | None:
        """Take what is under way as far as the chain lets it go, and mean nothing new.

        Returns what the last of it came to; None if nothing was under way. Raises as ``anchor``.
        """
        self.recheck()
        settled = None
        for intent in self._intents(IntentState.PENDING):
            settled = self._drive(intent)
            if settled.state is Outcome.PENDING:
                return settled
        return settled

    def recheck(self) -> int:
        """Take confirmed anchors whose block a reorg removed back to pending; say how many.

        Highest nonce first: below a block that is still canonical all others are too.
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
        """Return what is logged and not anchored, as the chain's newest block says.

        Raises Equivocation as ``anchor`` does: what the chain holds beyond the log is no lead.
        """
        row = last_row(self._reader(), self._log_id)
        require_extension(self._log, row, self._newest())
        anchored, size = (0 if row is None else row.size), self._log.size
        if size <= anchored:
            return Lag(0, None, None)
        return Lag(size - anchored, anchored, self._log.covered_since(anchored))

    def _newest(self) -> Checkpoint | None:
        return self._log.checkpoint().checkpoint if self._log.size else None

    def _intend(self, newest: Checkpoint, proof: list[bytes]) -> Intent | None:
        """Write down what is meant; None if the nonce was used since the chain was asked for it."""
        target = self._target
        require_operator(self._chain, target.registry, self._log_id, target.operator)
        data = anchor_data(self._log_id, newest.size, newest.root, proof)
        self._require_taken(newest.size, data)
        mined = self._chain.nonce(target.operator)
        with self._store.write() as tx:
            others = tx.anchors.intents(target, IntentState.PENDING)
            if others:  # another process was faster: one anchor is in flight, and it is that one
                return others[0]
            holder = tx.anchors.holder(target, mined)
            if holder is not None and holder.state is IntentState.CONFIRMED:
                return None
            nonce = tx.anchors.free_nonce(target, mined)
            return self._put(tx, nonce, newest.size, newest.root, data)

    def _in_turn(self, intent: Intent) -> Intent:
        """Return an intent whose nonce has its turn: one above a gap is meant again below it.

        Its transactions stay what they are: one that is mined after all comes after that of the
        lower nonce, and the registry takes no state twice. It is given the time that an attempt
        has, since a node that is a block behind makes a gap where there is none.
        """
        attempts = self._sender.attempts(intent)
        if attempts and self._clock() - attempts[-1].time < PATIENCE_SECONDS:
            return intent
        target = self._target
        mined = self._chain.nonce(target.operator)
        with self._store.read() as tx:
            nonce = tx.anchors.free_nonce(target, mined, besides=intent)
        if intent.nonce <= nonce:
            return intent
        with self._store.write() as tx:
            tx.anchors.fail(intent, f"nonce {intent.nonce} is above the account's next, {nonce}")
            placed = self._put(tx, nonce, intent.size, intent.root, intent.data)
            if placed is None:  # a reorg took back another log's anchor: its turn comes first
                tx.anchors.reopen(intent)
        return placed or intent

    def _put(
        self, tx: Transaction, nonce: int, size: int, root: bytes, data: bytes
    ) -> Intent | None:
        """Write down what is meant under a nonce; None where what has it is not over."""
        holder = tx.anchors.holder(self._target, nonce)
        if holder is None:
            return tx.anchors.add(self._target, nonce=nonce, size=size, root=root, data=data)
        if holder.state is not IntentState.FAILED:
            return None
        # Its transaction was never mined, or a reorg removed it: the nonce is free again.
        return tx.anchors.renew(holder, self._target, size=size, root=root, data=data)

    def _drive(self, intent: Intent) -> AnchorOutcome:
        """Take an intent as far as the chain lets it go now."""
        settled = self._settle(intent)
        if settled is not None:
            return settled
        intent = self._in_turn(intent)
        attempts = self._sender.attempts(intent)
        lost = superseded(self._chain, intent, attempts, self._depth, self._clock)
        sending = None if lost else self._sender.send(intent)
        settled = self._settle(intent)
        if settled is not None:
            return settled
        if lost is not None and lost.final:
            self._fail(intent, lost.reason, remedy=_ALONE)
        if lost is not None:
            return _pending(intent, lost.reason, f"{lost.reason}: {_ALONE}")
        if sending is not None and sending.refused:
            self._fail(intent, sending.reason)
        reason, warning = ("", "") if sending is None else (sending.reason, sending.warning)
        doubts = self._chain.doubts()
        return _pending(
            intent,
            reason or doubts or "not in a block yet",
            "; ".join(filter(None, [warning, doubts])),
        )

    def _require_taken(self, size: int, data: bytes) -> None:
        """Raise AnchorFailed, before anything is paid, where the registry would refuse."""
        target = self._target
        try:
            gas_for(self._chain, target.operator, target.registry, data, self._limits)
        except Reverted as error:
            reason = decode_error("CheckpointRegistry", error.data)
            raise _failed(size, f"the registry would refuse it: {reason}") from error

    def _settle(self, intent: Intent) -> AnchorOutcome | None:
        """Return what the chain says became of an intent; None while it says nothing."""
        for attempt in self._sender.attempts(intent):
            receipt = self._chain.receipt(attempt.hash)
            if receipt is None or self._hash_at(receipt.block.number) != receipt.block.hash:
                continue
            newest, its = self._chain.block().number, receipt.block.number
            depth = newest - its
            if depth < 0:
                return _pending(intent, f"in block {its}; block {newest} is the newest read so far")
            if depth < self._depth.confirmations:
                return _pending(intent, f"{depth} of {self._depth.confirmations} confirmations")
            if self._depth.finalized and (waiting := self._not_final(receipt.block)):
                return _pending(intent, waiting)
            self._require_success(intent, receipt)
            with self._store.write() as tx:
                tx.anchors.confirm(intent, receipt.block.number, receipt.block.hash)
            return AnchorOutcome(
                Outcome.ANCHORED, intent.size, intent.root, receipt.block.number, attempt.hash
            )
        return None

    def _not_final(self, block: Block) -> str:
        """Return in words that the chain may still take a block back; "" if it has no finality."""
        final = self._chain.finalized()
        if final is None or final.number >= block.number:
            return ""
        return f"in block {block.number}; the chain's newest final one is {final.number}"

    def _require_success(self, intent: Intent, receipt: Receipt) -> None:
        if not receipt.status:
            reason = decode_error("CheckpointRegistry", receipt.revert)
            self._fail(intent, f"the registry refused: {reason}")
        # A call to an address without code succeeds too: the row itself must be there.
        found = History(self._reader(), self._log_id).first_covering(intent.size - 1)
        if found is None or (found[1].size, found[1].root) != (intent.size, intent.root):
            self._fail(intent, "it was mined, but the registry holds no such row")

    def _fail(self, intent: Intent, reason: str, remedy: str = _ANEW) -> NoReturn:
        with self._store.write() as tx:
            tx.anchors.fail(intent, reason)
        raise _failed(intent.size, reason, remedy)

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


def _pending(intent: Intent, reason: str, warning: str = "") -> AnchorOutcome:
    state = Outcome.PENDING
    return AnchorOutcome(state, intent.size, intent.root, reason=reason, warning=warning)


def _failed(size: int, reason: str, remedy: str = _ANEW) -> AnchorFailed:
    return AnchorFailed(f"anchoring {size} entries failed: {reason}", remedy=remedy)


def _nothing_new(row: CheckpointRow | None) -> AnchorOutcome:
    if row is None:
        return AnchorOutcome(Outcome.NOTHING_NEW, 0, b"", reason="the log is empty")
    return AnchorOutcome(
        Outcome.NOTHING_NEW, row.size, row.root, reason=f"all {row.size} entries are anchored"
    )
