"""The public append-only log: appending, checkpoints, proofs, and checking all of it again."""

from __future__ import annotations

from rootprint.ledger.log.errors import InConflict, LogDamaged, contradicts_hidden
from rootprint.ledger.log.fsck_entries import FsckReport, describe, fsck
from rootprint.ledger.log.reader import LogReader
from rootprint.ledger.log.sequencer import MAX_BATCH, Log, Receipt

__all__ = [
    "MAX_BATCH",
    "FsckReport",
    "InConflict",
    "Log",
    "LogDamaged",
    "LogReader",
    "Receipt",
    "contradicts_hidden",
    "describe",
    "fsck",
]
