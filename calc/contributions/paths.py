"""From a product along paths to where its contributions end, the largest first.

The unit footprints are known, so the weight of everything below a path is known before it is
walked: a path is looked into only if something below it may be among the largest. What is not
shown is summed as the rest, at every row, and shown + rest is the total.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rootprint.calc.contributions.model import double
from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.calc.contributions.model import Composition

# Who asks may count in shares or in percent: the command line does the latter.
_PARTS = "give each from nothing (0) to the whole (1, or 100 percent), and at least one node"
N = TypeVar("N", Fraction, float)


@dataclass(frozen=True)
class Limits:
    """When to stop: at ``until`` of Σ |contribution|, below ``cut_off`` of it, at ``nodes`` rows.

    Both are shares, 0 to 1. A row below the cut-off goes into the rest with all that is below it.
    """

    until: float = 1.0
    cut_off: float = 0.0
    nodes: int = 50

    def __post_init__(self) -> None:
        if not (0 <= self.until <= 1 and 0 <= self.cut_off <= 1 and self.nodes >= 1):
            message = "until or cut-off is no part of the whole, or no node is to be shown"
            raise CalculationError(message, remedy=_PARTS)


@dataclass(frozen=True)
class Rest(Generic[N]):
    """What a row has beside its children: kg CO2e, Σ |contribution|, number of contributions."""

    value: N
    gross: float
    ends: int


@dataclass(eq=False)
class Row(Generic[N]):
    """One place in the tree: ``value`` kg CO2e of the product pass through here.

    ``unit`` is None for an own part of the row above, whose ``tier`` it has. ``value`` is its
    children's and its rest's sum, unless the row is an end. ``gross`` is Σ |contribution| below.
    """

    unit: int | None
    label: Any
    amount: N
    value: N
    gross: float
    ends: int
    is_end: bool
    tier: int
    children: list[Row[N]] = field(default_factory=list)
    rest: Rest[N] | None = None

    def rows(self) -> Iterator[Row[N]]:
        """Yield this row and all below, each before its children."""
        waiting = [self]
        while waiting:
            row = waiting.pop()
            yield row
            waiting.extend(reversed(row.children))


@dataclass(frozen=True)
class Traversal(Generic[N]):
    """The tree, and what of the total its ends show. ``shown`` + ``rest`` is the total.

    ``covered`` is the shown part of Σ |contribution|, None where nothing contributes.
    """

    root: Row[N]
    shown: N
    rest: N
    shown_ends: int
    ends: int
    covered: float | None


def traverse(composition: Composition[N], product: int, limits: Limits) -> Traversal[N]:
    """Return the tree of ``product`` within ``limits``; its ends are the largest there are.

    Cost: rows shown × their parts. NotFinite for weights that no double holds.
    """
    unit = composition[product]
    gross = float(composition.gross[product])
    root = Row(
        product, None, unit.total * 0 + 1, unit.total, gross, composition.ends[product],
        unit.is_end, 0,
    )  # fmt: skip
    turn = count()  # equal weights come in line order
    heap: list[tuple[float, int, Row[N], Row[N] | None]] = [(-gross, next(turn), root, None)]
    opened: list[tuple[Row[N], list[Row[N]]]] = []
    rows, covered = 0, 0.0
    while heap and rows < limits.nodes and (not rows or covered < limits.until * gross):
        _, _, row, parent = heapq.heappop(heap)
        rows += 1
        if parent is not None:
            parent.children.append(row)
        if row.is_end:
            covered += row.gross
            continue
        below = list(_below(composition, row))
        opened.append((row, below))
        for part in below:
            if part.ends and part.gross and part.gross >= limits.cut_off * gross:
                heapq.heappush(heap, (-part.gross, next(turn), part, row))
    for row, below in opened:
        shown = {id(child) for child in row.children}
        row.rest = _rest([part for part in below if id(part) not in shown], unit.total * 0)
    return _concluded(root, covered / gross if gross else None)


def _below(composition: Composition[N], row: Row[N]) -> Iterator[Row[N]]:
    if row.unit is None:
        return
    unit, amount = composition[row.unit], row.amount
    for own in unit.own:
        value = amount * own.value
        yield Row(
            None, own.label, amount, value, abs(double(value)), int(own.counts), tier=row.tier,
            is_end=True,
        )  # fmt: skip
    for part in unit.inputs:
        cited, takes = composition[part.cited], amount * part.scale
        weight = double(takes) * float(composition.gross[part.cited])
        yield Row(
            part.cited, part.label, takes, takes * cited.total, weight,
            composition.ends[part.cited], cited.is_end, row.tier + 1,
        )  # fmt: skip


def _rest(parts: list[Row[N]], zero: N) -> Rest[N]:
    value = zero
    for part in parts:
        value += part.value
    return Rest(value, sum(part.gross for part in parts), sum(part.ends for part in parts))


def _concluded(root: Row[N], covered: float | None) -> Traversal[N]:
    shown, rest = root.value * 0, root.value * 0
    shown_ends = 0
    for row in root.rows():
        if row.is_end:
            shown += row.value
            shown_ends += 1
        elif row.rest is not None:
            rest += row.rest.value
    return Traversal(root, shown, rest, shown_ends, root.ends, covered)
