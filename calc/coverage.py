"""Coverage: what share of a footprint rests on what, as percentages that add to 100.

Weights are |contribution| to the total; removals weigh by their absolute value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.rounding import decimal_text, half_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PLACES = 2
# Weights come out of doubles. A percentage is rounded here first, so that a share which is an even
# half of a hundredth is one for everybody, whatever noise is in its last bits.
GRID_PLACES = 9


def partition(weights: Mapping[str, float]) -> dict[str, str] | None:
    """Return each part's percentage with two decimal places, adding to exactly 100.00.

    What rounding leaves goes to the parts that lost most by it (largest remainder), by name where
    two lost the same. A part that is there is never printed as 0.00: it has 0.01, which the largest
    gives. None where nothing contributes: a zero total has no coverage.

    >>> partition({"recomputed": 100000.0, "unsigned": 1.0})
    {'recomputed': '99.99', 'unsigned': '0.01'}
    """
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    total = sum(exact.values(), Fraction(0))
    if not total:
        return None
    unit = Fraction(1, 10**PLACES)
    shares = {name: Fraction(percent(weight, total)) for name, weight in exact.items()}
    floors = {name: share // unit * unit for name, share in shares.items()}
    missing = int((100 - sum(floors.values(), Fraction(0))) / unit)
    by_loss = sorted(shares, key=lambda name: (floors[name] - shares[name], name))
    for name in by_loss[:missing]:
        floors[name] += unit
    for name in sorted(name for name in shares if shares[name] and not floors[name]):
        floors[max(floors, key=lambda one: (floors[one], one))] -= unit
        floors[name] = unit
    return {name: decimal_text(half_up(share, PLACES)) for name, share in floors.items()}


def percent(part: float | Fraction, whole: float | Fraction) -> Decimal:
    """Return what percentage ``part`` is of ``whole``, half up to GRID_PLACES decimal places."""
    return half_up(100 * Fraction(part) / Fraction(whole), GRID_PLACES)
