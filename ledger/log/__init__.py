"""The public append-only log: appending, checkpoints, proofs, and checking all of it again."""

from __future__ import annotations

from ledger.log.errors import LogDamaged
from ledger.log.fsck import FsckReport, describe, fsck
from ledger.log.reader import LogReader
from ledger.log.sequencer import MAX_BATCH, Log, Receipt

__all__ = [
    "MAX_BATCH",
    "FsckReport",
    "Log",
    "LogDamaged",
    "LogReader",
    "Receipt",
    "describe",
    "fsck",
]
