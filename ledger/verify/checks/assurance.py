"""Check 9, assurance: what admitted, independent auditors concluded, and whether it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.schema.kinds import ASSURANCE
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify.laws import LawState, unchecked
from rootprint.ledger.verify.policy import ASSURANCE as LEVELS
from rootprint.ledger.verify.report import (
    Check,
    State,
    failed,
    laws_of,
    not_applicable,
    passed,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 9


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Judge the assurance statements about this node; absent is not applicable."""
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "there is no assurance of this kind")
    found = list(in_force(node, context))
    given = [other for other in node.concerned_by if not other.is_status]
    compared = (f"{len(given)} about this statement", f"{len(found)} in force")
    for statement in found:
        if statement.subject["outcome"] == "adverse":
            return failed(NUMBER, f"{statement.issuer} concluded adversely", compared)
    if not found:
        return not_applicable(NUMBER, _none_of(given))
    words = [
        f"{statement.subject['level']} by {statement.issuer}"
        + (", inventory included" if statement.subject["includesInventory"] else "")
        for statement in found
    ]
    return passed(NUMBER, "; ".join(words), compared)


def _none_of(given: Sequence[Node]) -> str:
    """What is assured below it is listed apart, so that one is not read as the other."""
    if not given:
        return "none of this statement itself"
    return "none of this statement itself is in force"


def concluded(node: Node, *, independent: bool = True) -> Iterator[Statement]:
    """Yield the assurance statements about a node that pass 1 to 6, in force or not.

    ``independent`` leaves out what an issuer says of itself, which is not independent.
    """
    for other in node.concerned_by:
        statement = other.statement
        if statement is None or statement.kind != ASSURANCE or node.statement is None:
            continue
        # An anchor may be pending for days; what counts is only what has passed all of 1-6.
        whole = all(
            other.checks[number].state in {State.PASSED, State.NOT_APPLICABLE}
            for number in range(1, 7)
        )
        own = statement.issuer == node.statement.issuer
        if whole and not (own and independent):
            yield statement


def in_force(node: Node, context: Context, *, independent: bool = True) -> Iterator[Statement]:
    """Yield those that ``concluded``, are valid now and were not superseded."""
    superseded = {other.digest for other in node.concerned_by if other.superseded}
    age = context.trust.max_assurance_age
    for statement in concluded(node, independent=independent):
        begin, end = statement.validity
        if age is not None:
            end = min(end, begin + age)
        if begin <= context.as_of <= end and statement.digest not in superseded:
            yield statement


def stands_in(node: Node, context: Context, laws: Collection[int]) -> bool:
    """Whether assurances that included the inventory stand in for these laws.

    Each says which laws it covers; of ``laws`` only those count that could not be checked.
    """
    if not node.passed(NUMBER):
        return False
    seen = [one for one in in_force(node, context) if one.subject["includesInventory"]]
    covered = {law for one in seen for law in one.subject["laws"]}
    asked = unchecked(laws_of(node.checks)) & set(laws)
    return bool(seen) and asked <= covered


def level(node: Node, context: Context) -> str:
    """Return the level that assurances in force reach: none, limited or reasonable.

    Each law that the report says holds or could not be checked has the highest level of those that
    name it and saw the inventory, where there is one; the lowest of these counts.
    """
    if not node.passed(NUMBER) or node.statement is None:
        return LEVELS[0]
    signs = has_inventory(node.statement)
    seen = [one for one in in_force(node, context) if one.subject["includesInventory"] or not signs]
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
