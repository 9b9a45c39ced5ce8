"""The contribution view as JSON, version 1 (docs/contributions.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.contributions import Limits, traverse
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.analysis.printing import Printing
from rootprint.ledger.analysis.reading import Known, known
from rootprint.ledger.analysis.tables import tables
from rootprint.ledger.analysis.tree import organisation, tree
from rootprint.ledger.analysis.verification import verification
from rootprint.ledger.analysis.weak import REASONS, by_reason, weaknesses
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.verify import State

if TYPE_CHECKING:
    from rootprint.ledger.verify import Context, Judged, Node

VERSION: Final = 1
MOST_ROWS: Final = 1000  # exact amounts grow with each tier: a path of thousands would cost minutes
WEAKEST: Final = 20
_TOTAL: Final = (
    "declaredUnitOfMeasurement",
    "declaredUnitAmount",
    "referencePeriodStart",
    "referencePeriodEnd",
)


def contributions(
    judged: Judged,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    weakest: int = WEAKEST,
) -> dict[str, Any]:
    """Return what the subject's footprint is made of, as far as the walk could read.

    "not applicable", with the reason, where a check failed
    (what contradicts itself has no shares), where the subject can't be read or nothing
    contributes. Raises CalculationError for limits beyond MOST_ROWS.
    """
    if limits.nodes > MOST_ROWS:
        message = f"{limits.nodes} rows are more than the {MOST_ROWS} that can be shown"
        raise CalculationError(message, remedy="ask for fewer nodes, or for a grouping")
    failed = sum(
        check.state is State.FAILED
        for node in judged.nodes.values()
        if node.counts
        for check in node.checks.values()
    )
    if failed:
        return _not_applicable(
            judged.subject, f"{failed} checks failed, so the parts prove no whole"
        )
    try:
        return _view(judged, limits, weakest)
    except CalculationError as error:  # NotFinite: amounts that only an attack has
        return _not_applicable(judged.subject, str(error))


def what_changes(judged: Judged, digest: bytes, value: float) -> list[dict[str, str]] | None:
    """Return every total on this walk that changes if the statement's were ``value`` kg CO2e.

    Each as ``{statement, product, before, after}``, inputs first, in doubles: what the chain would
    come to if every issuer composed again, nothing anybody signed. None if the walk couldn't read
    the subject or doesn't reach that statement.
    """
    found = known(judged)
    number = None if found is None else found.number(digest)
    if found is None or number is None:
        return None
    change = found.composition.what_changes(number, value)
    rows = zip(change.nodes.tolist(), change.before.tolist(), change.after.tolist(), strict=True)
    return [
        {"statement": digest_text(found.nodes[n].digest), "product": found.nodes[n].name,
         "before": f"{before:.6g}", "after": f"{after:.6g}"}
        for n, before, after in rows
    ]  # fmt: skip


def _not_applicable(subject: Node, reason: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "subject": digest_text(subject.digest),
        "applicable": False,
        "reason": reason,
    }


def _view(judged: Judged, limits: Limits, weakest: int) -> dict[str, Any]:
    subject, context, found = judged.subject, judged.context, known(judged)
    if found is None:
        return _not_applicable(subject, "the subject is not a footprint that could be read")
    gross = float(found.composition.gross[found.subject])
    if not gross:
        return _not_applicable(subject, "nothing contributes, and nothing has no shares")
    value = found.statements[found.subject].subject
    printing = Printing.of(value["pcf"]["pcfExcludingBiogenicUptake"], gross)
    traversal = traverse(found.composition, found.subject, limits)
    shown = tree(traversal, found, context, printing)
    return {
        "version": VERSION,
        "subject": digest_text(subject.digest),
        "applicable": True,
        "total": {
            "kgCO2e": decimal_text(printing.printed_total),
            "signed": value["pcf"]["pcfExcludingBiogenicUptake"],
            "attribute": "pcfExcludingBiogenicUptake",
            "boundary": value["boundary"],
            **{name: value["pcf"][name] for name in _TOTAL},
        },
        "removals": any(
            own.counts and own.value < 0 for unit in found.composition.units for own in unit.own
        ),
        "limits": {
            "until": f"{100 * limits.until:g}",
            "cutOff": f"{100 * limits.cut_off:g}",
            "nodes": limits.nodes,
        },
        **_sums(shown, traversal.shown_ends, traversal.ends),
        "tree": shown,
        "by": tables(found, printing),
        "verification": verification(found, context),
        "weakPoints": _weak(found, context, printing, weakest),
    }


def _sums(root: dict[str, Any], shown_ends: int, ends: int) -> dict[str, Any]:
    """Add up what the tree prints: its rests, and the whole without them."""
    rest = {"kgCO2e": Decimal(0), "percent": Decimal(0)}
    waiting = [root]
    while waiting:
        row = waiting.pop()
        waiting.extend(row.get("children", ()))
        for name in rest:
            rest[name] += Decimal(row.get("rest", {}).get(name, "0"))
    shown = {name: Decimal(root[name]) - rest[name] for name in rest}
    return {
        "shown": {"contributions": shown_ends} | {n: decimal_text(v) for n, v in shown.items()},
        "rest": {"contributions": ends - shown_ends}
        | {name: decimal_text(value) for name, value in rest.items()},
    }


def _weak(found: Known, context: Context, printing: Printing, weakest: int) -> dict[str, Any]:
    reasons = by_reason(found, context)
    ranking = weaknesses(found, context)
    return {
        "byReason": {reason: _share(reasons[reason], printing) for reason in REASONS},
        "ranking": [
            {
                "reason": weak.reason,
                "percent": _share(weak.weight, printing),
                "detail": weak.detail,
                "statement": digest_text(found.nodes[weak.unit].digest),
                "product": found.nodes[weak.unit].name,
                "organisation": organisation(found.nodes[weak.unit], found.statements[weak.unit]),
                "line": None if weak.mark is None else weak.mark.line,
                "description": None if weak.mark is None else weak.mark.description,
            }
            for weak in ranking[:weakest]
        ],
        "of": len(ranking),
    }


def _share(weight: float, printing: Printing) -> str:
    return f"{min(100.0, 100 * weight / printing.gross):.2f}"
