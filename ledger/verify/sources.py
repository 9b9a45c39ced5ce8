"""What the walk reads through: implemented by a ledger and by an evidence file.

Nothing that comes through here is trusted. ``None`` means "not available", which a check reports
as not checked, never as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.merkle import Nodes


@dataclass(frozen=True)
class LogPlace:
    """Where a statement's entry stands in the log, by the word of who hands it over.

    ``index`` from 0; ``checkpoint`` is a signed note over it. What proves the one under the other
    are nodes of the tree (``Sources.tree_node``). ``row`` is the number of the first anchored row
    that covers the entry, so that it need not be searched for; None where it is not known.
    """

    index: int
    checkpoint: str
    row: int | None = None


class Sources(Protocol):
    """Statements and what belongs to them, by digest."""

    def statement(self, digest: bytes) -> str | None:
        """Return the SD-JWT whose issuer-signed JWT has this digest, with its disclosures."""
        ...

    def place(self, digest: bytes) -> LogPlace | None:
        """Return where a statement's entry stands in the log."""
        ...

    def tree_node(self, level: int, index: int) -> bytes | None:
        """Return the root of the log's complete subtree over 2^level entries (RFC 9162)."""
        ...

    def key(self, kid: str) -> Json | None:
        """Return the JWK with this RFC 7638 thumbprint."""
        ...

    def possession(self, did: str, kid: str) -> bytes | None:
        """Return an organisation's proof that it holds a key: 64 bytes, made when it was added."""
        ...

    def record(self, did: str, digest: bytes) -> bytes | None:
        """Return the organisation's record with this SHA-256."""
        ...

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """Return the digests of assurance and status statements about a statement."""
        ...


def tree_nodes(sources: Sources) -> Nodes:
    """Return the log's tree as proofs read it; a node that is not available raises Unavailable."""

    def node(level: int, index: int) -> bytes:
        found = sources.tree_node(level, index)
        if found is None:
            message = f"the node at level {level}, index {index} of the log's tree is not available"
            raise Unavailable(message)
        return found

    return node
