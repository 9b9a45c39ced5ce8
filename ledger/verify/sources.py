"""What the walk reads through: implemented by a ledger and by an evidence file.

Nothing that comes through here is trusted. ``None`` means "not available", which a check reports
as not checked, never as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.canonical import Json


@dataclass(frozen=True)
class ProofText:
    """A tlog-proof, and what ties its checkpoint to the first anchored row that covers the entry.

    ``consistency`` is the proof between the two; empty where checkpoint and row are the same
    (size, root), as usual. ``row`` is that row's number, so that it need not be searched for; None
    where it is not known.
    """

    text: str
    consistency: tuple[bytes, ...] = ()
    row: int | None = None


class Sources(Protocol):
    """Statements and what belongs to them, by digest."""

    def statement(self, digest: bytes) -> str | None:
        """Return the SD-JWT whose issuer-signed JWT has this digest, with its disclosures."""
        ...

    def proof(self, digest: bytes) -> ProofText | None:
        """Return the log proof of a statement."""
        ...

    def key(self, kid: str) -> Json | None:
        """Return the JWK with this RFC 7638 thumbprint."""
        ...

    def record(self, did: str, digest: bytes) -> bytes | None:
        """Return the organisation's record with this SHA-256."""
        ...

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """Return the digests of assurance and status statements about a statement."""
        ...
