"""Law 8 in check 7: a quantity has a kind, and losses are of the electricity that lacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger import figures
from rootprint.ledger.verify.rulings.lawful import ruling, whole

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.rulings.lawful import Lines

LAW: Final = 8


def rule(statement: Statement, lines: Lines) -> Ruling:
    """Judge each open line, ``known_lines``, by itself, and transmission where all are known."""
    complete = whole(statement, lines)
    findings = list(figures.quantity_findings(lines))
    # Losses may belong to a line that is hidden, or to an input that is not here.
    if complete:
        findings += figures.transmission_findings(lines)
    return ruling(LAW, findings, complete=complete, applies=figures.have_kind(lines))
