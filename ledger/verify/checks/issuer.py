"""Check 2, issuer: the key counted and the organisation was admitted with the role, at t.

The key counts with the proof that the organisation holds it: the one whose digest stands on the
chain, signed by the key itself. Who is no longer admitted as of the block asked signed what stands,
with a notice that says since when; of an assurance check 9 says it beside the footprint. What was
signed in the window of a retroactive reason, such as fraud, fails.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import sha256, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.possession import check_possession, possession_message
from rootprint.ledger.core.standing import (
    MAX_RECORD,
    Role,
    roles_for,
    row_at,
    why_not_admitted,
    why_void,
)
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.keys import PublicKey
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
    statement, t, roles = node.statement, node.t, roles_for(node.statement)
    key = context.reader.key(organisation_id(statement.issuer), node.key.thumbprint)
    rows = context.rows(statement.issuer)
    row = row_at(rows, t)
    compared = (f"{statement.issuer} at {time_text(t)}", _standing(key, row))
    why = key.why_not_active(t) or why_not_admitted(rows, t, roles)
    void = why_void(rows, t, context.block.time)
    if why is None and void is not None:
        return failed(NUMBER, void, compared)
    if why is not None or row is None:
        return failed(NUMBER, f"{why or 'never admitted'} at {time_text(t)}", compared)
    try:
        is_held = _is_held(statement.issuer, node.key, key, context)
        found = _declared(row, statement.issuer, context)
    except Refused as error:
        return failed(NUMBER, str(error), compared)
    if found is None:
        return not_checked(NUMBER, f"the record of {statement.issuer} is not available")
    if not is_held:
        return not_checked(NUMBER, _unproven(statement.issuer, node.key.kid))
    reason = f"{found.legal_name}, admitted, key active at {time_text(t)}"
    lapse = context.lapse(statement.issuer, roles)
    if lapse is None:
        return passed(NUMBER, reason, compared, found=found)
    said = [] if node.about is not None else [f"its issuer {lapse.said(statement.issuer)}"]
    return passed(NUMBER, reason, compared, found=found._replace(lapse=lapse), notices=said)


def _is_held(did: str, key: PublicKey, row: KeyRow, context: Context) -> bool:
    """Whether it is shown that an organisation holds its key; False where no proof is there.

    Raises Refused for a proof that is not the chain's, or not true. Each is looked at once.
    """

    def look() -> bool | str:
        proof = context.sources.possession(did, key.kid)
        if proof is None:
            return False
        contract = context.trust.contracts.organization_registry
        message = possession_message(organisation_id(did), context.trust.chain_id, contract)
        try:
            check_possession(key, proof, row.possession, message)
        except Refused as error:
            return f"the proof that {did} holds the key {key.kid} does not count: {error}"
        return True

    found: bool | str = context.once((_is_held, did, key.kid), look)
    if isinstance(found, str):
        raise Refused(found)
    return found


def _unproven(did: str, kid: str) -> str:
    return (
        f"the proof that {did} holds the key {kid} is not available: ask who gave the file to make"
        " it anew (rootprint evidence renew), and the organisation for the proof that it made when"
        " it added the key"
    )


def _declared(row: OrganisationRow, did: str, context: Context) -> Found | None:
    """Return what an organisation's record declares, each read once; None where it is missing.

    Raises Refused unless it is the row's and has a name.
    """
    known = context.declared.get((did, row.record))
    if known is not None:
        return known
    record = context.sources.record(did, row.record)
    if record is None:
        return None
    content = _content(record, row, did)
    group = content.get("group")
    found = context.declared[did, row.record] = Found(
        legal_name=content["legalName"][:MAX_LEGAL_NAME],
        registered=_registered(content.get("registerNumbers")),
        group=group if isinstance(group, str) else None,
    )
    return found


def _registered(numbers: Json) -> frozenset[tuple[str, str]]:
    """Return the numbers by register, of a record that nobody but the registrar has judged."""
    pairs = numbers.items() if isinstance(numbers, dict) else ()
    return frozenset((name, number) for name, number in pairs if isinstance(number, str) and number)


def _content(record: bytes, row: OrganisationRow, did: str) -> dict[str, Json]:
    """Return an organisation's record; raise Refused unless it is the row's and has a name."""
    if len(record) > MAX_RECORD or sha256(record) != row.record:
        raise Refused("the organisation's record does not match its digest on chain")
    content = decode(record, what="organisation record")
    if not isinstance(content, dict) or content.get("did") != did:
        raise Refused("the organisation's record is of another organisation")
    if not isinstance(content.get("legalName"), str):
        raise Refused("the organisation's record has no legal name")
    return content


@lru_cache(maxsize=4096)  # statements share their issuers' rows
def _standing(key: KeyRow, row: OrganisationRow | None) -> str:
    """Say what the chain holds of a key, and of its organisation at the time."""
    times = {"added": key.added, "retired": key.retired, "compromised": key.compromised_since}
    said = [f"{name} {time_text(when)}" for name, when in times.items() if when]
    key_said = f"key {', '.join(said) or 'never added'}"
    if row is None:
        return f"{key_said}; organisation never admitted"
    roles = " and ".join(role.name or "" for role in Role if role in row.roles)
    return f"{key_said}; organisation {row.status.name} as {roles or 'nothing'}".lower()
