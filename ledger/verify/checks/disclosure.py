"""Check 6, disclosure: every disclosed value opens exactly one slot of this statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verify.report import (
    Check,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 6


def check(node: Node, _nodes: Mapping[bytes, Node], _context: Context) -> Check:
    """Open the disclosures; without any, not applicable."""
    if node.statement is None:
        return not_checked(NUMBER, "the envelope could not be read")
    try:
        opened = node.statement.opened
    except Refused as error:
        return failed(NUMBER, str(error))
    if not opened.values:
        return not_applicable(NUMBER, "nothing is disclosed")
    given, fitting = len(node.statement.disclosures), len(opened.values)
    reason = f"{counted(fitting, 'disclosure')}, each at its place"
    return passed(NUMBER, reason, (str(given), str(fitting)))
