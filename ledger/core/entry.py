"""The 65 bytes that the public log holds of a statement.

``kind (1) ‖ statement digest (32) ‖ subject (32)``: the subject is the digest of the record
concerned, a footprint's pseudonym, or zero. A verifier rebuilds these bytes from a statement it has
verified and never reads them from a file.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.schema.kinds import SUBJECTS

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

ENTRY_BYTES: Final = 65
_NO_SUBJECT = bytes(32)


class EntryKind(IntEnum):
    """The first byte of an entry."""

    FOOTPRINT = 1
    ASSURANCE = 2
    STATUS = 3
    PROCESS = 4
    RETIREMENT = 5
    CLAIM = 6
    POOL = 7
    DECISION = 8
    ACCREDITATION = 9
    QUALIFICATION = 10
    CERTIFICATE = 11
    REVIEW = 12
    READING = 13
    WORKFLOW = 14
    REFUSAL = 15


_KINDS = dict(zip(SUBJECTS, EntryKind, strict=True))


def entry_of(statement: Statement) -> bytes:
    """Return the 65-byte log entry of a parsed statement."""
    subject = statement.concerns or _pseudonym(statement) or _NO_SUBJECT
    return bytes([_KINDS[statement.kind]]) + statement.digest + subject


def _pseudonym(statement: Statement) -> bytes | None:
    # Only a footprint's member list has it.
    pseudonym = statement.subject.get("pseudonym")
    return None if pseudonym is None else b64url_bytes(pseudonym["value"], what="pseudonym")
