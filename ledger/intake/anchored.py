"""What of the log is anchored, as the home chain's newest final block says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.verify import block_asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rootprint.ledger.core.chain import CheckpointRow
    from rootprint.ledger.core.history import History
    from rootprint.ledger.intake.home import Home


def first_anchored(home: Home, index: int) -> tuple[int, CheckpointRow] | None:
    """Return number and row of the first anchored checkpoint that covers the entry, or None."""
    return first_anchored_of(home, [index])[index]


def first_anchored_of(
    home: Home, indices: Iterable[int]
) -> dict[int, tuple[int, CheckpointRow] | None]:
    """Return what ``first_anchored`` does for each entry, all as one block of the chain has it."""
    history = final(home)
    return {index: history.first_covering(index) for index in indices}


def anchored_size(home: Home) -> int:
    """Return how many entries the newest anchored checkpoint covers; 0 if there is none."""
    row = final(home).last()
    return 0 if row is None else row.size


def unanchored_since(home: Home) -> int | None:
    """Return since when the oldest entry that no anchored checkpoint covers waits; None if none.

    Unix seconds of the log's own clock: good for a gauge, not for a verdict.
    """
    return home.log.covered_since(anchored_size(home))


def final(home: Home) -> History:
    """Return the log's history at the newest block that the ledger takes for final."""
    head = home.view.block()
    return home.history(block_asked(home.view, home.trust, head.time))
