"""The file handed to a buyer: write it, read it, and serve the walk from it."""

from rootprint.ledger.evidence import passing
from rootprint.ledger.evidence.bundle import (
    MAX_BYTES,
    MEDIA_TYPE,
    UNCOVERED,
    VERSION,
    Bundle,
    read,
    write,
)
from rootprint.ledger.evidence.collect import Recording, Redacting, Renewing
from rootprint.ledger.evidence.exporting import export, prove
from rootprint.ledger.evidence.proven import NoChain, chain_seen
from rootprint.ledger.evidence.verify import MAX_SECONDS, verify_evidence

__all__ = [
    "MAX_BYTES",
    "MAX_SECONDS",
    "MEDIA_TYPE",
    "UNCOVERED",
    "VERSION",
    "Bundle",
    "NoChain",
    "Recording",
    "Redacting",
    "Renewing",
    "chain_seen",
    "export",
    "passing",
    "prove",
    "read",
    "verify_evidence",
    "write",
]
