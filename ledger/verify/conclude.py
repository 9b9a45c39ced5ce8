"""Concluding: from checked nodes to the report: what is unmet, both coverages, the assurance."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import CREDITS, GROSS, REMOVALS
from rootprint.calc.exact import exact_sum
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.chain import TEST_CHAIN_ID
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables
from rootprint.ledger.verify.checks import anchor, arithmetic, assurance, inputs
from rootprint.ledger.verify.coverage import coverage
from rootprint.ledger.verify.policy import ARITHMETIC, ASSURANCE
from rootprint.ledger.verify.report import Check, Report, State, StatementReport, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.steps import Judged

MOST_UNMET: Final = 100
_PCF_SHOWN: Final = (
    "declaredUnitOfMeasurement",
    "declaredUnitAmount",
    "pcfExcludingBiogenicUptake",
    "pcfIncludingBiogenicUptake",
    "referencePeriodStart",
    "referencePeriodEnd",
    "primaryDataShare",
)


def conclude(judged: Judged, file_check: Check) -> Report:
    """Return the report on what was judged."""
    subject, nodes, context = judged.subject, judged.nodes, judged.context
    failing = any(node.counts and node.failed for node in nodes.values())
    shares, assured = (None, 0) if failing else coverage(subject, nodes, context)
    return Report(
        as_of=context.as_of,
        subject=subject.digest,
        file_check=file_check,
        statements=[_statement(node) for node in nodes.values()],
        status_as_of=context.block.time,
        chain={
            "id": context.view.chain_id,
            "test": context.view.chain_id == TEST_CHAIN_ID,
            "block": context.block.number,
            "blockHash": hex_text(context.block.hash),
            "proven": False,
        },
        totals=_totals(subject),
        coverage=shares,
        assurance=_assurance(nodes, context, assured),
        required=context.policy.words(),
        unmet=[*_unmet(subject, nodes, context), *_stale(context)],
    )


def _unmet(subject: Node, nodes: Mapping[bytes, Node], context: Context) -> Sequence[str]:
    """List what is required and was not checked; failures are not listed here."""
    unmet: list[str] = []
    count = 0
    for node in nodes.values():
        if not node.counts:
            continue
        if _only_waits(node):
            continue
        covered = _covered(node, nodes, context)
        for number, check in sorted(node.checks.items()):
            if check.state is not State.NOT_CHECKED or number in covered:
                continue
            count += 1
            if count <= MOST_UNMET:
                unmet.append(f"{' > '.join(node.path)}: check {number}: {check.reason}")
    if count > MOST_UNMET:
        unmet.append(f"and {count - MOST_UNMET} more")
    level, required = assurance.level(subject, context), context.policy.assurance
    if ASSURANCE.index(level) < ASSURANCE.index(required):
        unmet.append(f"assurance {required} is required, the subject has {level}")
    return unmet


def _covered(node: Node, nodes: Mapping[bytes, Node], context: Context) -> set[int]:
    """Return which of checks 7 and 8 an assurance stands in for.

    For what is hidden, never for what is open and could not be checked: a line by another rule or
    by other tables, an input that was left out.
    """
    statement = node.readable
    if (
        statement is None
        or not node.is_footprint
        or not has_inventory(statement)
        or (statement.opened.complete and not inputs.hides_records(node, nodes))
        or context.policy.arithmetic == ARITHMETIC[0]
    ):
        return set()
    covered = set()
    lines = statement.opened.lines.keys()
    rule = statement.subject["computedWith"]["rule"]["digest"]
    held = rule in context.rules or rule == tables().rule_digest
    if (
        inputs.all_at_hand(node, nodes)
        and (held or not lines)
        and assurance.stands_in(node, context, inputs.LAWS)
    ):
        covered.add(inputs.NUMBER)
    if node.recomputed == lines and assurance.stands_in(node, context, arithmetic.LAWS):
        covered.add(arithmetic.NUMBER)
    return covered


def _only_waits(node: Node) -> bool:
    """Whether it is a logged statement about another one that the next anchor will first cover.

    It does not count yet, for or against, and must not hold up what it is about.
    """
    anchored = node.checks[anchor.NUMBER]
    return node.about is not None and node.index is not None and anchored.state is State.NOT_CHECKED


def _no_weight(node: Node) -> Iterator[str]:
    """Say why a statement about another one does not count, if it does not."""
    if not node.counts:
        yield f"{_name(node)} does not count: its own checks did not all pass"
    elif _only_waits(node):
        yield f"{_name(node)} is not anchored yet: it does not count, for or against"


def _name(node: Node) -> str:
    """Name a statement about another one: whose it is and of what."""
    kind = "status statement" if node.is_status else "claim" if node.is_record else "assurance"
    issuer = "" if node.statement is None else f" by {node.statement.issuer}"
    about = "another statement" if node.about is None else node.about.name
    return f"the {kind} of {about}{issuer}"


def _stale(context: Context) -> Sequence[str]:
    limit, age = context.trust.max_status_age, context.as_of - context.block.time
    if limit is None or age <= limit:
        return []
    return [f"the chain was seen {age} s before the time asked, the trust file allows {limit} s"]


def _statement(node: Node) -> StatementReport:
    statement = node.statement
    return StatementReport(
        digest=node.digest,
        kind=None if statement is None else statement.kind,
        issuer=None if statement is None else statement.issuer,
        legal_name=node.legal_name,
        product=node.name if statement is not None and node.is_footprint else None,
        depth=node.depth,
        path=node.path,
        checks=node.checks,
        notices=[*node.notices, *_no_weight(node)],
        counts=node.counts,
        entry=node.index,
        valid_as_of=node.t,
    )


def _totals(subject: Node) -> dict[str, Any] | None:
    if subject.statement is None or not subject.is_footprint:
        return None
    value = subject.statement.subject
    return {
        "product": value["productNameCompany"],
        "productIds": value["productIds"],
        "issuer": subject.statement.issuer,
        "boundary": value["boundary"],
        "unit": "kg CO2e",
        **{name: value["pcf"][name] for name in _PCF_SHOWN},
        **_columns(value["pcf"]),
    }


def _columns(pcf: Mapping[str, Any]) -> dict[str, str]:
    """Return the sum of each column, with as many decimal places as the longest of its parts."""
    columns = {}
    for name, members in (("gross", GROSS), ("removals", REMOVALS), ("credits", CREDITS)):
        texts = [pcf[member] for member in members if member in pcf]
        places = max((len(text.partition(".")[2]) for text in texts), default=0)
        columns[name] = decimal_text(half_up(exact_sum(map(Decimal, texts)), places))
    return columns


def _assurance(nodes: Mapping[bytes, Node], context: Context, percent: int) -> str:
    """Say how much of the total somebody independent has looked at, and at what level."""
    footprints = [node for node in nodes.values() if node.is_footprint]
    levels = [assurance.level(node, context) for node in footprints]
    assured = [level for level in levels if level != ASSURANCE[0]]
    if not assured:
        return ASSURANCE[0]
    lowest = min(assured, key=ASSURANCE.index)
    count = f"{len(assured)} of {counted(len(footprints), 'statement')}"
    return f"{lowest}, {percent} % of the gross emissions ({count})"
