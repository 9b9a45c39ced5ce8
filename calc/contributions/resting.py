"""What share of a product rests on something that is said of a unit, a part or an input.

Weights are |contribution|. Along one path a thing counts once, however often it is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from rootprint.calc.contributions.model import double

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.calc.contributions.model import Composition

N = TypeVar("N", Fraction, float)


@dataclass(frozen=True)
class Flags:
    """Of which units, own parts (unit, place) and inputs (unit, place) something is said."""

    units: set[int] = field(default_factory=set)
    own: set[tuple[int, int]] = field(default_factory=set)
    inputs: set[tuple[int, int]] = field(default_factory=set)


def resting_on(composition: Composition[N], product: int, flags: Flags) -> float:
    """Return the Σ |contribution| of ``product`` below anything flagged, each contribution once."""
    amounts = {product: 1.0}
    found = 0.0
    for number in range(product, -1, -1):
        amount = amounts.pop(number, 0.0)
        if not amount:
            continue
        unit = composition[number]
        if number in flags.units:
            found += amount * float(composition.gross[number])
            continue
        for place, own in enumerate(unit.own):
            if (number, place) in flags.own:
                found += amount * abs(double(own.value))
        for place, part in enumerate(unit.inputs):
            takes = amount * double(part.scale)
            if (number, place) in flags.inputs:
                found += takes * float(composition.gross[part.cited])
            else:
                amounts[part.cited] = amounts.get(part.cited, 0.0) + takes
    return found


def by_highest_rank(
    composition: Composition[N], product: int, ranks: Sequence[int]
) -> dict[int, float]:
    """Return Σ |contribution| by the highest rank on its path; rank 0 is nothing said.

    ``ranks`` has one for each unit. Ranks under one another count once, as the highest of them.
    """
    amounts: dict[int, dict[int, float]] = {product: {ranks[product]: 1.0}}
    found: dict[int, float] = {}
    for number in range(product, -1, -1):
        unit = composition[number]
        own = sum(abs(double(part.value)) for part in unit.own)
        for rank, amount in amounts.pop(number, {}).items():
            found[rank] = found.get(rank, 0.0) + amount * own
            for part in unit.inputs:
                reached = max(rank, ranks[part.cited])
                below = amounts.setdefault(part.cited, {})
                below[reached] = below.get(reached, 0.0) + amount * double(part.scale)
    return found
