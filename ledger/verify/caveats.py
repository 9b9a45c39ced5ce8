"""What the shares of a report leave unsaid, and a reader of one line must know.

How much is left out, by what error the bodies allowed, and what was replaced since it was cited
(docs/verifying-walk.md, 9.11).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rootprint.ledger.verify.values import Caveats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rootprint.ledger.verify.node import Node

_STATUS = 5


def caveats(subject: Node, nodes: Sequence[Node]) -> Caveats:
    """Return what is true of the walk; of a statement about another one only what counts."""
    footprints = [
        node.statement.subject
        for node in nodes
        if node.statement is not None and node.is_footprint and node.counts
    ]
    left_out = (one["pcf"].get("exemptedEmissionsPercent", "0") for one in footprints)
    counting = (one.subject["materialityPercent"] for node in nodes for one in node.assured)
    return Caveats(
        exempted=_greatest(left_out),
        materiality=_greatest(counting, least=Decimal(-1)),
        superseded=sum(
            node.about is None and node is not subject and node.ended and node.passed(_STATUS)
            for node in nodes
        ),
    )


def _greatest(stated: Iterable[str], least: Decimal = Decimal(0)) -> str | None:
    """Return the greatest as written, of equals the first; None if none is above ``least``."""
    found, most = None, least
    for text in stated:
        if Decimal(text) > most:
            found, most = text, Decimal(text)
    return found
