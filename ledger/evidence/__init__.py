"""The file handed to a buyer: written, read, proven; it serves the walk what it asks.

Who verifies one, or makes one, is ``ledger.verifier``.
"""

from rootprint.ledger.evidence.bundle import (
    MAX_BYTES,
    MEDIA_TYPE,
    UNCOVERED,
    Evidence,
    StateProof,
    read,
    write,
)
from rootprint.ledger.evidence.collect import Noting, Recording, Redacting, Renewing
from rootprint.ledger.evidence.proven import NoChain, chain_seen
from rootprint.ledger.evidence.readable import VERSION, restored

__all__ = [
    "MAX_BYTES",
    "MEDIA_TYPE",
    "UNCOVERED",
    "VERSION",
    "Evidence",
    "NoChain",
    "Noting",
    "Recording",
    "Redacting",
    "Renewing",
    "StateProof",
    "chain_seen",
    "read",
    "restored",
    "write",
]
