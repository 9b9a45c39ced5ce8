"""What of the log is anchored, as the home chain's newest final block says."""

from __future__ import annotations

from rootprint.api.http.models import Anchored
from rootprint.ledger.core.chain import ChainReader
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.intake import Home
from rootprint.ledger.verify import block_asked


def anchored_row(home: Home, index: int) -> Anchored | None:
    """Return the first anchored checkpoint that covers the entry, or None."""
    found = final(home).first_covering(home.trust.log_id, index)
    if found is None:
        return None
    number, row = found
    return Anchored(checkpoint=number, size=row.size, time=time_text(row.time))


def anchored_size(home: Home) -> int:
    """Return how many entries the newest anchored checkpoint covers; 0 if there is none."""
    reader = final(home)
    rows = reader.checkpoint_count(home.trust.log_id)
    return reader.checkpoint(home.trust.log_id, rows - 1).size if rows else 0


def final(home: Home) -> ChainReader:
    """Return the contracts at the newest block with the confirmations that the ledger asks for."""
    head = home.view.block()
    return home.reader(block_asked(home.view, home.trust, head.time))
