"""Whether a row's figure can be: a row beyond all bounds is refused, one beyond most is found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.plausible import implausible
from rootprint.ledger.factors.drafting import Problem, Unfit

if TYPE_CHECKING:
    from decimal import Decimal

    from rootprint.ledger.factors.units import Declared

_REMEDY: Final = (
    "compare figure and unit with the publication; ask its publisher if both stand there"
)


@dataclass(frozen=True)
class Cell:
    """Where a figure stands, and what it is called there."""

    where: str
    row: int
    column: str
    label: str


def require_possible(
    cell: Cell, value: Decimal, declared: Declared, *, gas: bool = False
) -> Problem | None:
    """Return a finding where kg CO2e per declared amount are seldom so many, None where usual.

    ``gas`` says that a kilogram is one of a gas set free. Raises Unfit, with the bound and its
    reason, where nothing has so many.
    """
    per = Fraction(value) / Fraction(declared.amount)
    found = implausible(declared.unit, per, gas=gas)
    if found is None:
        return None
    message = f"{cell.label}: {found.said}"
    if found.never:
        raise Unfit(cell.column, "implausible", message, _REMEDY)
    return Problem(cell.where, cell.row, cell.column, "unusual", message, _REMEDY)
