"""The anchorer: the log's newest checkpoint onto a chain, through kills, reorgs and fee rises."""

from __future__ import annotations

from ledger.anchor.anchorer import Anchorer, AnchorOutcome, Lag, Outcome
from ledger.anchor.calls import open_log
from ledger.anchor.errors import AnchorFailed, Equivocation
from ledger.anchor.fees import DEFAULT_CEILING

__all__ = [
    "DEFAULT_CEILING",
    "AnchorFailed",
    "AnchorOutcome",
    "Anchorer",
    "Equivocation",
    "Lag",
    "Outcome",
    "open_log",
]
