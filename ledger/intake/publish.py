"""Publishing: judged, appended, acknowledged with a receipt. Both doors call this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.intake.judge import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.core.statement import Statement
    from ledger.intake.home import Home
    from ledger.log import Log, Receipt


def publish(
    home: Home, log: Log, texts: Sequence[str], *, keep_disclosures: bool = False
) -> list[Receipt]:
    """Log statements in this order and return their receipts; all of them or none.

    ``log`` is the home's log with its private key, which only a publisher's process holds.

    When this returns, every statement is on disk under a signed checkpoint. Raises what ``judge``
    raises for the first that is refused.
    """
    batch: dict[bytes, tuple[int, Statement]] = {}
    size = log.size
    for text in texts:
        statement = judge(text, home, batch)
        batch[statement.digest] = (size + len(batch), statement)
    return log.append([item for _, item in batch.values()], keep_disclosures=keep_disclosures)
