"""Check 9, assurance: what admitted, independent auditors concluded, and whether it is in force.

Independence, accreditation, materiality and age are judged in ``ledger.verify.independence``,
``accredited`` and below; which bodies and accreditors a reader believes says the trust file.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rootprint.ledger.core.schema.kinds import ASSURANCE
from rootprint.ledger.core.standing import Role, why_no_body
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify import independence
from rootprint.ledger.verify.accredited import accreditor
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.laws import LawState, unchecked
from rootprint.ledger.verify.policy import ASSURANCE as LEVELS
from rootprint.ledger.verify.report import (
    Check,
    State,
    failed,
    laws_of,
    not_applicable,
    passed,
    with_found,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 9
ADVERSE = "adverse"
UNCHECKED = "accreditation not checked"


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Judge the assurance statements about this node; absent is not applicable.

    An adverse conclusion counts whoever gives it: a supplier that gives itself its auditor's key
    would silence it otherwise. A positive one of a body with the issuer's account or key fails.
    """
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "there is no assurance of this kind")
    given = [other for other in node.concerned_by if not other.is_status]
    dependent = {other.digest: independence.bound(node, other, context) for other in given}
    found, notices = _by_bodies(in_force(node, context), context)
    for _, statement in found:
        if statement.subject["outcome"] == ADVERSE:
            compared = (f"{len(given)} about this statement", f"{len(found)} in force")
            return failed(NUMBER, f"{statement.issuer} concluded adversely", compared)
    counted = []
    for other, statement in found:
        if (how := dependent[other.digest]) is not None:
            compared = (f"{statement.issuer}, independent", how)
            reason = f"the assurance by {statement.issuer} is not independent: {how}"
            return failed(NUMBER, reason, compared)
        why = (
            independence.related(node, other)
            or _not_accredited(node, other, statement, context)
            or _not_required(statement, context)
        )
        if why is None:
            counted.append(statement)
        else:
            notices.append(_not_counted(statement, why))
    compared = (f"{len(given)} about this statement", f"{len(counted)} in force")
    if not counted:
        return with_found(not_applicable(NUMBER, _none_of(given)), Found(), notices)
    reason = "; ".join(_words(statement, context) for statement in counted)
    made = passed(NUMBER, reason, compared)
    notices += (f"the assurance counts, and its body {said}" for said in _lapsed(counted, context))
    return with_found(made, Found(assured=tuple(counted)), notices)


def _by_bodies(
    found: Iterable[tuple[Node, Statement]], context: Context
) -> tuple[list[tuple[Node, Statement]], list[str]]:
    """Return those whose body stands in for something, and of the others why it does not.

    Who was expelled for a retroactive reason says nothing, neither for nor against.
    """
    kept, notices = [], []
    for other, statement in found:
        now = context.block.time
        why = why_no_body(context.rows(statement.issuer), now if other.t is None else other.t, now)
        if why is None:
            kept.append((other, statement))
        else:
            notices.append(_not_counted(statement, f"its body counts for nothing, {why}"))
    return kept, notices


def _not_accredited(node: Node, other: Node, statement: Statement, context: Context) -> str | None:
    """Return that nobody whom the reader believes accredited its body for this, or None."""
    trust = context.trust
    if statement.issuer in trust.auditors or not trust.accreditors:
        return None
    if accreditor(node, other, trust) is not None:
        return None
    subject = statement.subject
    return (
        "no accreditor that the trust file names had its body accredited for"
        f" {subject['standard']}, {subject['level']}, of this product when it was anchored"
    )


def _not_counted(statement: Statement, why: str) -> str:
    return f"the assurance by {statement.issuer} does not count: {why}"


def _lapsed(counted: Iterable[Statement], context: Context) -> Iterator[str]:
    """Say of each body that is no longer admitted since when, once."""
    for did in dict.fromkeys(one.issuer for one in counted):
        lapse = context.lapse(did, Role.AUDITOR)
        if lapse is not None:
            yield lapse.said(did)


def _words(statement: Statement, context: Context) -> str:
    seen = ", inventory included" if statement.subject["includesInventory"] else ""
    trust = context.trust
    said = "" if trust.accreditors or statement.issuer in trust.auditors else f", {UNCHECKED}"
    return f"{statement.subject['level']} by {statement.issuer}{seen}{said}"


def _none_of(given: Sequence[Node]) -> str:
    """What is assured below it is listed apart, so that one is not read as the other."""
    if not given:
        return "none of this statement itself"
    return "none of this statement itself is in force"


def _not_required(statement: Statement, context: Context) -> str | None:
    """Return why the reader's policy does not take an assurance, or None."""
    policy = context.policy
    if policy.assured_by and statement.issuer not in policy.assured_by:
        return "the policy names other bodies"
    materiality = statement.subject["materialityPercent"]
    if Decimal(materiality) > Decimal(policy.most_materiality):
        return f"its materiality is {materiality} %, the policy takes {policy.most_materiality} %"
    begin, _ = statement.validity
    oldest = policy.oldest_assurance
    if oldest is not None and context.as_of > begin + oldest:
        age = context.as_of - begin
        return f"its validity began {age} s before the time asked, the policy takes {oldest} s"
    return None


def concluded(node: Node) -> Iterator[tuple[Node, Statement]]:
    """Yield the assurance statements about a node that pass 1 to 6, whoever gives them."""
    for other in node.concerned_by:
        statement = other.statement
        if statement is None or statement.kind != ASSURANCE or node.statement is None:
            continue
        # An anchor may be pending for days; what counts is only what has passed all of 1-6.
        if all(
            other.checks[number].state in {State.PASSED, State.NOT_APPLICABLE}
            for number in range(1, 7)
        ):
            yield other, statement


def seen_by_others(node: Node) -> Iterator[Statement]:
    """Yield those of ``concluded`` by bodies not related to the issuer, in force or not."""
    for other, statement in concluded(node):
        if independence.related(node, other) is None:
            yield statement


def in_force(node: Node, context: Context) -> Iterator[tuple[Node, Statement]]:
    """Yield those of ``concluded`` that are valid now and were not superseded."""
    for other, statement in concluded(node):
        begin, end = statement.validity
        if begin <= context.as_of <= end and not other.superseded:
            yield other, statement


def stands_in(node: Node, laws: Collection[int]) -> bool:
    """Whether assurances that included the inventory stand in for these laws.

    Each says which laws it covers; of ``laws`` only those count that could not be checked.
    """
    if not node.passed(NUMBER):
        return False
    seen = [one for one in node.assured if one.subject["includesInventory"]]
    covered = {law for one in seen for law in one.subject["laws"]}
    asked = unchecked(laws_of(node.checks)) & set(laws)
    return bool(seen) and asked <= covered


def auditors(node: Node) -> list[str]:
    """Return who assured a node, its inventory included, each once: assurances that count only."""
    if not node.passed(NUMBER):
        return []
    found = (one for one in node.assured if one.subject["includesInventory"])
    return list(dict.fromkeys(one.issuer for one in found))


def level(node: Node, *, but: Collection[str] = ()) -> str:
    """Return the level that assurances which count reach: none, limited or reasonable.

    Each law that the report says holds or could not be checked has the highest level of those that
    name it and saw the inventory, where there is one; the lowest of these counts. ``but`` are
    bodies (DIDs) whose assurances are left out.
    """
    if not node.passed(NUMBER) or node.statement is None:
        return LEVELS[0]
    signs = has_inventory(node.statement)
    seen = [
        one
        for one in node.assured
        if (one.subject["includesInventory"] or not signs) and one.issuer not in but
    ]
    asked = [
        law
        for law, state in laws_of(node.checks).items()
        if state in {LawState.HELD, LawState.NOT_CHECKABLE}
    ]
    if not asked:
        return _highest(seen)
    reached = (_highest(one for one in seen if law in one.subject["laws"]) for law in asked)
    return min(reached, key=LEVELS.index)


def _highest(found: Iterable[Statement]) -> str:
    return max((one.subject["level"] for one in found), key=LEVELS.index, default=LEVELS[0])
