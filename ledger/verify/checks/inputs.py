"""Check 7, inputs: each disclosed input is the earlier, fitting statement that its line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.calc.compatibility import UNSTATED, why_incompatible
from rootprint.calc.units import UnitNotConvertible
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.verify.checks import assurance
from rootprint.ledger.verify.laws import LawState
from rootprint.ledger.verify.report import (
    Check,
    State,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
    with_found,
    with_laws,
)
from rootprint.ledger.verify.rulings import claims, deliveries, processes, quantities, stages
from rootprint.ledger.verify.rulings.lawful import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.compatibility import Terms
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.laws import Ruling
    from rootprint.ledger.verify.node import Citation, Node

NUMBER = 7
LAWS = (2, 4, 5, 6, 7, 8)
MOST_IDS = 3  # of a product, in a message
MOST_REASONS = 3
RULES = (processes, claims, deliveries, stages, quantities)
NEED_RECORDS = frozenset({processes.LAW, claims.LAW})


def check(node: Node, nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Judge every line that is open; with some hidden, not checked if those pass."""
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "it composes nothing")
    statement = node.readable
    if statement is None:
        return not_checked(NUMBER, "the statement could not be read")
    if not has_inventory(statement):
        found = not_applicable(NUMBER, "a factor without inventory has no inputs")
        return with_laws(found, [processes.rule(node, statement, nodes)])
    missing: list[tuple[int, str]] = []
    for citation in node.citations():
        cited = nodes.get(citation.digest)
        fault, unknown = _judge(node, statement, citation, cited)
        if fault is not None:
            return failed(NUMBER, f"line {citation.line}: {fault}", _both(citation, cited))
        if unknown is not None:
            missing.append((citation.line, unknown))
    unstated = any(UNSTATED in terms.sets for terms in _upstream(node, nodes))
    found = _passed(node, statement, missing, context.rules | {tables().rule_digest})
    rulings = [law.rule(node, statement, nodes) for law in RULES]
    found = _without_records(found, rulings)
    said = ["rests on inputs that do not state their GWP set"] if unstated else []
    return with_laws(with_found(found, found.found, said), rulings)


def _without_records(check: Check, rulings: Sequence[Ruling]) -> Check:
    """What rests on a record that can't be seen was not checked, as with an input."""
    for ruling in rulings:
        unknown = ruling.state is LawState.NOT_CHECKABLE and ruling.law in NEED_RECORDS
        if unknown and check.state is State.PASSED:
            return not_checked(NUMBER, f"law {ruling.law}: {ruling.reason}")
    return check


def _passed(
    node: Node,
    statement: Statement,
    missing: Sequence[tuple[int, str]],
    rules: frozenset[str],
) -> Check:
    """No line that is open fails; say what was not open."""
    if missing:
        return not_checked(NUMBER, "; ".join(_together(missing)[:MOST_REASONS]))
    if statement.subject["computedWith"]["rule"]["digest"] not in rules:
        return not_checked(NUMBER, "its rule is not one that this verifier holds")
    if not statement.opened.complete:
        return not_checked(NUMBER, hidden_reason(node))
    count = len(node.citations())
    inputs = counted(count, "input")
    compared = (f"{inputs} named", f"{count} found, earlier and compatible")
    return passed(NUMBER, f"{inputs}, earlier and compatible", compared)


def _together(missing: Sequence[tuple[int, str]]) -> list[str]:
    """Return what is missing, each reason once with its lines."""
    lines: dict[str, list[int]] = {}
    for line, reason in missing:
        lines.setdefault(reason, []).append(line)
    return [f"{named(numbers)}: {reason}" for reason, numbers in lines.items()]


def all_at_hand(node: Node, nodes: Mapping[bytes, Node]) -> bool:
    """Whether every input that an open line names is on the walk, and could be read."""
    cited = [nodes.get(citation.digest) for citation in node.citations()]
    return all(other is not None and other.statement is not None for other in cited)


def hides_records(node: Node, nodes: Mapping[bytes, Node]) -> bool:
    """Whether records that it rests on are all here, and hide what a law asks for."""
    check = node.checks.get(NUMBER)
    found = [nodes.get(digest) for digest in node.records()]
    here = all(record is not None and record.statement is not None for record in found)
    return check is not None and here and only_records(check)


def only_records(check: Check) -> bool:
    """Whether all that this check could not see is what a record hides."""
    unseen = [check.laws.get(law) is LawState.NOT_CHECKABLE for law in NEED_RECORDS]
    return check.state is State.NOT_CHECKED and any(unseen) and str(check.reason)[:4] == "law "


def hidden_reason(node: Node) -> str:
    """Say when somebody independent last saw the hidden lines, be that in force now or not."""
    days = [
        statement.envelope.payload["validFrom"][:10]
        for statement in assurance.concluded(node)
        if statement.subject["includesInventory"]
    ]
    return f"inventory hidden; an auditor saw it on {max(days)}" if days else "inventory hidden"


def _judge(
    node: Node, statement: Statement, citation: Citation, cited: Node | None
) -> tuple[str | None, str | None]:
    """Return (fault, None), (None, what could not be checked) or (None, None)."""
    if cited is None or cited.statement is None:
        return None, f"its input {digest_text(citation.digest)} is not available"
    if not cited.is_footprint:
        return "what it cites is not a footprint", None
    subject = cited.statement.subject
    if cited.statement.issuer != citation.issuer:
        return f"it names {citation.issuer}, the statement is {cited.statement.issuer}'s", None
    if citation.product not in subject["productIds"]:
        return f"it names product {citation.product}, the statement is of another product", None
    line = statement.opened.lines[citation.line]
    try:
        figures.unit_table().factor(
            line["amount"]["unit"], subject["pcf"]["declaredUnitOfMeasurement"]
        )
    except UnitNotConvertible as error:
        return str(error), None
    rule = tables().rule
    why = why_incompatible(rule, node.terms, cited.terms, emission=citation.emission)
    if why is None and (node.index is None or cited.index is None):
        return None, "without both log entries their order is unknown"
    if why is None and node.index is not None and cited.index is not None:
        why = _not_earlier(node.index, cited.index)
    return why, None


def _both(citation: Citation, cited: Node | None) -> tuple[str, str] | None:
    """Return what the line names and what the statement with that digest is."""
    if cited is None or cited.statement is None:
        return None
    named = f"{digest_text(citation.digest)}, {citation.product} of {citation.issuer}"
    ids = cited.statement.subject.get("productIds", ())
    products = ", ".join(ids[:MOST_IDS]) or cited.statement.kind
    entry = "not logged" if cited.index is None else f"entry {cited.index}"
    return named, f"{entry}, {products} of {cited.statement.issuer}"


def _not_earlier(citing: int, cited: int) -> str | None:
    if cited < citing:
        return None
    return f"it cites entry {cited}, which is not earlier than entry {citing}"


def _upstream(node: Node, nodes: Mapping[bytes, Node]) -> list[Terms]:
    cited = [nodes.get(citation.digest) for citation in node.citations()]
    return [
        other.terms
        for other in cited
        if other is not None and other.statement is not None and other.is_footprint
    ]
