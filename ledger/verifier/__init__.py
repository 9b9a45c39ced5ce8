"""The verifier as one object: whom it believes, what it requires, what it holds; set once.

``Verifier`` verifies evidence files, makes them, passes them on and renews them (docs/adr/0017).
"""

from __future__ import annotations

from rootprint.ledger.verifier.chains import ChainNotNamed, named_chain
from rootprint.ledger.verifier.made import Made
from rootprint.ledger.verifier.verifier import MAX_SECONDS, Verifier

__all__ = ["MAX_SECONDS", "ChainNotNamed", "Made", "Verifier", "named_chain"]
