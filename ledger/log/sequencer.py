"""Appending: a batch of statements becomes entries under one signed checkpoint, or nothing does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.logproof import LogProof
from rootprint.ledger.core.merkle import completed_by, inclusion_proof, leaf_hash, subtree_root
from rootprint.ledger.log.errors import LogDamaged
from rootprint.ledger.log.nodes import fetch, frontier, known
from rootprint.ledger.log.numbers import enter_numbers
from rootprint.ledger.log.once import enter
from rootprint.ledger.log.reader import LogReader
from rootprint.ledger.log.shown import enter_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.core.checkpoint import LogKey, SignedCheckpoint
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import Store, Transaction

MAX_BATCH = 4096


@dataclass(frozen=True)
class Receipt:
    """What a publisher gets: its entry (65 bytes), and the proof that a checkpoint covers it."""

    index: int
    entry: bytes
    proof: LogProof


class Log(LogReader):
    """The log with its private key. Several may write to one store, one batch after the other."""

    def __init__(
        self, store: Store, log_key: LogKey, *, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(store, log_key.note_key)
        self._log_key, self._clock = log_key, clock

    def append(
        self, statements: Sequence[Statement], *, keep_disclosures: bool = False
    ) -> list[Receipt]:
        """Log statements in this order, durably, and return their receipts in the same order.

        One transaction: when this returns, all of it is on disk under a signed checkpoint; when
        it raises, nothing is. The same bytes again get the entry that they have, proven under the
        newest checkpoint. Signatures and the right to publish are the caller's to have checked.
        Disclosures are judged, and with all that was read from them dropped unless they are to be
        kept. Cost: O(log n) for each statement.

        Raises Refused for a statement meant for another log, for other bytes under an (issuer,
        id) that is logged, for kept disclosures that open nothing, and as ``once.enter``,
        ``shown.enter_shown`` and ``numbers.enter_numbers`` for what may exist once and does;
        TooLarge beyond 4,096.
        """
        if len(statements) > MAX_BATCH:
            raise TooLarge(f"a batch has at most {MAX_BATCH} statements, not {len(statements)}")
        for statement in statements:
            self._require_own(statement)
            if keep_disclosures:
                _ = statement.opened  # raises where a disclosure does not fit
        with self.store.write() as tx:
            fresh = _fresh(tx, statements)
            tx.statements.put(fresh)
            checkpoint = self._extend(tx, fresh) if fresh else None
            enter(tx, fresh)
            enter_shown(tx, statements, keep=keep_disclosures)
            enter_numbers(tx, fresh)
            if keep_disclosures:
                for statement in statements:
                    tx.statements.keep(statement)
            return self._receipts(tx, statements, checkpoint) if statements else []

    def _require_own(self, statement: Statement) -> None:
        if statement.log != self.origin:
            raise Refused(
                f"statement {digest_text(statement.digest)} is meant for log {statement.log}, "
                f"this is {self.origin}",
                remedy="its issuer must sign it for this log",
            )

    def _extend(self, tx: Transaction, fresh: Sequence[Statement]) -> SignedCheckpoint:
        begin = tx.tree.size()
        if begin:
            # Never sign on top of another log's tree: the newest note must be by our key.
            covered = self._checkpoint(tx, None).checkpoint.size
            if covered != begin:
                raise LogDamaged(
                    f"the newest checkpoint covers {covered} entries, the log has {begin}",
                    remedy="run fsck",
                )
        hashes = tx.tree.nodes(frontier(begin))
        entries, made = [entry_of(statement) for statement in fresh], []
        for index, entry in enumerate(entries, begin):
            completed = completed_by(index, leaf_hash(entry), known(hashes))
            hashes.update({(level, place): digest for level, place, digest in completed})
            made.extend(completed)
        size = begin + len(entries)
        checkpoint = self._log_key.sign(size, subtree_root(0, size, known(hashes)))
        tx.tree.put(begin, entries, made)
        tx.tree.put_checkpoint(size, checkpoint.text, int(self._clock()))
        return checkpoint

    def _receipts(
        self,
        tx: Transaction,
        statements: Sequence[Statement],
        checkpoint: SignedCheckpoint | None,
    ) -> list[Receipt]:
        newest = checkpoint or self._checkpoint(tx, None)
        size = newest.checkpoint.size
        indices = [self._index_of(tx, statement.digest) for statement in statements]
        paths = [partial(inclusion_proof, index, size) for index in indices]
        nodes = fetch(tx.tree, lambda ask: [path(ask) for path in paths])
        return [
            Receipt(index, entry_of(statement), LogProof(index, tuple(path(nodes)), newest))
            for statement, index, path in zip(statements, indices, paths, strict=True)
        ]


def _fresh(tx: Transaction, statements: Sequence[Statement]) -> list[Statement]:
    """Return those that are not logged yet, each once, in order; refuse a second use of an id."""
    seen: dict[tuple[str, str], bytes] = {}
    fresh = []
    for statement in statements:
        name = (statement.issuer, statement.id)
        logged = seen.get(name) or tx.statements.digest_of(*name)
        if logged is None:
            seen[name] = statement.digest
            fresh.append(statement)
        elif logged != statement.digest:
            raise Refused(
                f"{statement.issuer} has published other bytes under {statement.id}: "
                f"{digest_text(logged)}",
                remedy="seal the new statement under an id of its own",
            )
    return fresh
