"""Rows in an order in which each cites earlier rows only, and the pass over them.

The same class serves both directions: the backward pass is the forward pass over the transpose
in reverse order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from rootprint.calc.graph.kernels import COLUMNS, substitute, transposed

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Floats, Positions
    from rootprint.calc.graph.tiles import Tiles


class Solver(Protocol):
    """What solves y = rhs + A·y for a cycle too large to be unfolded (calc.graph.blocks)."""

    def solve(self, rhs: Floats) -> Floats:
        """Return y for ``rhs`` (k) or (k, columns)."""

    def reversed(self) -> Solver:
        """Return the same of the transpose, rows in reverse order."""


@dataclass(frozen=True)
class Block:
    """Rows first … last-1 are one cycle; their edges among themselves are in ``solver`` only."""

    first: int
    last: int
    solver: Solver


@dataclass(frozen=True, eq=False)
class Ordered:
    """Row i takes ``scale[e]`` × value ``cited[e]`` for e in starts[i] … starts[i+1]-1.

    12 bytes an edge and 4 a row. ``tiles``, where there are any, hold the same edges again in an
    order that suits the cache.
    """

    starts: Positions
    cited: Positions
    scale: Floats
    blocks: tuple[Block, ...] = ()
    tiles: Tiles | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def run(self, values: Floats, first: int = 0, last: int | None = None) -> None:
        """Turn own values (N) or (N, k) into totals, in place, for rows first … last-1.

        Rows before ``first`` must hold their totals (or zeros that they would come to).
        """
        last = len(self) if last is None else last
        if self.tiles is not None and (first, last, values.ndim) == (0, len(self), 1):
            self.tiles.run(values)
        elif values.ndim == 1 or values.shape[1] <= COLUMNS:
            self._run(values, first, last)
        else:
            for column in range(0, values.shape[1], COLUMNS):
                some = np.ascontiguousarray(values[:, column : column + COLUMNS])
                self._run(some, first, last)
                values[:, column : column + COLUMNS] = some

    def _run(self, values: Floats, first: int, last: int) -> None:
        at = first
        for block in self.blocks:
            if block.last <= first or block.first >= last:
                continue
            # The block's own rows hold only what comes from outside it: its right-hand side.
            self._rows(values, slice(at, block.last))
            rows = slice(block.first, block.last)
            values[rows] = block.solver.solve(values[rows])
            at = block.last
        if at < last:
            self._rows(values, slice(at, last))

    def _rows(self, values: Floats, rows: slice) -> None:
        substitute(self.starts, self.cited, self.scale, values, rows)

    def reversed(self) -> Ordered:
        """Return the transpose in reverse order: position p becomes N - 1 - p."""
        starts, cited, scale = transposed(self.starts, self.cited, self.scale)
        np.subtract(starts[-1], starts, out=starts)
        np.subtract(len(self) - 1, cited, out=cited)
        for array in (starts, cited, scale):
            turn(array)
        blocks = tuple(
            Block(len(self) - block.last, len(self) - block.first, block.solver.reversed())
            for block in reversed(self.blocks)
        )
        return Ordered(starts, cited, scale, blocks)


def turn(array: Floats | Positions) -> None:
    """Reverse in place, a piece from each end at a time: no second copy of a large array."""
    size, piece = len(array), 2**15
    for begin in range(0, size // 2, piece):
        count = min(piece, size // 2 - begin)
        front, back = array[begin : begin + count], array[size - begin - count : size - begin]
        kept = front.copy()
        front[:] = back[::-1]
        back[:] = kept[::-1]
