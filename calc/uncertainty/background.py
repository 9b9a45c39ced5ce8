"""Sampling a product of a model with cycles: process models, background databases.

Each batch draws every amount from its own stream and solves the cycles anew in each sample
(calc.graph.sampling). What is held for a sample are the graph's values and own values, and of the
largest cycle every amount a few times; beside it some megabytes for the current edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.graph import Edges, sampled
from rootprint.calc.uncertainty.draws import apply_draws
from rootprint.calc.uncertainty.model import OWN
from rootprint.calc.uncertainty.plan import reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.design import Design
    from rootprint.calc.uncertainty.draws import Draws
    from rootprint.calc.uncertainty.model import Model

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_LINES: Final = 2**16  # numbered at once
_COPIES: Final = 4  # of what is drawn for the largest cycle: drawn, turned, times medians, checked


class Background:
    """What a product rests on, as a graph built for sampling. NotProductive names a bad cycle."""

    def __init__(self, model: Model, product: int) -> None:
        self._model, self._nodes = model, reach(model, product)
        local = np.full(model.nodes, -1, dtype=np.int64)
        local[self._nodes] = np.arange(len(self._nodes))
        self._product = int(local[product])
        lines = np.flatnonzero(local[model.citing] >= 0)
        cites = model.cited[lines] != OWN
        self._inputs, self._own = lines[cites], lines[~cites]
        self._into = local[model.citing[self._own]]
        edges = Edges(model.digests[self._nodes])
        for first in range(0, len(self._inputs), _LINES):
            some = self._inputs[first : first + _LINES]
            citing, cited = (model.digests[of[some]] for of in (model.citing, model.cited))
            edges.add(citing, cited, model.medians[some])
        self._graph = edges.graph(sampling=True)

    @property
    def statements(self) -> int:
        """Number of statements that the product rests on, itself included."""
        return len(self._nodes)

    @property
    def cells(self) -> int:
        """Doubles held for each sample, but for the current edges."""
        given = self._graph.given
        blocks = () if given is None else given.blocks
        largest = max((len(block.given) for block in blocks), default=0)
        return 2 * (len(self._graph.rows) + self.statements) + _COPIES * largest

    def stated(self) -> float:
        """Return the footprint at all medians."""
        own = self._model.values[self._nodes].copy()
        np.add.at(own, self._into, self._model.medians[self._own])
        return self._graph.footprint(self._product, own)

    def batch(self, design: Design, first: int, count: int) -> Floats:
        """Return the product's footprint in samples ``first`` … ``first + count``."""
        model = self._model

        def drawn(medians: Floats, draws: Draws) -> Floats:
            terms = np.repeat(medians[:, None], count, axis=1)
            apply_draws(terms, draws, design, first)
            return terms

        def factors(edges: NDArray[np.int32]) -> Floats:
            return drawn(np.ones(len(edges)), model.line_draws(self._inputs[edges])).T

        own = drawn(model.values[self._nodes], model.value_draws(self._nodes))
        np.add.at(own, self._into, drawn(model.medians[self._own], model.line_draws(self._own)))
        footprints: Floats = sampled(self._graph, own, factors, samples=count)
        return footprints[:, self._product].copy()
