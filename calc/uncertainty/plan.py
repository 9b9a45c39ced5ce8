"""The order of a batched forward pass: what a product reaches, in blocks that hold no dependence.

Statements are renumbered by level (the longest way down to a statement without inputs), so that a
block of them is a slice, and all of a block's lines are computed at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.model import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rootprint.calc.uncertainty.model import Model

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """k statements and their lines in the order of computing.

    ``nodes`` (k,) are the model's numbers, the product last; ``lines`` the model's lines, by
    statement; ``cited`` each line's input as a place in ``nodes``, or k for an own line.
    ``starts`` (k + 1,) is where a statement's lines begin; ``levels`` where a level begins.
    """

    nodes: Integers
    lines: Integers
    cited: Integers
    starts: Integers
    levels: Integers

    def blocks(self, most: int) -> Iterator[slice]:
        """Yield slices of ``nodes``, within a level each, of about ``most`` lines at most."""
        for begin, end in zip(self.levels[:-1], self.levels[1:], strict=True):
            first = int(begin)
            while first < end:
                budget = self.starts[first] + most
                last = int(np.searchsorted(self.starts, budget, side="right")) - 1
                last = min(max(last, first + 1), int(end), first + most)
                yield slice(first, last)
                first = last


def plan(model: Model, product: int) -> Plan:
    """Return how to compute ``product``: only what it reaches, deepest first.

    Raises CalculationError for a model with cycles, which has no such order.
    """
    if model.cyclic:
        message = "a model with cycles has no order of computing, and so no first-order uncertainty"
        raise CalculationError(message, remedy="sample it: monte_carlo solves cycles")
    reached = reach(model, product)
    local = np.full(model.nodes + 1, -1, dtype=np.int64)
    local[reached] = np.arange(len(reached))
    lines = np.flatnonzero(local[model.citing] >= 0)
    citing, cited = local[model.citing[lines]], model.cited[lines]
    cites = cited != OWN
    level = _levels(len(reached), citing[cites], local[cited[cites]])
    # Without lines first within a level: then a block either has lines everywhere or nowhere.
    with_lines = np.bincount(citing, minlength=len(reached)) > 0
    order = np.lexsort((with_lines, level))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    by_place = np.argsort(place[citing], kind="stable")
    lines, citing, cited = lines[by_place], place[citing[by_place]], cited[by_place]
    keys = level[order] * 2 + with_lines[order]
    return Plan(
        nodes=reached[order],
        lines=lines,
        cited=np.where(cited == OWN, len(order), place[local[cited]]),
        starts=np.searchsorted(citing, np.arange(len(order) + 1)),
        levels=np.append(np.flatnonzero(np.diff(keys, prepend=-1)), len(order)),
    )


def reach(model: Model, product: int) -> Integers:
    """Return the statements that ``product`` rests on, itself included, ascending."""
    from scipy.sparse import csr_array  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load
    from scipy.sparse.csgraph import (  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load
        breadth_first_order,
    )

    cites = model.cited != OWN
    citing, cited = model.citing[cites], model.cited[cites]
    ones = np.ones(len(citing), dtype=np.int32)
    links = csr_array((ones, (citing, cited)), shape=(model.nodes, model.nodes))
    found = breadth_first_order(links, product, return_predecessors=False)
    return np.sort(found).astype(np.int64)


def _levels(nodes: int, citing: Integers, cited: Integers) -> Integers:
    """Return each node's longest way down, by taking off what waits for nothing."""
    level = np.zeros(nodes, dtype=np.int64)
    waiting = np.bincount(citing, minlength=nodes)
    order = np.argsort(cited, kind="stable")
    users, starts = citing[order], np.searchsorted(cited[order], np.arange(nodes + 1))
    ready, depth = np.flatnonzero(waiting == 0), 0
    while ready.size:
        level[ready] = depth
        counts = starts[ready + 1] - starts[ready]
        shift = np.cumsum(counts) - counts
        freed = users[np.repeat(starts[ready] - shift, counts) + np.arange(counts.sum())]
        np.subtract.at(waiting, freed, 1)
        ready = np.unique(freed[waiting[freed] == 0])
        depth += 1
    return level
