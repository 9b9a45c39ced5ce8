"""What all that may exist once has in common: when two meet, and how a conflict is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log.errors import InConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.store import ProcessRow, Transaction

FREE: Final = "supersede or withdraw it first, or in the same batch (rootprint supersede)"


def overlap(one: ProcessRow, other: ProcessRow) -> bool:
    """Whether two periods have more than an end in common, or are the same moment."""
    same = (one.start, one.end) == (other.start, other.end)
    return same or max(one.start, other.start) < min(one.end, other.end)


def named(tx: Transaction, row: ProcessRow) -> str:
    """Return a process and its site, as its record writes them."""
    subject = tx.statements.get(row.statement).subject
    return f"{subject['process']!r} at {subject['site']}"


def require_live(tx: Transaction, digest: bytes, what: str) -> None:
    """Raise Refused if a status statement concerns it; ``what`` is what messages call it."""
    if tx.exclusive.ended(digest):
        message = f"{what} was superseded or withdrawn: {digest_text(digest)}"
        raise Refused(message, remedy="name the one that is in force, and compose it again")


def newest(tx: Transaction, digests: Sequence[bytes]) -> bytes:
    """Return the statement that was logged last."""
    return max(digests, key=lambda digest: tx.tree.index_of(digest) or 0)


def conflict(tx: Transaction, new: bytes, other: bytes, what: str, remedy: str) -> InConflict:
    """Return the error for a new statement that is against a logged one, with its entry."""
    entry = tx.tree.index_of(other) or 0
    message = f"{digest_text(new)}: {what}: entry {entry} ({digest_text(other)})"
    return InConflict(message, entry=entry, digest=other, remedy=remedy)
