"""Check 5, status: nothing withdrawn or adverse as of the block asked; validity at the right time.

Whoever concluded adversely stands in a list on the chain, so the one it hurts can't leave it out.
A footprint's reference period has ended when it is anchored, unless it is prospective: then not.
The subject is judged as of the time asked, an input at t of each statement that cites it: what
expired or was superseded after being cited is a notice, what was withdrawn is a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.schema.kinds import ASSURANCE, STATUS
from rootprint.ledger.core.statusrows import adverse_of, halted_by, said_of
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import Check, failed, not_checked, passed, with_found
from rootprint.ledger.verify.rulings.periods import past_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rootprint.ledger.core.chain import StatusRow
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.core.statusrows import Said
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 5
_ENDS = frozenset({StatusState.SUPERSEDED, StatusState.WITHDRAWN, StatusState.REVOKED})


def check(node: Node, nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Judge what issuer, authority and auditors said, then validity and supersession.

    ``nodes`` is the whole walk, to name an auditor who is met on it.
    """
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
    return _standing(node, node.statement, nodes, context)


def _standing(
    node: Node, statement: Statement, nodes: Mapping[bytes, Node], context: Context
) -> Check:
    own = said_of(context.reader, node.digest, (statement.issuer, context.trust.authority))
    ended = _ended(own) or _logged_end(node, statement, context)
    made = _judged(node, statement, nodes, context, own)
    return with_found(made, made.found._replace(ended=ended))


def _judged(
    node: Node,
    statement: Statement,
    nodes: Mapping[bytes, Node],
    context: Context,
    own: Sequence[Said],
) -> Check:
    adverse = adverse_of(context.reader, node.digest, context.rows_of)
    compared = ("no withdrawal", _states([*own, *adverse]))
    for who, row in own:
        if row.state is StatusState.WITHDRAWN:
            reason = f"withdrawn by {who} at {time_text(row.time)}{_why(node, row)}"
            return failed(NUMBER, reason, compared)
    halted = _halted(node, own)
    if halted is not None:
        return failed(NUMBER, halted, compared)
    if adverse:
        reason = _concluded(adverse, (node, *nodes.values()))
        return failed(NUMBER, reason, compared)
    said = _logged_withdrawal(node, statement, context)
    if said is not None:
        return failed(NUMBER, said)
    if node.is_footprint and node.t is not None:
        for fault in past_faults(statement.subject, node.t):
            return failed(NUMBER, fault.reason, fault.compared)
    superseded = min(
        (row for _, row in own if row.state is StatusState.SUPERSEDED),
        key=lambda row: row.time,
        default=None,
    )
    if statement.kind == ASSURANCE and node.about is not None:
        return _assurance(node, superseded, context, compared)
    return _times(node, statement, superseded, context, compared)


def _assurance(
    node: Node, superseded: StatusRow | None, context: Context, compared: tuple[str, str]
) -> Check:
    """Whether it is in force is for check 9 to say of the statement it concerns."""
    made = passed(NUMBER, f"no withdrawal as of {time_text(context.block.time)}", compared)
    if superseded is None:
        return made
    notice = f"superseded at {time_text(superseded.time)}{_why(node, superseded)}"
    return with_found(made, Found(superseded=True), [notice])


def _halted(node: Node, own: Sequence[Said]) -> str | None:
    """Return that it was revoked, or is suspended."""
    found = halted_by(own)
    if found is None:
        return None
    who, row = found
    return f"{row.state.name.lower()} by {who} at {time_text(row.time)}{_why(node, row)}"


def _states(rows: Iterable[tuple[str | bytes, StatusRow]]) -> str:
    said = [
        f"{row.state.name.lower()} by {who if isinstance(who, str) else hex_text(who)}"
        for who, row in rows
        if row.state is not StatusState.NONE
    ]
    return ", ".join(said) or "none"


def _concluded(adverse: Sequence[tuple[bytes, StatusRow]], known: Iterable[Node]) -> str:
    auditor, row = adverse[0]
    more = f", and {len(adverse) - 1} more after it" if len(adverse) > 1 else ""
    return f"{_named(auditor, known)} concluded adversely at {time_text(row.time)}{more}"


def _named(organisation: bytes, known: Iterable[Node]) -> str:
    """Return DID and legal name of one who signed something on this walk, else its id."""
    found = f"organisation {hex_text(organisation)}"
    for node in known:
        if node.statement is None or organisation_id(node.statement.issuer) != organisation:
            continue
        if node.legal_name is not None:
            return f"{node.statement.issuer} ({node.legal_name})"
        found = node.statement.issuer
    return found


def _ended(rows: Iterable[Said]) -> bool:
    return any(row.state in _ENDS for _, row in rows)


def _logged_end(node: Node, statement: Statement, context: Context) -> bool:
    """Whether one with the right to says so in a logged statement, its row written or not."""
    rightful = {statement.issuer, context.trust.authority}
    return any(
        other.is_status
        and other.statement is not None
        and other.statement.issuer in rightful
        and all(map(other.passed, (1, 2, 3, 4)))
        for other in node.concerned_by
    )


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
    node: Node,
    statement: Statement,
    superseded: StatusRow | None,
    context: Context,
    compared: tuple[str, str],
) -> Check:
    cited = _cited_at(node, context)
    used = _used_at(node, context) if node.is_record else cited
    if None in cited or None in used:
        return not_checked(NUMBER, "pending: a statement that cites it is not anchored yet")
    valid_from, valid_until = statement.validity
    valid = f"valid from {time_text(valid_from)} to {time_text(valid_until)}"
    for moment in sorted({moment for moment in cited if moment is not None}):
        when = time_text(moment)
        if moment < valid_from:
            return failed(NUMBER, f"not valid before {time_text(valid_from)}", (when, valid))
        if moment > valid_until:
            return failed(NUMBER, f"expired at {time_text(valid_until)}", (when, valid))
    for moment in sorted({moment for moment in used if moment is not None}):
        if superseded is not None and superseded.time <= moment:
            since = time_text(superseded.time)
            reason = f"superseded since {since}, used at {time_text(moment)}"
            return failed(NUMBER, f"{reason}{_why(node, superseded)}", compared)
    notices = []
    if superseded is not None:
        when = time_text(superseded.time)
        notices.append(f"superseded at {when}, after it was cited{_why(node, superseded)}")
    if node.cited_by and valid_until < context.as_of:
        notices.append(f"expired at {time_text(valid_until)}, after it was cited")
    made = passed(NUMBER, f"no withdrawal as of {time_text(context.block.time)}", compared)
    return with_found(made, made.found, notices)


def _cited_at(node: Node, context: Context) -> list[int | None]:
    """Return when a node was cited; the subject is judged now, and an unused claim never.

    None stands for a statement that has no time yet.
    """
    if node.cited_by:
        return [citing.t for citing in node.cited_by]
    if node.is_accreditation and node.about is not None:
        return [node.about.t]
    return [] if node.is_record and node.about is not None else [context.as_of]


def _used_at(node: Node, context: Context) -> list[int | None]:
    """Return when what rests on a record was used.

    Two allocations of one process don't add up while both are in use, nor do a claim and the one
    that takes its place.
    """
    moments: list[int | None] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.is_record and one.cited_by:
            waiting.extend(one.cited_by)
        else:
            moments += _cited_at(one, context)
    return moments


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
