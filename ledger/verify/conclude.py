"""Concluding: from checked nodes to the report: what is unmet, both coverages, the assurance."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import CAPTURE, CREDITS, GROSS, REMOVALS
from rootprint.calc.exact import exact_sum
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.chain import TEST_CHAIN_ID
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify import required
from rootprint.ledger.verify.caveats import caveats
from rootprint.ledger.verify.checks import anchor, arithmetic, assurance, conformity, inputs
from rootprint.ledger.verify.coverage import assured, coverage
from rootprint.ledger.verify.lapsed import no_longer_admitted
from rootprint.ledger.verify.policy import ARITHMETIC
from rootprint.ledger.verify.report import Check, Report, State, StatementReport
from rootprint.ledger.verify.rulings import variants
from rootprint.ledger.verify.rulings.periods import is_prospective
from rootprint.ledger.verify.values import Total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.steps import Judged

MOST_UNMET: Final = 100
# ISO 14067:2018 has a removal be from the atmosphere: what is captured where it arises and stored
# stands apart from the rest of its column.
_COLUMNS: Final = {
    "gross": GROSS,
    "removals": tuple(name for name in REMOVALS if name != CAPTURE),
    "captured": (CAPTURE,),
    "credits": CREDITS,
}
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
    failing = any(node.failed and node.counts for node in nodes.values())
    gone = no_longer_admitted(nodes.values(), context)
    shares = None if failing else coverage(subject, nodes, gone)
    totals = _totals(subject)
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
        witnesses=context.trust.threshold,
        totals=totals,
        coverage=shares,
        assurance=assured(subject, nodes.values(), context),
        no_longer_admitted=gone,
        caveats=caveats(subject, list(nodes.values())),
        required=context.policy.words(),
        unmet=[
            *_unchecked(nodes, context),
            *(() if failing else required.of_shares(context.policy, shares)),
            *required.of_walk(subject, nodes, context),
            *required.of_total(context.policy, None if totals is None else Total.of_totals(totals)),
        ],
    )


def _unchecked(nodes: Mapping[bytes, Node], context: Context) -> Sequence[str]:
    """List the checks that are required and were not made; failures are not listed here."""
    unmet: list[str] = []
    count = 0
    for node in nodes.values():
        if not any(one.state is State.NOT_CHECKED for one in node.checks.values()):
            continue
        if not node.counts or _only_waits(node):
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
    return unmet


def _covered(node: Node, nodes: Mapping[bytes, Node], context: Context) -> set[int]:
    """Return which of checks 5, 7, 8 and 10 an assurance stands in for.

    For what is hidden, never for what is open and could not be checked: a line by another rule or
    by other tables, an input that was left out.
    """
    statement = node.readable
    if (
        statement is None
        or not node.is_footprint
        or not has_inventory(statement)
        or context.policy.arithmetic == ARITHMETIC[0]
    ):
        return set()
    covered = set()
    if variants.hides_law(node) and assurance.stands_in(node, (variants.LAW,)):
        covered.add(variants.CHECK)
    if statement.opened.complete and not inputs.hides_records(node, nodes):
        return covered
    lines = statement.opened.lines.keys()
    if inputs.all_available(node, nodes) and (
        not lines or context.holds_rule(statement.subject["computedWith"]["rule"]["digest"])
    ):
        if assurance.stands_in(node, inputs.LAWS):
            covered.add(inputs.NUMBER)
        if not statement.opened.complete and assurance.stands_in(node, ()):
            covered.add(conformity.NUMBER)
    if node.recomputed == lines and assurance.stands_in(node, arithmetic.LAWS):
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
    kind = "accreditation" if node.is_accreditation else kind
    issuer = "" if node.statement is None else f" by {node.statement.issuer}"
    about = "another statement" if node.about is None else node.about.name
    return f"the {kind} of {about}{issuer}"


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
        notices=node.notices if node.about is None else [*node.notices, *_no_weight(node)],
        counts=node.counts,
        auditors=assurance.auditors(node),
        entry=node.index,
        valid_as_of=node.t,
        conformity=node.conformity,
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
        "qualifiers": qualifiers(value),
        **{name: value["pcf"][name] for name in _PCF_SHOWN},
        **_columns(value["pcf"]),
    }


def qualifiers(subject: Mapping[str, Any]) -> list[str]:
    """Return what a number may not be read without, in words: it is no plain number of a product.

    Basis, outlook, variant, kind of quantity and chain of custody, as far as it says them.
    """
    words = []
    if subject["basis"] == "direct-only":
        words.append("direct emissions only")
    if is_prospective(subject):
        words.append("prospective")
    if "variant" in subject:
        words.append(f"variant {subject['variant']['code']} ({subject['variant']['reason']})")
    quantity = subject.get("quantity", {})
    if "calorificValue" in quantity:
        words.append(f"{quantity['calorificValue']} calorific value")
    words += [quantity[name] for name in ("state", "moisture") if name in quantity]
    if "chainOfCustody" in subject:
        words.append(f"custody {subject['chainOfCustody']['model']}")
    return words


def _columns(pcf: Mapping[str, Any]) -> dict[str, str]:
    """Return the sum of each column, with as many decimal places as the longest of its parts."""
    columns = {}
    for name, members in _COLUMNS.items():
        texts = [pcf[member] for member in members if member in pcf]
        places = max((len(text.partition(".")[2]) for text in texts), default=0)
        columns[name] = decimal_text(half_up(exact_sum(map(Decimal, texts)), places))
    return columns
