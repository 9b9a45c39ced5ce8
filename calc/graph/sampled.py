"""Passes with other weights on the same edges: what a Monte Carlo iteration is made of.

Weights are drawn for some thousand edges at a time and used while they are still in the cache;
they never stand in memory as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from calc.errors import CalculationError
from calc.graph.kernels import substitute_some

if TYPE_CHECKING:
    from collections.abc import Callable

    from calc.graph.arrays import Floats
    from calc.graph.graph import Graph

_EDGES = 2**15  # at once, in each sample


def sampled(graph: Graph, own: Floats, draw: Callable[[slice], Floats], *, samples: int) -> Floats:
    """Return footprints (samples, nodes) with every edge multiplied by what ``draw`` gives.

    ``draw(edges)`` returns (samples, len(edges)) factors for these edges of ``graph.rows`` (for
    a graph built in log order: the order in which they were given). It is called once for each
    edge, in ascending order. Raises CalculationError for graphs with cycles, whose solution
    changes with the weights: build these anew.
    """
    if graph.cycles:
        message = "a graph with cycles is solved for one set of weights"
        raise CalculationError(message, remedy="build it again for each sample")
    values = np.empty((samples, graph.nodes))
    values[:] = graph.to_slots(graph.checked(own))
    rows, last = graph.rows, 0
    while last < len(rows):
        first, start = last, int(rows.starts[last])
        fit = int(np.searchsorted(rows.starts, start + _EDGES, side="right")) - 1
        last = min(len(rows), max(first + 1, fit))
        edges = slice(start, int(rows.starts[last]))
        weights = np.ascontiguousarray(draw(edges) * rows.scale[edges])
        _some(graph, values, weights, slice(first, last), start)
    for sample in values:
        graph.check(sample)
    return values if graph.place is None else values[:, graph.place]


def _some(graph: Graph, values: Floats, weights: Floats, rows: slice, start: int) -> None:
    """Run a few rows of every sample; the index into edges counts from ``start``."""
    held = graph.rows
    starts = held.starts[rows.start : rows.stop + 1] - np.int32(start)
    cited = held.cited[start : start + weights.shape[1]]
    for sample, scale in zip(values, weights, strict=True):
        substitute_some(starts, cited, scale, sample, rows)
