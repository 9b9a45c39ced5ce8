"""The file handed to a buyer: write it, read it, and serve the walk from it."""

from ledger.evidence.bundle import MAX_BYTES, MEDIA_TYPE, UNCOVERED, VERSION, Bundle, read, write
from ledger.evidence.collect import Recording, Redacting
from ledger.evidence.verify import verify_evidence

__all__ = [
    "MAX_BYTES",
    "MEDIA_TYPE",
    "UNCOVERED",
    "VERSION",
    "Bundle",
    "Recording",
    "Redacting",
    "read",
    "verify_evidence",
    "write",
]
