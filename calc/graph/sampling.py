"""Passes with other weights on the same edges: what a Monte Carlo iteration is made of.

Weights are drawn for some thousand edges at a time and used while they are still in the cache;
they never stand in memory as a whole, but for those of one large cycle. Cycles are solved anew in
every sample: small ones all at once, large ones one by one.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph.errors import NotFinite
from rootprint.calc.graph.kernels import substitute_some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rootprint.calc.graph.arrays import Floats, Positions
    from rootprint.calc.graph.given import Solvable
    from rootprint.calc.graph.passes import Graph

    Draw = Callable[[Positions], Floats]

_EDGES = 2**15  # at once, in each sample


def sampled(graph: Graph, own: Floats, draw: Draw, *, samples: int) -> Floats:
    """Return footprints (samples, nodes) with every edge multiplied by what ``draw`` gives.

    ``own`` is (nodes) or, itself sampled, (nodes, samples). ``draw(edges)`` returns
    (samples, len(edges)) factors for edges by their numbers in the order in which they were given.
    It is called once for each edge; in what order is not promised, so what is drawn must hang on
    the number for a sample to be the same again.

    A large cycle's solution leaves a residual within 1e-14 of each value (calc.graph.blocks).
    Raises NotProductive, naming the cycle, where a sample of it has no footprint; NotFinite;
    CalculationError for a graph whose edges were not kept apart (``Edges.graph(sampling=True)``).
    """
    if graph.given is None and not graph.as_given:
        message = "a graph with cycles, or given out of log order, was not built to be sampled"
        raise CalculationError(message, remedy="build it by Edges.graph(sampling=True)")
    given = graph.checked(own)
    if given.ndim > 1 and given.shape[1] != samples:
        raise CalculationError(f"{samples} samples, but own values of shape {given.shape}")
    values = np.empty((samples, len(graph.rows)))
    values[:] = graph.to_slots(given).T
    last = 0
    for block in graph.given.blocks if graph.given is not None else ():
        _between(graph, values, draw, slice(last, block.last))
        _solve(graph, values[:, block.first : block.last], draw, block)
        last = block.last
    _between(graph, values, draw, slice(last, len(graph.rows)))
    for sample in values:
        graph.check(sample)
    return values if graph.place is None else values[:, graph.place]


def _between(graph: Graph, values: Floats, draw: Draw, rows: slice) -> None:
    """Run these rows of every sample; of a block, only what comes from outside it."""
    held = graph.rows
    for some in _chunks(graph, rows):
        starts = held.starts[some.start : some.stop + 1]
        edges = slice(int(starts[0]), int(starts[-1]))
        weights = np.ascontiguousarray(_weights(graph, draw, edges, len(values)))
        if graph.given is not None and graph.given.unfolded is not None:
            _invert(graph, draw, some, weights)
        for sample, scale in zip(values, weights, strict=True):
            substitute_some(starts - starts[0], held.cited[edges], scale, sample, some)


def _chunks(graph: Graph, rows: slice) -> Iterator[slice]:
    """Yield rows of about ``_EDGES`` edges that hold whole cycles."""
    starts, last = graph.rows.starts, rows.start
    unfolded = None if graph.given is None else graph.given.unfolded
    while last < rows.stop:
        first = last
        fit = int(np.searchsorted(starts, starts[first] + _EDGES, side="right")) - 1
        last = min(rows.stop, max(first + 1, fit))
        last = last if unfolded is None else unfolded.whole(last)
        yield slice(first, last)


def _weights(graph: Graph, draw: Draw, edges: slice, samples: int) -> Floats:
    """Draw the weights of these edges of the rows; for places they come later."""
    scale = graph.rows.scale[edges]
    if graph.given is None:
        return draw(np.arange(edges.start, edges.stop, dtype=np.int32)) * scale
    numbers = graph.given.rows[edges]
    there = numbers >= 0
    if there.all():
        return draw(numbers) * scale
    weights = np.empty((samples, len(scale)))
    weights[:, there] = draw(numbers[there]) * scale[there]
    return weights


def _invert(graph: Graph, draw: Draw, rows: slice, weights: Floats) -> None:
    """Solve the small cycles in these rows, all samples at once, into ``weights``."""
    unfolded = graph.given.unfolded if graph.given is not None else None
    if unfolded is None:
        return
    edges = unfolded.edges(rows)
    if edges.start == edges.stop:
        return
    scale = _finite(draw(unfolded.given[edges]) * unfolded.scale[edges])
    with _naming(graph):
        unfolded.fill(rows, scale, graph.rows.starts[rows.start : rows.stop + 1], weights)


def _solve(graph: Graph, values: Floats, draw: Draw, block: Solvable) -> None:
    """Solve a large cycle in each sample; ``values`` are of its rows, with what comes in."""
    from rootprint.calc.graph.cycles import solved  # noqa: PLC0415 - scipy's solvers, where there are any

    weights = _finite(draw(block.given) * block.cycle.scale)
    with _naming(graph):
        for sample, scale in zip(values, weights, strict=True):
            cycle = replace(block.cycle, scale=np.ascontiguousarray(scale))
            sample[:] = solved(cycle, block.first).solve(sample)


def _finite(weights: Floats) -> Floats:
    if np.isfinite(weights).all():
        return weights
    message = "a drawn amount in a cycle is not a finite number"
    raise NotFinite(message, remedy="look for a geometric standard deviation too large")


@contextmanager
def _naming(graph: Graph) -> Iterator[None]:
    """Name the cycle that has no footprint in a sample."""
    from rootprint.calc.graph.cycles import refused  # noqa: PLC0415
    from rootprint.calc.graph.unfolded import BadCycle  # noqa: PLC0415

    try:
        yield
    except BadCycle as bad:
        slot = np.arange(graph.nodes, dtype=np.int32) if graph.slot is None else graph.slot
        raise refused(bad, graph.cycles, slot, graph.name, "a sample of ") from bad
