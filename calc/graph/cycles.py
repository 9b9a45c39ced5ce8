"""Cycles inside the pass: small ones unfolded into explicit rows, large ones as blocks to solve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.graph.arrays import Growing, ranges
from rootprint.calc.graph.blocks import Cycle, solver
from rootprint.calc.graph.errors import NAMED, NotProductive, named
from rootprint.calc.graph.given import Given, Solvable
from rootprint.calc.graph.kernels import by_row
from rootprint.calc.graph.order import UNFOLDED
from rootprint.calc.graph.ordered import Block, Ordered
from rootprint.calc.graph.unfolded import BadCycle, Unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rootprint.calc.graph.arrays import Floats, Integers, Positions
    from rootprint.calc.graph.order import Order
    from rootprint.calc.graph.ordered import Solver

    AnyInteger = Integers | Positions

_ROWS = 2**14  # at once: what is made on the way stays small


def cycles(order: Order) -> tuple[Positions, ...]:
    """Return each cycle's nodes, inputs first."""
    begins, sizes = order.first[order.cyclic].tolist(), order.sizes[order.cyclic].tolist()
    nodes = order.node_at()
    return tuple(nodes[b : b + size].copy() for b, size in zip(begins, sizes, strict=True))


def rows(
    order: Order, edges: tuple[Positions, Positions, Floats], given: Positions | None = None
) -> tuple[Ordered, Given | None]:
    """Return the pass over all rows, and with ``given`` numbers where those edges went.

    ``edges`` are by node (starts, cited, scale). BadCycle says which cycle has no footprint.
    """
    sorting = _Sorting(order, edges, given)
    for first in range(0, order.total, _ROWS):
        sorting.take(slice(first, min(first + _ROWS, order.total)))
    return sorting.sorted()


def solved(cycle: Cycle, first: int) -> Solver:
    """Return what solves the cycle whose first row is ``first``, or raise BadCycle."""
    try:
        return solver(cycle)
    except NotProductive as error:
        raise BadCycle(first, str(error)) from error


def refused(
    bad: BadCycle, cycles: Sequence[Positions], slot: Positions, name: Callable[[int], str],
    what: str = "",
) -> NotProductive:  # fmt: skip
    """Return the error that names the first few nodes of a bad cycle, or of ``what`` of it."""
    members = next(nodes for nodes in cycles if slot[nodes[0]] == bad.first)
    shown = named([name(node) for node in sorted(members.tolist())[:NAMED]], count=len(members))
    message = f"{what}the cycle of {shown} has no footprint: {bad}"
    remedy = "check amounts and units: it takes as much of itself as it makes"
    return NotProductive(message, remedy=remedy)


class _Edges:
    """Edges by row, growing row by row, with their numbers as given where these are known."""

    def __init__(self, total: int, scale: Floats, given: Positions | None) -> None:
        self._all, self._given = scale, given
        self.starts = np.zeros(total + 1, dtype=np.int32)
        self.cited, self.scale = Growing(np.int32, len(scale)), Growing(np.float64, len(scale))
        self.numbers = Growing(np.int32, 0 if given is None else len(scale))

    def extend(
        self, rows: slice, row: Integers, cited: Positions, number: Integers | Positions
    ) -> None:
        """Add these rows' edges; ``number`` is -1 where a weight comes later."""
        counts = np.bincount(row, minlength=rows.stop - rows.start)
        self.starts[rows.start + 1 : rows.stop + 1] = counts
        self.cited.extend(cited)
        self.scale.extend(self._all[number])
        if self._given is not None:
            self.numbers.extend(np.where(number < 0, np.int32(-1), self._given[number]))

    def taken(self) -> tuple[Positions, Positions, Floats, Positions]:
        """Return starts, cited, scale and numbers."""
        np.cumsum(self.starts, dtype=np.int32, out=self.starts)
        return self.starts, self.cited.taken(), self.scale.taken(), self.numbers.taken()


class _Sorting:
    """Sorts edges by row: those between components, those in small cycles, those in large ones."""

    def __init__(
        self, order: Order, edges: tuple[Positions, Positions, Floats], given: Positions | None
    ) -> None:
        self._order, self._node = order, order.node_at()
        self._starts, self._cited, scale = edges
        self._first, self._sizes = order.unfolded()
        self._sampling = given is not None
        self._large, self._between, self._small = (
            _Edges(order.total, scale, given) for _ in range(3)
        )

    def take(self, rows: slice) -> None:
        """Take the edges of these rows."""
        node, order = self._node[rows], self._order
        slots = np.flatnonzero(node >= 0)
        nodes = node[slots]
        begins = self._starts[nodes]
        counts = self._starts[nodes + 1] - begins
        number, row = ranges(begins, counts), np.repeat(slots, counts)
        cited = self._cited[number]
        component = np.repeat(order.component[nodes], counts)
        inside = order.component[cited] == component
        large = inside & (order.sizes[component] > UNFOLDED)
        for into, which in ((self._small, inside & ~large), (self._large, large)):
            into.extend(rows, row[which], order.slot[cited[which]], number[which])
        between = ~inside
        found = row[between], order.place[cited[between]], number[between]
        made = np.flatnonzero(node < 0)
        self._between.extend(rows, *(self._with_places(rows, made, found) if made.size else found))

    def _with_places(
        self, rows: slice, made: Integers, found: tuple[Integers, Positions, AnyInteger]
    ) -> tuple[Integers, Positions, AnyInteger]:
        """Add what places cite: all slots of their cycle, with weights that come later."""
        cycle = np.searchsorted(self._first, made + rows.start, side="right") - 1
        first, sizes = self._first[cycle], self._sizes[cycle]
        cited = np.concatenate([found[1], ranges(first, sizes).astype(np.int32)])
        row = np.concatenate([found[0], np.repeat(made, sizes)]).astype(np.int32)
        number = np.full(len(row), -1, dtype=np.int32)
        number[: len(found[2])] = found[2]
        starts, cited, number = by_row(rows.stop - rows.start, row, cited, number)
        return np.repeat(np.arange(len(starts) - 1), np.diff(starts)), cited, number

    def sorted(self) -> tuple[Ordered, Given | None]:
        """Return the pass, with its cycles solved, and where the edges given went."""
        starts, cited, scale, numbers = self._between.taken()
        unfolded, found = self._unfolded(), tuple(self._cycles())
        for rows in unfolded.chunks(self._order.total, _ROWS):
            edges = slice(starts[rows.start], starts[rows.stop])
            inner = unfolded.scale[unfolded.edges(rows)]
            unfolded.fill(rows, inner[None], starts[rows.start : rows.stop + 1], scale[None, edges])
        blocks = tuple(Block(one.first, one.last, solved(one.cycle, one.first)) for one in found)
        given = Given(numbers, unfolded, found) if self._sampling else None
        return Ordered(starts, cited, scale, blocks), given

    def _unfolded(self) -> Unfolded:
        starts, cited, scale, numbers = self._small.taken()
        citing = np.searchsorted(starts, np.arange(len(cited)), side="right").astype(np.int32) - 1
        return Unfolded(self._first, self._sizes, citing, cited, scale, numbers)

    def _cycles(self) -> Iterator[Solvable]:
        starts, cited, scale, numbers = self._large.taken()
        for component in np.flatnonzero(self._order.sizes > UNFOLDED):
            first = int(self._order.first[component])
            last = first + int(self._order.sizes[component])
            edges = slice(starts[first], starts[last])
            inner = cited[edges]
            inner -= np.int32(first)
            cycle = Cycle.of(starts[first : last + 1] - starts[first], inner, scale[edges])
            yield Solvable(first, last, cycle, numbers[edges])
