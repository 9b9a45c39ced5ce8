"""Printed parts of a printed total: each rounded, and together exactly the total."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

K = TypeVar("K")


def apportion(parts: Mapping[K, Fraction], total: Fraction, places: int) -> dict[K, Decimal]:
    """Return the parts with ``places`` decimal places, adding to ``total`` rounded half up.

    No part moves by a unit of the last place or more: what rounding leaves goes to those that lost
    most by it (largest remainder). Raises CalculationError where the parts don't add up to
    the total, within a unit for each.
    """
    unit = Fraction(1, 10**places)
    counts = {name: part // unit for name, part in parts.items()}
    missing = Fraction(half_up(total, places)) / unit - sum(counts.values())
    if not 0 <= missing <= len(parts):
        message = f"{len(parts)} parts add to {float(sum(parts.values()))}, not {float(total)}"
        raise CalculationError(message)
    by_loss = sorted(parts, key=lambda name: parts[name] / unit - counts[name], reverse=True)
    for name in by_loss[: int(missing)]:
        counts[name] += 1
    return {name: half_up(count * unit, places) for name, count in counts.items()}
