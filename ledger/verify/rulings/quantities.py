"""Law 8 in check 7: a quantity has a kind, and losses are of the electricity that lacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger import figures
from rootprint.ledger.verify.rulings.lawful import known_lines, ruling, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.node import Node

LAW: Final = 8


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> Ruling:
    """Judge each open line by itself, and transmission where every line is known."""
    lines = known_lines(node, statement, nodes)
    complete = whole(statement, lines)
    findings = list(figures.quantity_findings(lines))
    # Losses may belong to a line that is hidden, or to an input that is not here.
    if complete:
        findings += figures.transmission_findings(lines)
    applies = any(figures.has_kind(line, cited) for line, cited in lines.values())
    return ruling(LAW, findings, complete=complete, applies=applies)
