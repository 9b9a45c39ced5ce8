"""Check 2, issuer: the key counted and the organisation was admitted with the role, at t."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.chain import LAST_TIME, organisation_id
from rootprint.ledger.core.encoding import sha256, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.standing import MAX_RECORD, Role, roles_for, row_at, why_not_admitted
from rootprint.ledger.verify.report import Check, Found, failed, not_checked, passed, with_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.standing import KeyRow, OrganisationRow
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 2
MAX_LEGAL_NAME = 256  # shown beside each of its statements


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
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
    rows = context.rows(statement.issuer)
    row = row_at(rows, t)
    compared = (f"{statement.issuer} at {time_text(t)}", _standing(key, row))
    why = key.why_not_active(t) or why_not_admitted(rows, t, roles_for(statement))
    if why is not None or row is None:
        return failed(NUMBER, f"{why or 'never admitted'} at {time_text(t)}", compared)
    record = context.sources.record(statement.issuer, row.record)
    if record is None:
        return not_checked(NUMBER, f"the record of {statement.issuer} is not available")
    try:
        name = _legal_name(record, row, statement.issuer)
    except Refused as error:
        return failed(NUMBER, str(error), compared)
    admitted = passed(NUMBER, f"{name}, admitted, key active at {time_text(t)}", compared)
    return with_found(admitted, Found(legal_name=name))


def _legal_name(record: bytes, row: OrganisationRow, did: str) -> str:
    """Return the name in an organisation's record; raise Refused unless it is the row's record."""
    if len(record) > MAX_RECORD or sha256(record) != row.record:
        raise Refused("the organisation's record does not match its digest on chain")
    content = decode(record, what="organisation record")
    if not isinstance(content, dict) or content.get("did") != did:
        raise Refused("the organisation's record is of another organisation")
    name = content.get("legalName")
    if not isinstance(name, str):
        raise Refused("the organisation's record has no legal name")
    return name[:MAX_LEGAL_NAME]


def _standing(key: KeyRow, row: OrganisationRow | None) -> str:
    """Say what the chain holds of a key, and of its organisation at the time."""
    times = {"added": key.added, "retired": key.retired, "compromised": key.compromised_since}
    said = [f"{name} {time_text(when)}" for name, when in times.items() if 0 < when <= LAST_TIME]
    key_said = f"key {', '.join(said) or 'never added'}"
    if row is None:
        return f"{key_said}; organisation never admitted"
    roles = " and ".join(role.name or "" for role in Role if role in row.roles)
    return f"{key_said}; organisation {row.status.name} as {roles or 'nothing'}".lower()
