"""The 65 bytes that the public log holds of a statement.

``kind (1) ‖ statement digest (32) ‖ subject (32)``: subject is zero for a footprint, else the
digest of the statement concerned. A verifier rebuilds these bytes from a statement it has
verified and never reads them from a file.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

ENTRY_BYTES: Final = 65
_NO_SUBJECT = bytes(32)


class EntryKind(IntEnum):
    """The first byte of an entry."""

    FOOTPRINT = 1
    ASSURANCE = 2
    STATUS = 3


_KINDS = {
    "FootprintStatement": EntryKind.FOOTPRINT,
    "AssuranceStatement": EntryKind.ASSURANCE,
    "StatusStatement": EntryKind.STATUS,
}


def entry_of(statement: Statement) -> bytes:
    """Return the 65-byte log entry of a parsed statement."""
    subject = statement.concerns or _NO_SUBJECT
    return bytes([_KINDS[statement.kind]]) + statement.digest + subject
