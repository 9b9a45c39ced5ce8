"""Law 6 in check 7: what is cited of a product on a walk is compared with what was made of it.

An alarm, never a failure; both sides must be open to whoever verifies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import Delivery, delivered
from rootprint.calc.rounding import decimal_text
from rootprint.ledger import figures
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, held, not_applicable, not_checkable

if TYPE_CHECKING:
    from fractions import Fraction

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

LAW: Final = 6
MOST_NAMED: Final = 3
UNCOUNTED: Final = "producedAmount is not counted in the declared unit"


def rule(node: Node, statement: Statement) -> Ruling:
    """Add up what the open lines of this walk take of a product in the time it was made."""
    subject = statement.subject
    if subject["role"] != "product" or "producedAmount" not in subject:
        return not_applicable(LAW)
    if statement.opened.produced_amount is None:
        return not_checkable(LAW, "what was made of it is hidden", Unseen.HIDDEN)
    made = _made(statement)
    if made is None:
        return broken(LAW, UNCOUNTED).noting(f"law {LAW}: {UNCOUNTED}")
    takers = [(other, found) for other in node.cited_by if (found := _delivery(node, other))]
    if not takers:
        return not_applicable(LAW)
    total, known = delivered(node.terms.period, [found for _, found in takers])
    if total > made:
        names = list(dict.fromkeys(other.name for other, found in takers if found.made is not None))
        unit = subject["pcf"]["declaredUnitOfMeasurement"]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        reason = (
            f"{_plain(total)} {unit} of it are cited by {', '.join(names[:MOST_NAMED])}{more}, for"
            f" the time in which {_plain(made)} {unit} were made"
        )
        return broken(LAW, reason).noting(f"law {LAW}: {reason}")
    if not known:
        what = "how much was made of a citing product is hidden, or its period is not within"
        return not_checkable(LAW, what, Unseen.HIDDEN)
    return held(LAW)


def _delivery(node: Node, other: Node) -> Delivery | None:
    """Return what a footprint takes of this one, None where it takes nothing that is open."""
    statement = other.readable
    if statement is None or "producedAmount" not in statement.subject:
        return None
    lines = [
        statement.opened.lines[citation.line]["amount"]
        for citation in other.citations()
        if citation.digest == node.digest and not citation.emission
    ]
    if not lines:
        return None
    units, unit = figures.unit_table(), node.terms.unit
    try:
        taken = [figures.exact(one["value"]) * units.factor(one["unit"], unit) for one in lines]
    except CalculationError:
        return None
    declared = figures.exact(statement.subject["pcf"]["declaredUnitAmount"])
    return Delivery(other.terms.period, sum(taken, 0 * declared), declared, _made(statement))


def uncounted(statement: Statement) -> bool:
    """Whether an open producedAmount does not convert into the declared unit."""
    return statement.opened.produced_amount is not None and _made(statement) is None


def _made(statement: Statement) -> Fraction | None:
    """Return what was made, in the declared unit; None where that is hidden or of another kind."""
    amount = statement.opened.produced_amount
    if amount is None:
        return None
    unit = statement.subject["pcf"]["declaredUnitOfMeasurement"]
    try:
        factor = figures.unit_table().factor(amount["unit"], unit)
    except CalculationError:
        return None
    return figures.exact(amount["value"]) * factor


def _plain(value: Fraction) -> str:
    return decimal_text(plain_decimal(value))
