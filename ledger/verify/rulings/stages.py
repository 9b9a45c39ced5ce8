"""Law 7 in check 7: a stage belongs to its boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger import figures
from rootprint.ledger.verify.rulings.lawful import ruling, whole

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.rulings.lawful import Lines

LAW: Final = 7


def rule(node: Node, statement: Statement, lines: Lines) -> Ruling:
    """Judge the open lines, ``known_lines``; a stage that only the cells show is judged too."""
    complete = whole(statement, lines)
    stages = () if complete else tuple(statement.opened.cells or ())
    findings = list(figures.stage_findings(node.terms, lines, stages, whole=complete))
    return ruling(LAW, findings, complete=complete, applies=True)
