"""Check 7, inputs: each disclosed input is the earlier, fitting statement that its line names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rootprint.calc.compatibility import UNSTATED, why_incompatible
from rootprint.calc.units import UnitNotConvertible
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.verify.checks import assurance
from rootprint.ledger.verify.laws import Unseen
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
from rootprint.ledger.verify.rulings import (
    bounds,
    claims,
    deliveries,
    displaced,
    processes,
    quantities,
    stages,
)
from rootprint.ledger.verify.rulings.lawful import known_lines, named
from rootprint.ledger.verify.rulings.periods import is_prospective

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Citation, Node

NUMBER = 7
LAWS = (2, 4, 5, 6, 7, 8)
MOST_IDS = 3  # of a product, in a message
MOST_REASONS = 3
PROSPECTIVE = "rests on inputs that are prospective, and says that it is not"
CREDITING = "cites a service that takes removals or credits off"
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
    taken = [(citation, nodes.get(citation.digest)) for citation in node.citations()]
    for citation, cited in taken:
        fault, unknown = _judge(node, statement, citation, cited)
        if fault is not None:
            return failed(NUMBER, f"line {citation.line}: {fault}", _both(citation, cited))
        if unknown is not None:
            missing.append((citation.line, unknown))
    found = _passed(node, statement, missing, context)
    lines = known_lines(statement, taken)
    rulings = [
        processes.rule(node, statement, nodes),
        claims.rule(node, statement, nodes),
        deliveries.rule(node, statement),
        stages.rule(node, statement, lines),
        quantities.rule(statement, lines),
    ]
    said = _notices(statement, taken)
    made = with_found(found, found.found, said) if said else found
    return with_laws(made, rulings, needed=NEED_RECORDS)


def _passed(
    node: Node,
    statement: Statement,
    missing: Sequence[tuple[int, str]],
    context: Context,
) -> Check:
    """No line that is open fails; say what was not open."""
    if missing:
        return not_checked(NUMBER, "; ".join(_together(missing)[:MOST_REASONS]))
    if not context.holds_rule(statement.subject["computedWith"]["rule"]["digest"]):
        return not_checked(NUMBER, "its rule is not one that this verifier holds")
    if not statement.opened.complete:
        return not_checked(NUMBER, hidden_reason(node), Unseen.HIDDEN)
    return _compatible(len(node.citations()))


@cache  # of each number of inputs, whoever has them
def _compatible(count: int) -> Check:
    inputs = counted(count, "input")
    compared = (f"{inputs} named", f"{count} found, earlier and compatible")
    return passed(NUMBER, f"{inputs}, earlier and compatible", compared)


def _together(missing: Sequence[tuple[int, str]]) -> list[str]:
    """Return what is missing, each reason once with its lines."""
    lines: dict[str, list[int]] = {}
    for line, reason in missing:
        lines.setdefault(reason, []).append(line)
    return [f"{named(numbers)}: {reason}" for reason, numbers in lines.items()]


def all_available(node: Node, nodes: Mapping[bytes, Node]) -> bool:
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
    """Whether all that this check could not see is what a law asks of a record."""
    return check.state is State.NOT_CHECKED and check.law in NEED_RECORDS


def hidden_reason(node: Node) -> str:
    """Say when somebody independent last saw the hidden lines, be that in force now or not."""
    days = [
        statement.envelope.payload["validFrom"][:10]
        for statement in assurance.seen_by_others(node)
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
    if cited.statement.issuer != citation.issuer:
        return f"it names {citation.issuer}, the statement is {cited.statement.issuer}'s", None
    if citation.product not in cited.statement.subject["productIds"]:
        return f"it names product {citation.product}, the statement is of another product", None
    line, terms = statement.opened.lines[citation.line], cited.terms
    own = statement.subject["productIds"]
    if displaced.displaces_itself(statement.issuer, own, line, cited.statement):
        return displaced.ITSELF, None
    try:
        figures.unit_table().factor(line["amount"]["unit"], terms.unit)
    except UnitNotConvertible as error:
        return str(error), None
    why = why_incompatible(tables().rule, node.terms, terms, emission=citation.emission)
    if why is not None:
        return why, None
    if node.index is None or cited.index is None:
        return None, "without both log entries their order is unknown"
    return _not_earlier(node.index, cited.index), None


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


def _notices(statement: Statement, taken: Sequence[tuple[Citation, Node | None]]) -> list[str]:
    """Say what a reader should know of the footprints that its open lines take."""
    unstated = prospective = False
    cited_lines: list[tuple[int, Mapping[str, Any], Statement]] = []
    crediting: list[int] = []
    lines = statement.opened.lines
    for citation, cited in taken:
        if cited is None or cited.statement is None or not cited.is_footprint:
            continue
        terms = cited.terms
        unstated = unstated or UNSTATED in terms.sets
        prospective = prospective or is_prospective(cited.statement.subject)
        cited_lines.append((citation.line, lines[citation.line], cited.statement))
        # A service goes to its own grave, so nothing bounds what it takes off.
        if terms.service is not None and bounds.takes_off(cited.cited.components):
            crediting.append(citation.line)
    said = ["rests on inputs that do not state their GWP set"] if unstated else []
    if prospective and not is_prospective(statement.subject):
        said.append(PROSPECTIVE)
    said += displaced.notices(statement.issuer, cited_lines)
    if crediting:
        said.append(f"{named(crediting)}: {CREDITING}")
    return said
