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
    waiting: list[tuple[Node, Statement | None]] = [(subject, None)]
    while waiting:
        node, done = waiting.pop()
        if done is not None:  # and so are its inputs
            ordered.append((node, done))
            continue
        statement = None if node.digest in entered else node.readable
        if statement is None or not node.is_footprint:
            continue
        entered.add(node.digest)
        waiting.append((node, statement))
        for citation in node.citations():
            other = nodes.get(citation.digest)
            if other is not None and citation.digest not in entered:
                waiting.append((other, None))
    return ordered
