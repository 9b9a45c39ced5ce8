"""From edges in any order to places in a pass: components found, cycles kept together.

Every node gets a ``slot``, where what it cites and its own value come in, and a ``place``, where
its total is read. They are the same unless it is part of a small cycle, which is unfolded: slots
for what comes into each of its nodes, then places, each an explicit sum over the slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph.kernels import by_row, transposed

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Flags, Integers, Positions

UNFOLDED = 16  # nodes: up to here a cycle costs its square in edges, 256 at most
_AT_ONCE = 2**16  # nodes: what is looked up for their edges then stays small


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

    def node_at(self) -> Positions:
        """Return whose slot each row is; -1 for the places of an unfolded cycle."""
        nodes = np.full(self.total, -1, dtype=np.int32)
        nodes[self.slot] = np.arange(len(self.slot), dtype=np.int32)
        return nodes

    def unfolded(self) -> tuple[Positions, Positions]:
        """Return first slots, ascending, and sizes of the cycles that are unfolded."""
        small = np.flatnonzero(self.cyclic & (self.sizes <= UNFOLDED))
        return self.first[small].astype(np.int32), self.sizes[small]


def ordered(starts: Positions, cited: Positions) -> Order:
    """Find the strongly connected components and give every node its slot and place."""
    count, component = _components(starts, cited)
    falls, upward, selfish = _looked_at(starts, cited, component)
    component = component if falls else count - 1 - component
    sizes = np.bincount(component, minlength=count).astype(np.int32)
    cyclic = sizes > 1
    cyclic[component[selfish]] = True
    unfolded = cyclic & (sizes <= UNFOLDED)
    ends = np.cumsum(sizes * (1 + unfolded), dtype=np.int64)
    if int(ends[-1]) > np.iinfo(np.int32).max:
        raise CalculationError("too many nodes for 32-bit positions")
    first = ends - sizes * (1 + unfolded)
    slot = _inner(component, sizes, upward=upward)
    slot += first[component].astype(np.int32)
    place = np.where(unfolded[component], slot + sizes[component], slot) if unfolded.any() else slot
    return Order(int(ends[-1]), slot, place, component, sizes, cyclic, first)


def _components(starts: Positions, cited: Positions) -> tuple[int, Positions]:
    """Return the number of components and each node's.

    Those of the transpose are the same, and transposing sorts each row, so parallel edges stand
    side by side: given two inside a cycle, scipy 1.17's connected_components never returns. It
    reads no weights, but wants doubles: one for all of them.
    """
    nodes = len(starts) - 1
    starts, citing = transposed(starts, cited, np.ones(len(cited), dtype=np.int8))[:2]
    twice = np.zeros(len(citing), dtype=np.bool_)
    np.equal(citing[1:], citing[:-1], out=twice[1:])
    twice[starts[:-1][starts[:-1] < len(citing)]] = False
    if (again := np.flatnonzero(twice)).size:
        citing = citing[~twice]
        starts -= np.searchsorted(again, starts).astype(np.int32)
    del twice, again
    ones = np.broadcast_to(np.float64(1), len(citing))
    matrix = csr_array((ones, citing, starts), shape=(nodes, nodes))
    count, component = connected_components(matrix, directed=True, connection="strong")
    return int(count), component.astype(np.int32, copy=False)


def _looked_at(
    starts: Positions, cited: Positions, component: Positions
) -> tuple[bool, bool, Positions]:
    """Return whether inputs have the lower component, more inner edges point up, who loops.

    scipy numbers components in the order in which its depth-first search closes them, which is a
    topological one, but does not promise it: so it is looked at.
    """
    falls = rises = False
    upward, selfish = 0, [np.empty(0, dtype=np.int32)]
    for first in range(0, len(starts) - 1, _AT_ONCE):
        last = min(first + _AT_ONCE, len(starts) - 1)
        citing = np.repeat(
            np.arange(first, last, dtype=np.int32), np.diff(starts[first : last + 1])
        )
        into = cited[starts[first] : starts[last]]
        above, below = component[citing], component[into]
        falls, rises = falls or bool((below < above).any()), rises or bool((below > above).any())
        inside = below == above
        upward += int((inside & (into > citing)).sum()) - int((inside & (into < citing)).sum())
        selfish.append(citing[into == citing])
    if falls and rises:
        message = "this version of scipy numbers strong components in an order we can't use"
        raise CalculationError(message, remedy="use scipy 1.17")
    return not rises, upward > 0, np.concatenate(selfish)


def _inner(component: Positions, sizes: Positions, *, upward: bool) -> Positions:
    """Return each node's number within its component, so that most inner edges point down."""
    nodes = np.arange(len(component), dtype=np.int32)
    starts, by_component, _ = by_row(
        len(sizes), component, nodes, np.empty(len(nodes), dtype=np.int8)
    )
    inner = np.empty(len(nodes), dtype=np.int32)
    inner[by_component] = nodes - np.repeat(starts[:-1], sizes)
    return sizes[component] - 1 - inner if upward else inner
