"""The readable footprints below a subject, inputs first: the order that every analysis takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node


def inputs_first(subject: Node, nodes: Mapping[bytes, Node]) -> list[tuple[Node, Statement]]:
    """Return the readable footprints below ``subject`` and itself, each after its inputs.

    By citation and not by log index, which a statement without its log proof does not have. A
    statement is cited by digest, so this always comes to an end.
    """
    ordered: list[tuple[Node, Statement]] = []
    entered: set[bytes] = set()
    waiting = [(subject, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        statement = node.readable
        if statement is None or not node.is_footprint:
            continue
        if inputs_done:
            ordered.append((node, statement))
        elif node.digest not in entered:
            entered.add(node.digest)
            waiting.append((node, True))
            cited = (nodes.get(citation.digest) for citation in node.citations())
            waiting.extend((other, False) for other in cited if other is not None)
    return ordered
