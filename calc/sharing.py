"""How the outputs of a process share it: a table of rows, and what of an activity each row takes.

ISO 14044:2006 section 4.3.4.2: the inputs and outputs shared out are equal to what was there before
sharing. So shares are signed as percent with twelve decimals that add to exactly 100, and whoever
reads a table can form them again from the weights (law 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.allocation import NotAllocable, per_declared_amount, plain_decimal, shares
from rootprint.calc.rounding import half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

PERCENT_PLACES: Final = 12
WHOLE: Final = 100
SHARING: Final = ("physical", "economic")
WASTE: Final = "waste"
SUBDIVISION: Final = "subdivision"
SUBSTITUTION: Final = "substitution"
_UNITS: Final = WHOLE * 10**PERCENT_PLACES


@dataclass(frozen=True)
class Row:
    """One output: how it takes part in the process, its weight in ``unit``, its share in percent.

    ``amount`` × ``amount_unit`` is what the period made, of which the part ``good`` (0 to 1) can be
    sold.
    """

    method: str
    weight: Fraction
    unit: str
    share: Fraction
    amount: Fraction
    amount_unit: str
    good: Fraction = Fraction(1)

    @property
    def shares(self) -> bool:
        """Whether it takes a share of what serves no output alone."""
        return self.method in SHARING


def percent_shares(weights: Sequence[Fraction]) -> list[Decimal]:
    """Return each weight's share of their sum in percent, twelve decimals, adding to exactly 100.

    By largest remainder: each exact share is cut to twelve decimals, and the units of the last
    decimal that are missing go one each to the largest remainders, of equal ones to the first.
    Raises NotAllocable as ``calc.allocation.shares``, and where a weight that is not zero has a
    share that is.
    """
    exact = list(shares({str(n): weight for n, weight in enumerate(weights)}).values())
    units = [int(share * _UNITS) for share in exact]
    rest = [share * _UNITS - unit for share, unit in zip(exact, units, strict=True)]
    missing = _UNITS - sum(units)
    for number in sorted(range(len(rest)), key=lambda n: (-rest[n], n))[:missing]:
        units[number] += 1
    for number, (unit, weight) in enumerate(zip(units, weights, strict=True)):
        if weight and not unit:
            message = f"output {number + 1} has a weight, and a share of 0.000000000000 %"
            remedy = "say that it is waste, or divide the process: nothing of it would be carried"
            raise NotAllocable(message, remedy=remedy)
    return [half_up(Fraction(unit, 10**PERCENT_PLACES), PERCENT_PLACES) for unit in units]


def why_not_shared(rows: Mapping[int, Row], *, whole: bool) -> str | None:
    """Return why a table's rows contradict each other, None where they don't.

    ``rows`` are those that are open, by index; only with all of them (``whole``) are the shares
    formed again from the weights.
    """
    for index, row in rows.items():
        if not row.shares and row.share:
            return f"row {index} is {row.method} and has a share"
        if row.method == WASTE and row.weight:
            return f"row {index} is waste and has a weight"
    sharing = {index: row for index, row in rows.items() if row.shares}
    methods = {row.method for row in sharing.values()}
    if len(methods) > 1:
        return f"its rows share by {' and '.join(sorted(methods))}: a process has one method"
    if len({row.unit for row in sharing.values()}) > 1:
        return "its rows have weights in more than one unit"
    if not whole or not sharing:
        return None
    try:
        found = percent_shares([row.weight for row in sharing.values()])
    except NotAllocable as error:
        return str(error.args[0])
    for (index, row), share in zip(sharing.items(), found, strict=True):
        if row.share != Fraction(share):
            return f"the share of row {index} is not its weight over the sum of weights"
    return None


def taken(
    amount: Fraction, share: Fraction, row: Row, *, per_unit: Fraction, declared: Fraction
) -> Decimal:
    """Return what of an activity's ``amount`` enters the declared amount of a row's product.

    ``share`` in percent; ``per_unit`` is how many declared units one unit of the row's amount is,
    ``declared`` the declared amount. Exact where at most 34 digits say it, else 15 digits. Raises
    NotAllocable.
    """
    return plain_decimal(
        per_declared_amount(
            amount,
            share / WHOLE,
            produced=row.amount * per_unit,
            declared=declared,
            good=row.good,
        )
    )
