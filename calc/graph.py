"""Contributions over a graph of footprints, as float64 arrays: analysis, never what is signed.

Node order is the log's, in which every input stands before what cites it; so one pass backward
gives how much of every footprint the last one takes, and one pass forward gives every footprint.
Cost: one multiply-add an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """Edges as three parallel arrays: ``citing[e]`` takes ``scale[e]`` × footprint ``cited[e]``."""

    nodes: int
    citing: Integers
    cited: Integers
    scale: Floats

    @classmethod
    def of(cls, nodes: int, edges: Sequence[tuple[int, int, float]]) -> Graph:
        """Build from (citing, cited, scale), nodes numbered in log order.

        Raises CalculationError for an edge that does not point to an earlier node.
        """
        ordered = sorted(edges)
        citing = np.array([edge[0] for edge in ordered], dtype=np.int64)
        cited = np.array([edge[1] for edge in ordered], dtype=np.int64)
        if not (cited < citing).all():
            message = "an input is not earlier than the footprint that cites it"
            raise CalculationError(message)
        return cls(nodes, citing, cited, np.array([edge[2] for edge in ordered], dtype=np.float64))

    def _edges_of(self, node: int) -> slice:
        begin, end = np.searchsorted(self.citing, [node, node + 1])
        return slice(int(begin), int(end))

    def takes(self, product: int) -> Floats:
        """Return for each node how many of its declared amounts ``product`` takes, itself 1."""
        amounts = np.zeros(self.nodes)
        amounts[product] = 1.0
        for node in range(product, -1, -1):
            edges = self._edges_of(node)
            if amounts[node]:
                np.add.at(amounts, self.cited[edges], amounts[node] * self.scale[edges])
        return amounts

    def footprints(self, own: Floats) -> Floats:
        """Return every node's footprint from its ``own`` emissions (kg CO2e), one forward pass."""
        values = own.astype(np.float64, copy=True)
        for node in range(self.nodes):
            edges = self._edges_of(node)
            values[node] += float(self.scale[edges] @ values[self.cited[edges]])
        return values
