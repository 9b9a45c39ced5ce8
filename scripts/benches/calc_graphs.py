"""The graphs that composition is measured on: three shapes without cycles and one with.

Nodes stand in log order and have random 62-bit ids, as a database that numbers by time gives
them out; edges come as blocks of (citing id, cited id, amount), which is all that anyone is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Block = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

INPUTS = 5
NEAR = 500
FAR_SHARE = 0.05
BACK_SHARE = 0.02
ROW_SUM = 0.7
BLOCK_NODES = 2**14
SHAPES = {
    "any": "any-to-any: 5 inputs each, from all earlier nodes alike",
    "clustered": f"clustered: 5 inputs each, 95 % from the {NEAR} nodes before, 5 % from anywhere",
    "tree": "tree: 5 inputs each, every node cited once, the leaves (4 of 5 nodes) cite none",
    "cyclic": f"cyclic background: clustered, but 2 % of inputs are from the {NEAR} nodes after",
}


@dataclass(frozen=True)
class Shape:
    """``name`` of SHAPES with ``nodes`` nodes; the same in every process."""

    name: str
    nodes: int

    def ids(self) -> NDArray[np.int64]:
        """Return distinct random ids, one a node."""
        drawn = np.random.default_rng(1).integers(1, 2**62, self.nodes, dtype=np.int64)
        if not np.diff(np.sort(drawn)).all():
            problem = "two nodes drew the same id; take another seed"
            raise RuntimeError(problem)
        return drawn

    def own(self) -> NDArray[np.float64]:
        """Return own emissions, kg CO2e per declared unit."""
        return np.random.default_rng(2).random(self.nodes) + 0.1

    def blocks(self, ids: NDArray[np.int64]) -> Iterator[Block]:
        """Yield the edges with ids, some ten thousand nodes' at a time."""
        for citing, cited, scale in self.numbered():
            yield ids[citing], ids[cited], scale

    def numbered(self) -> Iterator[Block]:
        """Yield the edges with node numbers, ordered by citing node."""
        rng = np.random.default_rng(3)
        for first in range(0, self.nodes, BLOCK_NODES):
            nodes = np.arange(first, min(first + BLOCK_NODES, self.nodes))
            citing, cited = self._tree(nodes) if self.name == "tree" else self._drawn(nodes, rng)
            yield citing, cited, rng.random(len(citing)) * (2 * ROW_SUM / INPUTS) + 1e-6

    def _tree(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        # A heap from the last node down: place p takes places 5p + 1 … 5p + 5.
        below = INPUTS * (self.nodes - 1 - nodes)[:, None] + np.arange(1, INPUTS + 1)
        cited = self.nodes - 1 - below
        there = cited >= 0
        return np.repeat(nodes, there.sum(axis=1)), cited[there]

    def _drawn(
        self, nodes: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        citing = np.repeat(nodes[nodes > 0], INPUTS)
        cited = (rng.random(len(citing)) * citing).astype(np.int64)
        if self.name == "any":
            return citing, cited
        step = 1 + (rng.random(len(citing)) * NEAR).astype(np.int64)
        kind = rng.random(len(citing))
        cited = np.where(kind < FAR_SHARE, cited, np.maximum(citing - step, 0))
        if self.name == "cyclic":
            after = np.minimum(citing + step, self.nodes - 1)
            cited = np.where(kind > 1 - BACK_SHARE, after, cited)
        return citing, cited
