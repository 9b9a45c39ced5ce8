"""A composed graph, and what changes downstream when one supplier's value does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.graph.errors import NotFinite
from rootprint.calc.graph.reach import reached, restricted

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Floats, Positions
    from rootprint.calc.graph.passes import Graph


@dataclass(frozen=True)
class Change:
    """The nodes whose footprint changes, ascending, with it before and after."""

    nodes: Positions
    before: Floats
    after: Floats


class Composed:
    """Every footprint of a graph for one column of own values, kept for what is asked next."""

    def __init__(self, graph: Graph, own: Floats) -> None:
        self.graph = graph
        # Tiles add in another order, which differs in the last bit from what is redone later.
        self._rows = replace(graph.rows, tiles=None)
        self._own = graph.to_slots(graph.checked(own))
        self._values = self._own.copy()
        self._rows.run(self._values)
        graph.check(self._values)

    @property
    def footprints(self) -> Floats:
        """Every node's footprint."""
        return self.graph.from_places(self._values)

    def footprint(self, node: int) -> float:
        """Return one node's footprint, which is known already."""
        return float(self._values[self.graph.place_of(node)])

    def what_changes(self, node: int, delta: float) -> Change:
        """Return what changes if ``node``'s own value changes by ``delta``; nothing is stored.

        Exactly, to the last bit, what a full pass gives, for the same sums are made again. Only
        what rests on the node is looked at where that is little. NotFinite as in a pass.
        """
        slot = self.graph.slot_of(node)
        own = float(self._own[slot]) + delta
        if not np.isfinite(own):
            raise NotFinite(f"the own value of {self.graph.name(node)} would be no finite number")
        last = len(self._rows) - 1
        above = reached(self.graph.consumers, last - slot)
        positions, after = (
            self._redone(slot, own) if above is None else self._some(last - above[::-1], slot, own)
        )
        self.graph.check(after)
        before = self._values[positions]
        moved = (after != before) & (self._node_at[positions] >= 0)
        nodes = self._node_at[positions[moved]]
        order = np.argsort(nodes)
        return Change(nodes[order], before[moved][order], after[moved][order])

    def _some(self, rows: Positions, slot: int, own: float) -> tuple[Positions, Floats]:
        part, members = restricted(self._rows, rows)
        values = self._values[members]
        where = np.searchsorted(members, rows)
        values[where] = self._own[rows]
        values[np.searchsorted(members, slot)] = own
        part.run(values)
        return rows, values[where]

    def _redone(self, slot: int, own: float) -> tuple[Positions, Floats]:
        inside = [b.first for b in self._rows.blocks if b.first <= slot < b.last]
        first = inside[0] if inside else slot
        values = self._values.copy()
        values[first:] = self._own[first:]
        values[slot] = own
        self._rows.run(values, first)
        return np.arange(first, len(values), dtype=np.int32), values[first:]

    @cached_property
    def _node_at(self) -> Positions:
        """Which node's total a row holds; -1 where it only gathers what comes into a cycle."""
        nodes = np.arange(self.graph.nodes, dtype=np.int32)
        if self.graph.place is None:
            return nodes
        found = np.full(len(self._rows), -1, dtype=np.int32)
        found[self.graph.place] = nodes
        return found
