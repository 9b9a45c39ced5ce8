"""The anchorer: the log's newest checkpoint onto a chain, through kills, reorgs and fee rises."""

from __future__ import annotations

from rootprint.ledger.anchor.anchorer import Anchorer, AnchorOutcome, Lag, Outcome
from rootprint.ledger.anchor.calls import open_log
from rootprint.ledger.anchor.errors import AnchorFailed, Equivocation
from rootprint.ledger.anchor.prefix import require_extension
from rootprint.ledger.anchor.steering import (
    LogState,
    accept_operator,
    drop_freeze,
    freeze_log,
    log_state,
    name_successor,
    propose_freeze,
    propose_operator,
)
from rootprint.ledger.anchor.watch import Due, Watch, WatchEvent

__all__ = [
    "AnchorFailed",
    "AnchorOutcome",
    "Anchorer",
    "Due",
    "Equivocation",
    "Lag",
    "LogState",
    "Outcome",
    "Watch",
    "WatchEvent",
    "accept_operator",
    "drop_freeze",
    "freeze_log",
    "log_state",
    "name_successor",
    "open_log",
    "propose_freeze",
    "propose_operator",
    "require_extension",
]
