"""The file handed to a buyer: write it, read it, and serve the walk from it."""

from ledger.evidence import passing
from ledger.evidence.bundle import MAX_BYTES, MEDIA_TYPE, UNCOVERED, VERSION, Bundle, read, write
from ledger.evidence.collect import Recording, Redacting, Renewing
from ledger.evidence.export import export, prove
from ledger.evidence.proven import NoChain, chain_seen
from ledger.evidence.verify import MAX_SECONDS, verify_evidence

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
