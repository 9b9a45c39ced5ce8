"""Exact sums and means: sums of Fractions reduce at each step, these once."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal


def exact_sum(values: Iterable[Decimal | Fraction]) -> Fraction:
    """Return the sum of finite decimals and fractions, exactly."""
    numerators, denominator = _over_one_denominator(values)
    return Fraction(sum(numerators), denominator)


def exact_mean(weights: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """Return the weighted mean, exactly; 0 where all weights are zero."""
    own, _ = _over_one_denominator(weights)
    total = sum(own)
    if not total:
        return Fraction(0)
    those, denominator = _over_one_denominator(values)
    return Fraction(sum(map(mul, own, those)), total * denominator)


def _over_one_denominator(values: Iterable[Decimal | Fraction]) -> tuple[list[int], int]:
    ratios = [value.as_integer_ratio() for value in values]
    denominator = lcm(*(below for _, below in ratios))
    return [above * (denominator // below) for above, below in ratios], denominator
