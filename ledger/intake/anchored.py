"""What of the log is anchored, as the home chain's newest final block says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.verify import block_asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rootprint.ledger.core.chain import ChainReader, CheckpointRow
    from rootprint.ledger.intake.home import Home


def first_anchored(home: Home, index: int) -> tuple[int, CheckpointRow] | None:
    """Return number and row of the first anchored checkpoint that covers the entry, or None."""
    return first_anchored_of(home, [index])[index]


def first_anchored_of(
    home: Home, indices: Iterable[int]
) -> dict[int, tuple[int, CheckpointRow] | None]:
    """Return what ``first_anchored`` does for each entry, all as one block of the chain has it."""
    reader = final(home)
    return {index: reader.first_covering(home.trust.log_id, index) for index in indices}


def anchored_size(home: Home) -> int:
    """Return how many entries the newest anchored checkpoint covers; 0 if there is none."""
    reader = final(home)
    rows = reader.checkpoint_count(home.trust.log_id)
    return reader.checkpoint(home.trust.log_id, rows - 1).size if rows else 0


def final(home: Home) -> ChainReader:
    """Return the contracts at the newest block with the confirmations that the ledger asks for."""
    head = home.view.block()
    return home.reader(block_asked(home.view, home.trust, head.time))
