"""Check 5, status: nothing withdrawn or adverse as of the block asked; validity at the right time.

The subject is judged as of the time asked, an input at t of each statement that cites it: what
expired or was superseded after being cited is a notice, what was withdrawn is a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.core.chain import StatusState, organisation_id
from ledger.core.encoding import time_text
from ledger.core.schema.kinds import ASSURANCE, STATUS
from ledger.walk.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.core.chain import StatusRow
    from ledger.core.statement import Statement
    from ledger.walk.context import Context
    from ledger.walk.node import Node

NUMBER = 5


def check(node: Node, context: Context) -> Check:
    """Judge rows of issuer, authority and named auditors, then validity and supersession."""
    contracts = context.trust.contracts
    fault = context.fault(contracts.organization_registry) or context.fault(
        contracts.status_registry
    )
    if fault is not None:
        return failed(NUMBER, fault)
    if node.statement is None:
        return not_checked(NUMBER, "the envelope could not be read")
    if node.statement.kind == STATUS:
        return _status_statement(node, context)
    superseded: StatusRow | None = None
    for who, row in _rows(node, node.statement, context):
        if row.state is StatusState.WITHDRAWN:
            return failed(NUMBER, f"withdrawn by {who} at {time_text(row.time)}{_why(node, row)}")
        if row.state is StatusState.ADVERSE:
            return failed(NUMBER, f"{who} concluded adversely at {time_text(row.time)}")
        if row.state is StatusState.SUPERSEDED and (
            superseded is None or row.time < superseded.time
        ):
            superseded = row
    said = _logged_withdrawal(node, node.statement, context)
    if said is not None:
        return failed(NUMBER, said)
    if node.statement.kind == ASSURANCE and node.about is not None:
        return _assurance(node, superseded, context)
    return _times(node, node.statement, superseded, context)


def _assurance(node: Node, superseded: StatusRow | None, context: Context) -> Check:
    """Whether it is in force is for check 9 to say of the statement it concerns."""
    if superseded is not None:
        node.superseded = True
        node.notices.append(f"superseded at {time_text(superseded.time)}{_why(node, superseded)}")
    return passed(NUMBER, f"no withdrawal as of {time_text(context.block.time)}")


def _rows(node: Node, statement: Statement, context: Context) -> Iterator[tuple[str, StatusRow]]:
    auditors = {
        other.statement.issuer
        for other in node.concerned_by
        if other.statement is not None and other.statement.kind == ASSURANCE
    }
    for who in dict.fromkeys((statement.issuer, context.trust.authority, *sorted(auditors))):
        row = context.reader.status(organisation_id(who), node.digest)
        own = who in {statement.issuer, context.trust.authority}
        # An auditor's row may call another's statement adverse, never withdraw or supersede it.
        if row.state is not StatusState.NONE and (own or row.state is StatusState.ADVERSE):
            yield who, row


def _logged_withdrawal(node: Node, statement: Statement, context: Context) -> str | None:
    """A withdrawal that was signed, logged and anchored counts, its row written or not."""
    for other in node.concerned_by:
        said = other.statement
        if said is None or not other.is_status or said.subject["state"] != "withdrawn":
            continue
        rightful = said.issuer in {statement.issuer, context.trust.authority}
        if rightful and all(other.passed(number) for number in (1, 2, 3, 4)):
            return f"withdrawn by {said.issuer} in a logged statement: {said.subject['reason']}"
    return None


def _times(
    node: Node, statement: Statement, superseded: StatusRow | None, context: Context
) -> Check:
    moments = [citing.t for citing in node.cited_by] if node.cited_by else [context.as_of]
    if any(moment is None for moment in moments):
        return not_checked(NUMBER, "pending: a statement that cites it is not anchored yet")
    valid_from, valid_until = statement.validity
    for moment in sorted({moment for moment in moments if moment is not None}):
        when = time_text(moment)
        if moment < valid_from:
            return failed(NUMBER, f"not valid before {time_text(valid_from)}, used at {when}")
        if moment > valid_until:
            return failed(NUMBER, f"expired at {time_text(valid_until)}, used at {when}")
        if superseded is not None and superseded.time <= moment:
            since = time_text(superseded.time)
            return failed(
                NUMBER, f"superseded since {since}, used at {when}{_why(node, superseded)}"
            )
    if superseded is not None:
        when = time_text(superseded.time)
        node.notices.append(f"superseded at {when}, after it was cited{_why(node, superseded)}")
    if node.cited_by and valid_until < context.as_of:
        node.notices.append(f"expired at {time_text(valid_until)}, after it was cited")
    return passed(NUMBER, f"no withdrawal as of {time_text(context.block.time)}")


def _status_statement(node: Node, context: Context) -> Check:
    if node.statement is None or node.about is None or node.about.statement is None:
        return not_checked(NUMBER, "the statement it concerns could not be read")
    if node.statement.issuer not in {node.about.statement.issuer, context.trust.authority}:
        return failed(NUMBER, "its issuer is neither the statement's issuer nor the authority")
    return passed(NUMBER, "said by one with the right to say it")


def _why(node: Node, row: StatusRow) -> str:
    for other in node.concerned_by:
        # A row may name any digest: only a status statement has a reason.
        if other.digest == row.statement and other.statement is not None and other.passed(1):
            return f": {other.statement.subject['reason']}" if other.is_status else ""
    return ""
