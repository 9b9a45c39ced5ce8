"""Where the edges went that were given: kept for those who draw other weights for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Positions
    from rootprint.calc.graph.blocks import Cycle
    from rootprint.calc.graph.unfolded import Unfolded


@dataclass(frozen=True, eq=False)
class Solvable:
    """A large cycle in rows first … last-1, and the numbers of its edges as they were given."""

    first: int
    last: int
    cycle: Cycle
    given: Positions


@dataclass(frozen=True, eq=False)
class Given:
    """The number of each edge of the rows as it was given, -1 where it is made; and cycles."""

    rows: Positions
    unfolded: Unfolded | None = None
    blocks: tuple[Solvable, ...] = ()
