"""Contributions added up by what the caller names: organisation, country, component, tier.

In doubles, over all paths at once: how much of each unit the product takes, times what ends there.
Every grouping sums to the product's total.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from rootprint.calc.contributions.model import double
from rootprint.calc.graph.errors import NotFinite

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from rootprint.calc.contributions.model import Composition, Own, Unit
    from rootprint.calc.graph import Floats

N = TypeVar("N", Fraction, float)
DEEPEST: Final = 64  # tiers kept apart: more come from an attack, and each costs a pass


@dataclass
class Group:
    """``value`` in kg CO2e, removals negative; ``gross`` is Σ |contribution|."""

    value: float = 0.0
    gross: float = 0.0

    def add(self, value: float) -> None:
        """Add one contribution."""
        self.value += value
        self.gross += abs(value)


def grouped(
    composition: Composition[N],
    product: int,
    split: Callable[[int, Own[N]], Iterable[tuple[Hashable, float]]],
) -> dict[Any, Group]:
    """Return the product's contributions by group.

    ``split(unit, own)`` gives (group, value) pairs that sum to ``own.value``. Raises NotFinite
    where no double holds a sum.
    """
    groups: dict[Hashable, Group] = {}
    takes = composition.graph.takes(product)
    for number, unit in enumerate(composition.units):
        amount = float(takes[number])
        if not amount:
            continue
        for own in unit.own:
            for name, value in split(number, own):
                groups.setdefault(name, Group()).add(amount * value)
    return _finite(groups)


def tiers(composition: Composition[N], product: int) -> dict[int | None, Group]:
    """Return contributions by the tier where they end: 0 the product's own, 1 its suppliers'.

    A unit reached by short and long ways counts in each. What lies deeper than DEEPEST counts
    there; parts that don't count (rounding) stand under None.
    """
    citing, cited, scale = composition.edges
    own = np.array([_ends(unit) for unit in composition.units])
    whole = np.array([[double(unit.total) for unit in composition.units], composition.gross]).T
    groups: dict[int | None, Group] = {None: Group()}
    level = np.zeros(len(own))
    level[product] = 1.0
    with np.errstate(over="ignore", invalid="ignore"):  # asked for at the end
        for tier in range(DEEPEST + 1):
            if tier == DEEPEST:
                groups[tier] = Group(*_weighed(level, whole))
                break
            found = _weighed(level, own)
            groups[tier] = Group(*found[:2])
            groups[None].value += found[2]
            groups[None].gross += found[3]
            below = np.zeros(len(own))
            np.add.at(below, cited, scale * level[citing])
            level = below
            if not level.any():
                break
    return _finite(groups)


def _ends(unit: Unit[N]) -> tuple[float, float, float, float]:
    """Return (value, gross) of what counts and of what doesn't."""
    counting, rounding = Group(), Group()
    for own in unit.own:
        (counting if own.counts else rounding).add(double(own.value))
    return counting.value, counting.gross, rounding.value, rounding.gross


def _weighed(amounts: Floats, columns: Floats) -> list[float]:
    """Return Σ amount × value of columns that come in pairs of (value, gross)."""
    sums = [amounts @ columns[:, 0::2], amounts @ columns[:, 1::2]]
    return [float(value) for pair in zip(*sums, strict=True) for value in pair]


K = TypeVar("K")


def _finite(groups: dict[K, Group]) -> dict[K, Group]:
    if not all(isfinite(group.gross) for group in groups.values()):
        message = "the contributions are beyond what a double holds"
        raise NotFinite(message)
    return groups
