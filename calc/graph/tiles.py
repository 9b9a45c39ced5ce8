"""The edges once more, sorted into tiles that fit the processor's cache.

Where inputs lie anywhere (any-to-any), each edge of a pass waits for one value from far memory.
Sorted by (block of rows, block of inputs), both sides of a tile stay near. Within a block of rows
the tiles of earlier inputs come first and its own tile last, row by row: so every value is still
complete before it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.graph.kernels import by_row, substitute_edges

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Floats, Positions
    from rootprint.calc.graph.ordered import Ordered

_BLOCK_BITS = 16  # 65,536 values, 512 KB, twice that with the rows': within a second-level cache
_PIECE = 2**14  # edges, 256 KB
_WORTH_FROM = 2**18  # values; below this all of them fit that cache
_LOOKED_AT = 10_000  # edges


@dataclass(frozen=True, eq=False)
class Tiles:
    """Edges in tile order: 16 bytes each."""

    citing: Positions
    cited: Positions
    scale: Floats

    def run(self, values: Floats) -> None:
        """Turn own values (N) into totals, in place."""
        substitute_edges(self.citing, self.cited, self.scale, values)

    def back(self, amounts: Floats, count: int) -> None:
        """Hand amounts (N) on to inputs, in place, over the first ``count`` edges, last one first.

        The same order read backward: a row's amount is complete before its own edges are reached.
        A piece at a time is turned, so nothing is kept twice.
        """
        for end in range(count, 0, -_PIECE):
            piece = slice(max(end - _PIECE, 0), end)
            citing, cited, scale = self.citing[piece], self.cited[piece], self.scale[piece]
            substitute_edges(
                np.ascontiguousarray(cited[::-1]),
                np.ascontiguousarray(citing[::-1]),
                np.ascontiguousarray(scale[::-1]),
                amounts,
            )


def worth_tiling(ordered: Ordered) -> bool:
    """Whether a quarter of the inputs are further away than a block (a sample is looked at)."""
    if len(ordered) < _WORTH_FROM or ordered.blocks or not len(ordered.scale):
        return False
    sample = np.linspace(0, len(ordered.scale) - 1, _LOOKED_AT).astype(np.int64)
    citing = np.searchsorted(ordered.starts, sample, side="right") - 1
    far = citing - ordered.cited[sample] > 2**_BLOCK_BITS
    return bool(far.mean() > 1 / 4)


def block_end(ordered: Ordered, row: int) -> int:
    """Return where the block of rows that ``row`` is in ends: tiles are in order block by block."""
    return min(((row >> _BLOCK_BITS) + 1) << _BLOCK_BITS, len(ordered))


def tiled(ordered: Ordered) -> Tiles:
    """Sort the edges into tiles, one block of rows at a time (a counting sort each)."""
    count = len(ordered.scale)
    into = Tiles(np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32), np.empty(count))
    blocks = (len(ordered) >> _BLOCK_BITS) + 1
    for first in range(0, len(ordered), 2**_BLOCK_BITS):
        last = min(first + 2**_BLOCK_BITS, len(ordered))
        edges = slice(int(ordered.starts[first]), int(ordered.starts[last]))
        cited, scale = ordered.cited[edges], ordered.scale[edges]
        counts = np.diff(ordered.starts[first : last + 1])
        citing = np.repeat(np.arange(first, last, dtype=np.int32), counts)
        tile = cited >> np.int32(_BLOCK_BITS)
        _, into.cited[edges], into.scale[edges] = by_row(blocks, tile, cited, scale)
        _, into.citing[edges], _ = by_row(blocks, tile, citing, scale)
    return into
