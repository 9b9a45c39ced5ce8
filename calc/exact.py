"""Exact sums and means: sums of Fractions reduce at each step, these once."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

_ZERO = Fraction(0)


def exact_sum(values: Iterable[Decimal | Fraction]) -> Fraction:
    """Return the sum of finite decimals and fractions, exactly."""
    listed = list(values)
    if len(listed) < 2:  # noqa: PLR2004 - most columns have one component or none
        only = listed[0] if listed else _ZERO
        return only if isinstance(only, Fraction) else Fraction(only)
    numerators, denominator = _over_one_denominator(listed)
    return Fraction(sum(numerators), denominator)


def exact_mean(weights: Sequence[int], values: Sequence[Fraction]) -> tuple[int, int]:
    """Return the weighted mean as numerator and denominator, not reduced; 0 without weight.

    >>> exact_mean([1, 3], [Fraction(1, 2), Fraction(1)])
    (7, 8)
    """
    total = sum(weights)
    if not total:
        return 0, 1
    above, below = 0, 1
    for weight, value in zip(weights, values, strict=True):
        numerator, denominator = value.as_integer_ratio()
        if denominator != below:
            common = lcm(below, denominator)
            above *= common // below
            numerator *= common // denominator
            below = common
        above += weight * numerator
    return above, total * below


def _over_one_denominator(values: Iterable[Decimal | Fraction]) -> tuple[list[int], int]:
    ratios = [value.as_integer_ratio() for value in values]
    denominator = lcm(*(below for _, below in ratios))
    return [above * (denominator // below) for above, below in ratios], denominator
