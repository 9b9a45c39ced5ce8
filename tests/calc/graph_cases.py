"""Random graphs for the tests of composition, and what they come to by dense algebra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rootprint.calc.graph import Edges, Graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

Edge = tuple[int, int, float]


@dataclass(frozen=True)
class Case:
    """A graph as (citing, cited, scale) over 0 … nodes-1; every row adds to less than 1."""

    nodes: int
    edges: list[Edge]

    def graph(self, ids: Any = None, *, sampling: bool = False) -> Graph:
        """Build it from edges, with node numbers as ids unless others are given."""
        names = np.arange(self.nodes) if ids is None else ids
        made = Edges(names)
        half = len(self.edges) // 2
        for part in (self.edges[:half], self.edges[half:]):
            citing = np.array([edge[0] for edge in part], dtype=np.int64)
            cited = np.array([edge[1] for edge in part], dtype=np.int64)
            made.add(names[citing], names[cited], [edge[2] for edge in part])
        return made.graph(sampling=sampling)

    def inverse(self) -> NDArray[np.float64]:
        """Return (1 - A)⁻¹: row p is what one of p takes of every node."""
        matrix = np.zeros((self.nodes, self.nodes))
        for citing, cited, scale in self.edges:
            matrix[citing, cited] += scale
        return np.linalg.inv(np.eye(self.nodes) - matrix)

    def own(self, *columns: int) -> NDArray[np.float64]:
        """Return own values, positive and negative (removals)."""
        return np.random.default_rng(self.nodes).normal(size=(self.nodes, *columns))


@st.composite
def cases(draw: st.DrawFn, *, cyclic: bool, most: int = 40, signed: bool = True) -> Case:
    """Draw a graph; without cycles every input is an earlier node."""
    nodes = draw(st.integers(1, most))
    numbers = st.integers(0, nodes - 1)
    # Left to itself a list is short, and a graph then has no path longer than an edge.
    least = draw(st.sampled_from([0, nodes, 2 * nodes]))
    pairs = draw(st.lists(st.tuples(numbers, numbers), min_size=least, max_size=4 * nodes))
    if not cyclic:
        pairs = [(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]]
    degree = np.bincount([citing for citing, _ in pairs], minlength=nodes)
    parts = st.integers(-90 if signed else 1, 90).filter(bool)
    return Case(nodes, [(i, j, draw(parts) / 100 / int(degree[i])) for i, j in pairs])


def ring(nodes: int, scale: float) -> Case:
    """Return one cycle through all nodes."""
    return Case(nodes, [(node, (node + 1) % nodes, scale) for node in range(nodes)])
