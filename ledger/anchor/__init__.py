"""The anchorer: the log's newest checkpoint onto a chain, through kills, reorgs and fee rises."""

from __future__ import annotations

from rootprint.ledger.anchor.anchorer import Anchorer, AnchorOutcome, Lag, Outcome
from rootprint.ledger.anchor.calls import open_log
from rootprint.ledger.anchor.errors import AnchorFailed, Equivocation
from rootprint.ledger.anchor.watch import Due, Watch, WatchEvent

__all__ = [
    "AnchorFailed",
    "AnchorOutcome",
    "Anchorer",
    "Due",
    "Equivocation",
    "Lag",
    "Outcome",
    "Watch",
    "WatchEvent",
    "open_log",
]
