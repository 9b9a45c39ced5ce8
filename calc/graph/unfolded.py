"""Small cycles, unfolded: each place is a sum over slots, weighted by its row of (1 - A)⁻¹.

Cycles of one size are inverted in one call, as many as lie in some thousand rows, so that ten
thousand pairs take no Python loop: once when a graph is built, and once for each sample of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.graph.blocks import productive
from rootprint.calc.graph.errors import NotProductive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.calc.graph.arrays import Flags, Floats, Integers, Positions


class BadCycle(NotProductive):
    """A cycle that is not productive, by its first row: who builds the graph can name it."""

    def __init__(self, first: int, why: str) -> None:
        super().__init__(why)
        self.first = first


@dataclass(frozen=True, eq=False)
class Unfolded:
    """Cycles with slots first … first + size - 1, places after them; their inner edges by row.

    ``given`` has the edges' numbers as they were given; empty if the graph is not for sampling.
    """

    first: Positions
    sizes: Positions
    citing: Positions
    cited: Positions
    scale: Floats
    given: Positions

    def cycle_of(self, rows: Positions | Integers) -> Integers:
        """Return each row's cycle; the rows must belong to one."""
        found: Integers = np.searchsorted(self.first, rows, side="right") - 1
        return found

    def whole(self, last: int) -> int:
        """Return ``last``, or the end of the cycle that it would cut in two."""
        number = int(np.searchsorted(self.first, last)) - 1
        end = 0 if number < 0 else int(self.first[number] + 2 * self.sizes[number])
        return max(last, end)

    def chunks(self, total: int, most: int) -> Iterator[slice]:
        """Yield rows that hold whole cycles, about ``most`` at once; none where there are none."""
        last = 0 if len(self.first) else total
        while last < total:
            first, last = last, self.whole(min(last + most, total))
            yield slice(first, last)

    def edges(self, rows: slice) -> slice:
        """Return the inner edges of the cycles in these rows."""
        begin, end = np.searchsorted(self.citing, [rows.start, rows.stop])
        return slice(int(begin), int(end))

    def inverses(self, rows: slice, scale: Floats) -> Iterator[tuple[Positions, Floats]]:
        """Yield first slots (m) and inverses (samples, m, size, size), size by size.

        ``scale`` (samples, edges) is of ``edges(rows)``. BadCycle where one has no footprint.
        """
        begin, end = np.searchsorted(self.first, [rows.start, rows.stop])
        edges = self.edges(rows)
        first, sizes = self.first[begin:end], self.sizes[begin:end]
        cycle = self.cycle_of(self.citing[edges]) - begin
        row, column = self.citing[edges] - first[cycle], self.cited[edges] - first[cycle]
        for size in np.unique(sizes).tolist():
            which = np.flatnonzero(sizes == size)
            mine = np.flatnonzero(sizes[cycle] == size)
            number = np.searchsorted(which, cycle[mine])
            at = (number * size + row[mine]) * size + column[mine]
            entries = len(which) * size * size
            sums = np.array([np.bincount(at, some[mine], entries) for some in scale])
            yield first[which], _inverted(first[which], sums.reshape(len(scale), -1, size, size))

    def fill(self, rows: slice, scale: Floats, starts: Positions, weights: Floats) -> None:
        """Write the inverses into ``weights`` (samples, edges of these rows) of the places.

        ``starts`` are of these rows.
        """
        for first, inverse in self.inverses(rows, scale):
            size = inverse.shape[-1]
            begins = starts[first + size - rows.start] - starts[0]
            at = begins[:, None] + np.arange(size * size)
            weights[:, at] = inverse.reshape(len(weights), len(first), size * size)


def _inverted(first: Positions, matrices: Floats) -> Floats:
    """Return (1 - A)⁻¹ of (samples, m, k, k), each known to be productive."""
    differences = np.eye(matrices.shape[-1]) - matrices
    try:
        inverse: Floats = np.linalg.inv(differences).astype(np.float64, copy=False)
    except np.linalg.LinAlgError:  # one of them is singular: which?
        rank = np.linalg.matrix_rank(differences)
        bad = np.argwhere(rank < matrices.shape[-1])[0]
        raise BadCycle(int(first[bad[1]]), "it is singular") from None
    fine: Flags = productive(matrices, inverse.sum(axis=-1))
    for sample, number in np.argwhere(~fine).tolist():
        matrix = matrices[sample, number]
        doubtful = (matrix < 0).any() and np.isfinite(inverse[sample, number]).all()
        if not doubtful or np.abs(np.linalg.eigvals(matrix)).max() >= 1:
            raise BadCycle(int(first[number]), "it is singular or its spectral radius is 1 or more")
    return inverse
