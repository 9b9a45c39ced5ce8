"""A graph of footprints and the passes over it.

Footprint: ``y_j = d_j + Σ a_ij · y_i`` (design: composition). One pass in order gives all y; the
same pass over the transpose in reverse gives how much of every node one product takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph.arrays import MOST, starts_of
from rootprint.calc.graph.errors import NoPath, NotEarlier, NotFinite, UnknownId, named
from rootprint.calc.graph.ordered import Ordered, turn
from rootprint.calc.graph.reach import reached, restricted
from rootprint.calc.graph.tiles import block_end, tiled, worth_tiling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.calc.graph.arrays import Floats, Integers, Positions
    from rootprint.calc.graph.given import Given
    from rootprint.calc.graph.numbering import Names


@dataclass(frozen=True, eq=False)
class Graph:
    """``nodes`` footprints, numbered as their ids were given, and the pass over them.

    Made by ``Edges`` or ``Graph.of``. ``slot`` and ``place`` (None: the node's own number) say
    where a node's own value comes in and where its total is read; ``cycles`` has the nodes of
    each strongly connected component with more than one node or citing itself. Unless rows hold
    the edges ``as_given``, ``given`` says which is which, if the graph was built for sampling.
    """

    nodes: int
    rows: Ordered
    slot: Positions | None = None
    place: Positions | None = None
    cycles: tuple[Positions, ...] = ()
    names: Names | None = None
    given: Given | None = field(default=None, repr=False)
    as_given: bool = True

    @classmethod
    def of(cls, nodes: int, edges: Sequence[tuple[int, int, float]]) -> Graph:
        """Build from (citing, cited, scale), nodes numbered in log order.

        Raises NotEarlier for an edge that does not point to an earlier node, so there are never
        cycles among signed statements; NotFinite, UnknownId for numbers that can't be.
        """
        if not 0 < nodes <= MOST or len(edges) > MOST:
            raise CalculationError(f"a graph has 1 to {MOST:,} nodes and edges")
        ordered = sorted(edges)
        citing = np.array([edge[0] for edge in ordered], dtype=np.int64)
        cited = np.array([edge[1] for edge in ordered], dtype=np.int64)
        scale = np.array([edge[2] for edge in ordered], dtype=np.float64)
        if not (cited < citing).all():
            message = "an input is not earlier than the footprint that cites it"
            raise NotEarlier(message)
        if ordered and (cited.min() < 0 or citing.max() >= nodes):
            raise UnknownId(f"edges name nodes beyond the {nodes:,} given")
        if not np.isfinite(scale).all():
            raise NotFinite("an input's scale is not a finite number")
        rows = Ordered(starts_of(nodes, citing), cited.astype(np.int32), scale)
        return cls(nodes, rows, as_given=ordered == list(edges))

    def footprints(self, own: Floats) -> Floats:
        """Return every node's footprint from ``own`` values per declared unit, one pass.

        ``own`` is (nodes) or (nodes, k): k right-hand sides at once (components, shares × value,
        quality × value), and so is the result, in kg CO2e where own is. NotFinite names nodes.
        """
        given = self.checked(own)
        values = self.to_slots(given)
        self.rows.run(values)
        self.check(values)
        return self.from_places(values)

    def takes(self, product: int) -> Floats:
        """Return for each node how many of its declared units one of ``product`` takes.

        Itself counts with 1, or more in a cycle. Only what the product rests on is looked at
        where that is little.
        """
        place = self.place_of(product)
        amounts = np.zeros(len(self.rows))
        below = reached(self.rows, place)
        if below is None:
            self._backward(amounts, place)
        else:
            part, members = restricted(self.rows, below)
            some = np.zeros(len(part))
            some[len(part) - 1 - np.searchsorted(members, place)] = 1.0
            part.reversed().run(some)
            amounts[members] = some[::-1]
        self.check(amounts)
        return amounts if self.slot is None else amounts[self.slot]

    def footprint(self, product: int, own: Floats) -> float:
        """Return one node's footprint from scratch: what it rests on and nothing else."""
        place = self.place_of(product)
        values = self.to_slots(self.checked(own))
        below = reached(self.rows, place)
        if below is None:
            self.rows.run(values, 0, self._end(place))
            found = values[place]
        else:
            part, members = restricted(self.rows, below)
            some = values[members]
            part.run(some)
            found = some[np.searchsorted(members, place)]
        if not np.isfinite(found):
            raise NotFinite(f"the footprint of {self.name(product)} is no finite number")
        return float(found)

    def contributions(self, product: int, own: Floats) -> Floats:
        """Return each node's part in the footprint of ``product``; they sum to it."""
        parts = self.takes(product)
        parts *= self.checked(own)
        return parts

    def taken(self, product: int, node: int) -> float:
        """Return how much of ``node`` a unit of ``product`` takes; NoPath if none leads there."""
        self.place_of(node)
        amount = float(self.takes(product)[node])
        if amount == 0:
            message = f"{self.name(product)} takes nothing of {self.name(node)}"
            raise NoPath(message)
        return amount

    def for_many_passes(self) -> Graph:
        """Return the same graph with 16 more bytes an edge, if that makes its passes quicker."""
        if self.rows.tiles is not None or not worth_tiling(self.rows):
            return self
        return replace(self, rows=replace(self.rows, tiles=tiled(self.rows)))

    @cached_property
    def consumers(self) -> Ordered:
        """The transpose in reverse order; made on first use, 12 bytes an edge."""
        return self.rows.reversed()

    def name(self, node: int) -> str:
        """Return a node's id, or its number where ids were not given."""
        return str(node) if self.names is None else self.names.name(node)

    def number(self, name: object) -> int:
        """Return the number of the node with this id."""
        if self.names is None:
            raise UnknownId("this graph was made of numbers and has no ids")
        return self.names.number(name)

    def slot_of(self, node: int) -> int:
        """Return the row where a node's own value comes in."""
        self.place_of(node)
        return node if self.slot is None else int(self.slot[node])

    def place_of(self, node: int) -> int:
        """Return the row where a node's total is read; UnknownId for a number that is none."""
        if not 0 <= node < self.nodes:
            raise UnknownId(f"there is no node {node} among {self.nodes:,}")
        return node if self.place is None else int(self.place[node])

    def _backward(self, amounts: Floats, place: int) -> None:
        """Fill ``amounts`` by rows from ``place`` down; it is zeros, of all rows."""
        if self.rows.tiles is not None:
            amounts[place] = 1.0
            self.rows.tiles.back(amounts, int(self.rows.starts[block_end(self.rows, place)]))
            return
        first = len(self.rows) - 1 - place
        for block in self.rows.blocks:
            if block.first <= place < block.last:
                first = len(self.rows) - block.last
        amounts[len(self.rows) - 1 - place] = 1.0
        self.consumers.run(amounts, first)
        turn(amounts)

    def _end(self, place: int) -> int:
        ends = [b.last for b in self.rows.blocks if b.first <= place < b.last]
        return ends[0] if ends else place + 1

    def checked(self, own: Floats) -> Floats:
        """Return own values if they are one finite row a node; else NotFinite names nodes."""
        given = np.asarray(own, dtype=np.float64)
        if given.ndim not in {1, 2} or len(given) != self.nodes or not given.size:
            raise CalculationError(f"{self.nodes:,} nodes, but own values of shape {given.shape}")
        if (wrong := _not_finite(given)).size:
            message = f"own values of {self._named(wrong)} are not finite numbers"
            raise NotFinite(message)
        return given

    def to_slots(self, own: Floats) -> Floats:
        """Return own values as rows of the pass take them, in an array of their own."""
        if self.slot is None:
            return np.array(own, dtype=np.float64, order="C")
        values = np.zeros((len(self.rows), *own.shape[1:]))
        values[self.slot] = own
        return values

    def from_places(self, values: Floats) -> Floats:
        """Return the nodes' totals out of the pass's rows."""
        return values if self.place is None else values[self.place]

    def check(self, values: Floats) -> None:
        """Raise NotFinite, naming nodes, if a pass has come to NaN or infinity."""
        if not (wrong := _not_finite(values)).size:
            return
        where = np.arange(self.nodes) if self.place is None else self.place
        nodes = np.flatnonzero(np.isin(where, wrong))
        message = f"footprints of {self._named(nodes)} are beyond what a double holds"
        raise NotFinite(message)

    def _named(self, nodes: Positions | Integers) -> str:
        return named([self.name(int(node)) for node in nodes[:10]], count=len(nodes))


def _not_finite(values: Floats) -> Positions:
    """Return the rows with NaN or infinity; their sum, which is quick, nearly always says none."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(values.sum()):
            return np.empty(0, dtype=np.int32)
    fine = np.isfinite(values).reshape(len(values), -1).all(axis=1)
    return np.flatnonzero(~fine).astype(np.int32)
