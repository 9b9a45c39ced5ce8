"""From edges in any order to places in a pass: components found, cycles kept together.

Every node gets a ``slot``, where what it cites and its own value come in, and a ``place``, where
its total is read. They are the same unless it is part of a small cycle, which is unfolded: slots
for what comes into each of its nodes, then places, each an explicit sum over the slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from calc.errors import CalculationError
from calc.graph.kernels import by_row, transposed

if TYPE_CHECKING:
    from calc.graph.arrays import Flags, Integers, Positions

UNFOLDED = 16  # nodes: up to here a cycle costs its square in edges, 256 at most


@dataclass(frozen=True, eq=False)
class Order:
    """``total`` rows in all; ``component`` numbers are in topological order.

    ``sizes`` has each component's number of nodes; ``cyclic`` says which need a solution: more
    than one node, or one that cites itself. ``first`` is where a component's rows begin.
    """

    total: int
    slot: Positions
    place: Positions
    component: Positions
    sizes: Positions
    cyclic: Flags
    first: Integers

    def inner(self, nodes: Positions) -> Positions:
        """Return the nodes' numbers within their components."""
        return (self.slot[nodes] - self.first[self.component[nodes]]).astype(np.int32)


def ordered(nodes: int, citing: Positions, cited: Positions) -> Order:
    """Find the strongly connected components and give every node its slot and place."""
    count, component = _components(nodes, citing, cited)
    sizes = np.bincount(component, minlength=count).astype(np.int32)
    cyclic = sizes > 1
    cyclic[component[citing[citing == cited]]] = True
    unfolded = cyclic & (sizes <= UNFOLDED)
    ends = np.cumsum(sizes * (1 + unfolded), dtype=np.int64)
    if int(ends[-1]) > np.iinfo(np.int32).max:
        raise CalculationError("too many nodes for 32-bit positions")
    first = ends - sizes * (1 + unfolded)
    slot = (first[component] + _inner(component, sizes, citing, cited)).astype(np.int32)
    place = np.where(unfolded[component], slot + sizes[component], slot).astype(np.int32)
    return Order(int(ends[-1]), slot, place, component, sizes, cyclic, first)


def _components(nodes: int, citing: Positions, cited: Positions) -> tuple[int, Positions]:
    """Return components numbered so that inputs come first.

    scipy numbers them in the order in which its depth-first search closes them, which is a
    topological one, but does not promise it: so it is looked at.
    """
    matrix = _summed(nodes, citing, cited)
    count, component = connected_components(matrix, directed=True, connection="strong")
    del matrix
    below, above = component[cited], component[citing]
    if not (below <= above).all():
        if not (below >= above).all():
            message = "this version of scipy numbers strong components in an order we can't use"
            raise CalculationError(message, remedy="use scipy 1.17")
        component = count - 1 - component
    return int(count), component.astype(np.int32, copy=False)


def _summed(nodes: int, citing: Positions, cited: Positions) -> Any:
    """Return the edges as a CSR array without parallel ones.

    Given two parallel edges inside a cycle, scipy 1.17's connected_components never returns.
    Sorting twice by counting, first by column, then by row, costs less than sorting each row.
    """
    there = np.ones(len(citing), dtype=np.int8)
    starts, into, weights = transposed(*by_row(nodes, cited, citing, there))
    matrix = csr_array((weights, into, starts), shape=(nodes, nodes))
    matrix.has_sorted_indices = True
    matrix.sum_duplicates()
    matrix.data[:] = 1  # 256 parallel edges would have come to zero
    return matrix


def _inner(component: Positions, sizes: Positions, citing: Positions, cited: Positions) -> Integers:
    """Return each node's number within its component, so that most inner edges point down."""
    upward = _mostly_upward(component, citing, cited)
    turned = component[::-1] if upward else component
    by_component = np.argsort(turned, kind="stable")
    begins = np.repeat(np.cumsum(sizes, dtype=np.int64) - sizes, sizes)
    inner = np.empty(len(component), dtype=np.int64)
    inner[by_component] = np.arange(len(component)) - begins
    return inner[::-1] if upward else inner


def _mostly_upward(component: Positions, citing: Positions, cited: Positions) -> bool:
    inside = component[citing] == component[cited]
    upward = int((inside & (cited > citing)).sum())
    return 2 * upward > int(inside.sum())
