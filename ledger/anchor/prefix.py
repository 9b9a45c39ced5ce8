"""Before sending: our log must extend what the chain has anchored of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.anchor.errors import Equivocation
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.history import History
from rootprint.ledger.core.merkle import verify_consistency

# CheckpointRegistry.MAX_GROWTH, which a test compares.
MAX_GROWTH: Final = 1 << 24

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import ChainReader, CheckpointRow
    from rootprint.ledger.core.checkpoint import Checkpoint
    from rootprint.ledger.log import LogReader


def last_row(reader: ChainReader, log_id: bytes) -> CheckpointRow | None:
    """Return the last anchored row of the log's history, or None."""
    return History(reader, log_id).last()


def next_state(log: LogReader, row: CheckpointRow | None, newest: Checkpoint) -> Checkpoint:
    """Return what is anchored next on the way to ``newest``: the registry bounds each growth.

    It is the largest signed checkpoint within the bound, so that whoever was given a receipt
    finds its own among the anchored ones. Raises Refused where one batch was larger than the bound.
    """
    anchored = 0 if row is None else row.size
    limit = anchored + MAX_GROWTH
    if newest.size <= limit:
        return newest
    size = log.signed_up_to(limit)
    if size is None or size <= anchored:
        raise Refused(
            f"the log has no checkpoint between {anchored} and {limit} entries, and an anchor may "
            f"cover {MAX_GROWTH} entries more than the last",
            remedy="publish in smaller batches: this log can't be anchored any more",
        )
    found = log.checkpoint(size).checkpoint
    proof = log.consistency(size, newest.size)
    verify_consistency(size, newest.size, found.root, newest.root, proof)
    return found


def require_extension(
    log: LogReader, row: CheckpointRow | None, checkpoint: Checkpoint | None
) -> list[bytes]:
    """Return the verified consistency proof from an anchored row to our signed checkpoint.

    Raises Equivocation unless the row's root is our root at its size. The contract's check does
    not bind the new size, so this one, on a size that is signed with its root, must come first.
    Without a row or with one of the same state the proof is empty.
    """
    if row is None:
        return []
    size = 0 if checkpoint is None else checkpoint.size
    if checkpoint is None or row.size > size:
        raise Equivocation(
            f"the chain has anchored {row.size} entries of this log, which has {size} here",
            remedy="entries were lost: restore the store from a newer copy, never anchor again",
        )
    if log.root(row.size) != row.root:
        raise Equivocation(
            f"the chain has anchored another root than ours over the first {row.size} entries",
            remedy="two logs share this key: stop, keep both, and tell those who rely on it",
        )
    proof = log.consistency(row.size, size)
    verify_consistency(row.size, size, row.root, checkpoint.root, proof)
    return proof
