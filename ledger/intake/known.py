"""What a statement is judged by: the log and the batch before it, as far as the caller may read.

A ledger's folder keeps disclosures for whoever holds it. Whoever else publishes is answered from
what anybody can read, the signed statements without disclosures, and from what came in the same
request: an answer that rested on more would give away what its issuer hid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home


@dataclass
class Known:
    """The log and the batch before a statement; ``opens`` says of whose statements all is read.

    ``batch`` gives the statements of the same request with their indices, as they were sent.
    ``left_out`` are the issuers of whose statements more is kept than was read: ``find`` notes
    them.
    """

    home: Home
    batch: Mapping[bytes, tuple[int, Statement]]
    opens: Callable[[str], bool]
    left_out: set[str] = field(default_factory=set, init=False)

    @property
    def next_index(self) -> int:
        """The entry that the statement will be."""
        return self.home.log.size + len(self.batch)

    def find(self, digest: bytes) -> tuple[int, Statement] | None:
        """Return a statement with its index, None for what is neither logged nor in the batch."""
        if digest in self.batch:
            return self.batch[digest]
        try:
            index = self.home.log.index_of(digest)
        except NotFound:
            return None
        with self.home.store.read() as tx:
            kept = tx.statements.get(digest)
        if self.opens(kept.issuer):
            return index, kept
        if kept.disclosures:
            self.left_out.add(kept.issuer)
        return index, kept.bare


def everything(home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> Known:
    """Return what the holder of the ledger's folder is answered from."""
    return Known(home, batch, lambda _issuer: True)


def signed_only(home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> Known:
    """Return what anybody else is answered from."""
    return Known(home, batch, lambda _issuer: False)


def only_of(issuer: str, home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> Known:
    """Return what an issuer's own statement is judged by, and its sender does not see."""
    return Known(home, batch, lambda other: other == issuer)
