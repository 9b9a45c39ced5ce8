"""What a node rests on, or what rests on it: found without touching the rest of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.graph.arrays import ranges
from rootprint.calc.graph.ordered import Ordered

if TYPE_CHECKING:
    from rootprint.calc.graph.arrays import Positions

WORTH_FROM = 2**16  # edges; a full pass over fewer takes less time than the first few steps
_ROUNDS = 64  # breadth-first steps; each costs some 30 µs, a pass over a million rows 300 times it
_SHARE = 32  # more than 1/32 of all edges looked at: a full pass is cheaper


def reached(ordered: Ordered, starting: int) -> Positions | None:
    """Return the positions reached from ``starting`` along rows, ascending, itself included.

    None where they are so many, so far off, or in so large a cycle that a full pass is cheaper.
    """
    if len(ordered.scale) < WORTH_FROM:
        return None
    seen = np.zeros(len(ordered), dtype=np.bool_)
    seen[starting] = True
    frontier = np.array([starting], dtype=np.int32)
    found, edges = [frontier], 0
    for _ in range(_ROUNDS):
        first = ordered.starts[frontier]
        counts = ordered.starts[frontier + 1] - first
        edges += int(counts.sum(dtype=np.int64))
        if edges * _SHARE > max(len(ordered.scale), _SHARE * _ROUNDS):
            return None
        cited = ordered.cited[ranges(first, counts)]
        frontier = np.unique(cited[~seen[cited]])
        if not frontier.size:
            positions = np.sort(np.concatenate(found))
            return None if _in_block(ordered, positions) else positions
        seen[frontier] = True
        found.append(frontier)
    return None


def _in_block(ordered: Ordered, positions: Positions) -> bool:
    return any(
        np.searchsorted(positions, block.first) < np.searchsorted(positions, block.last)
        for block in ordered.blocks
    )


def restricted(ordered: Ordered, rows: Positions) -> tuple[Ordered, Positions]:
    """Return the given rows (ascending) as a graph of their own, and its positions in the whole.

    Rows that these cite and that are not among them come in without inputs: their value is
    taken as it is.
    """
    first = ordered.starts[rows]
    counts = ordered.starts[rows + 1] - first
    edges = ranges(first, counts)
    cited = ordered.cited[edges]
    members = np.union1d(rows, cited).astype(np.int32)
    lengths = np.zeros(len(members) + 1, dtype=np.int32)
    lengths[1 + np.searchsorted(members, rows)] = counts
    starts = np.cumsum(lengths, dtype=np.int32)
    into = np.searchsorted(members, cited).astype(np.int32)
    return Ordered(starts, into, ordered.scale[edges]), members
