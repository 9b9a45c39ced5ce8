"""The anchorer's leaves of the error tree (the rest: ledger.core.errors)."""

from __future__ import annotations

from rootprint.ledger.core.errors import BadProof, Refused


class Equivocation(BadProof):
    """The chain holds a state of this log that the local log does not extend."""

    code = "equivocation"


class AnchorFailed(Refused):
    """An anchoring transaction that can't succeed any more; the message says why."""

    code = "anchor_failed"
