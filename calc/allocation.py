"""Allocation: what a whole process took and gave off, brought to one of its products.

Shares are exact rationals that add to one, so what is allocated is what was there: nothing is lost
and nothing is counted twice. The order of methods is ISO 14044:2006 section 4.3.4.2 (ISO 14067:2018
section 6.4.6): divide the process where it can be divided, then by a physical relation, then by
an economic one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import half_up, total_places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PRECEDENCE: Final = ("subdivision", "physical", "economic")
EXACT_DIGITS: Final = 34
ROUNDED_DIGITS: Final = 15


class NotAllocable(CalculationError):
    """Outputs that a total can't be shared among."""

    code = "not_allocable"


def shares(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return each output's share of what all of them share; the shares add to exactly one.

    ``weights`` is a physical quantity of each output, or its value, all in one unit. Raises
    NotAllocable without outputs, with a negative weight, or where all are zero.
    """
    negative = [name for name, weight in weights.items() if weight < 0]
    if negative:
        message = f"output {negative[0]} has a negative weight"
        raise NotAllocable(message, remedy="what has to be paid for is waste, not a co-product")
    total = sum(weights.values(), Fraction(0))
    if not total:
        message = "the outputs have no weight to share by"
        raise NotAllocable(message, remedy="give each output an amount, or its value")
    return {name: weight / total for name, weight in weights.items()}


def per_declared_amount(
    amount: Fraction, share: Fraction, *, produced: Fraction, declared: Fraction, good: Fraction
) -> Fraction:
    """Return what of a process's ``amount`` enters the declared amount of one output.

    ``produced`` is the whole output and ``declared`` the declared amount, in one unit; ``good`` is
    the part of the output (0 to 1) that can be sold, which carries the losses.
    """
    if produced <= 0 or declared <= 0 or not 0 < good <= 1:
        message = "the output, the declared amount or the yield is not more than zero"
        raise NotAllocable(message, remedy="give the good product that the process made")
    return amount * share * declared / (produced * good)


def out_of_order(method: str, available: Mapping[str, bool]) -> str | None:
    """Return the method that comes before ``method`` and that the data allow, or None."""
    earlier = PRECEDENCE[: PRECEDENCE.index(method)] if method in PRECEDENCE else ()
    return next((name for name in earlier if available.get(name)), None)


def plain_decimal(value: Fraction) -> Decimal:
    """Return ``value`` exactly where at most 34 digits say it, else 15 digits, half up."""
    places = _finite_places(value.denominator)
    if places is not None:
        exact = half_up(value, places)
        if len(exact.as_tuple().digits) <= EXACT_DIGITS:
            return exact
    return half_up(value, max(0, total_places(value, ROUNDED_DIGITS, 0)))


def _finite_places(denominator: int) -> int | None:
    """Return the decimal places of a fraction over ``denominator``, None if they never end."""
    powers = []
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator, power = denominator // prime, power + 1
        powers.append(power)
    return max(powers) if denominator == 1 else None
