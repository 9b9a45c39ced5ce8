"""Check 2, issuer: the key counted and the organisation was admitted with the role, at t."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.core.canonical import decode
from ledger.core.chain import organisation_id
from ledger.core.encoding import sha256, time_text
from ledger.core.errors import Refused
from ledger.core.standing import roles_for, row_at, why_not_admitted
from ledger.walk.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from ledger.core.statement import Statement
    from ledger.walk.context import Context
    from ledger.walk.node import Node

NUMBER = 2
MAX_RECORD = 16 * 1024


def check(node: Node, context: Context) -> Check:
    """Judge key, admission and record by the chain's rows as they were at t."""
    fault = context.fault(context.trust.contracts.organization_registry)
    if fault is not None:
        return failed(NUMBER, fault)
    if node.statement is None or node.key is None:
        return not_checked(NUMBER, "the envelope could not be read")
    if node.t is None:
        return not_checked(NUMBER, "pending: without an anchor there is no time to judge it at")
    statement, t = node.statement, node.t
    key = context.reader.key(organisation_id(statement.issuer), node.key.thumbprint)
    why = key.why_not_active(t) or why_not_admitted(
        context.rows(statement.issuer), t, roles_for(statement)
    )
    if why is not None:
        return failed(NUMBER, f"{why} at {time_text(t)}")
    return _record(node, statement, context, t)


def _record(node: Node, statement: Statement, context: Context, t: int) -> Check:
    row = row_at(context.rows(statement.issuer), t)
    if row is None:
        return failed(NUMBER, "the issuer was not yet admitted")
    record = context.sources.record(statement.issuer, row.record)
    if record is None:
        return not_checked(NUMBER, f"the record of {statement.issuer} is not at hand")
    if len(record) > MAX_RECORD or sha256(record) != row.record:
        return failed(NUMBER, "the organisation's record does not match its digest on chain")
    try:
        content = decode(record, what="organisation record")
    except Refused as error:
        return failed(NUMBER, str(error))
    if not isinstance(content, dict) or content.get("did") != statement.issuer:
        return failed(NUMBER, "the organisation's record is of another organisation")
    node.legal_name = str(content.get("legalName"))
    return passed(NUMBER, f"{node.legal_name}, admitted, key active at {time_text(t)}")
