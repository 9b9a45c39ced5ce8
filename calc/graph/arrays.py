"""The arrays that graphs are made of. Positions and edge counts fit 32 bits, values are doubles."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.int32]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

Number = TypeVar("Number", np.float64, np.int32)

_STEP = 2**18
MOST = 2**31 - 1  # what 32-bit indices can count; twice the memory would be needed beyond


def ranges(first: Positions, counts: Positions) -> Integers:
    """Return counts[k] ascending numbers from first[k], for k = 0, 1, and so on."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if ends.size else 0
    return np.arange(total) + np.repeat(first - ends + counts, counts)


def starts_of(rows: int, ascending: NDArray[np.int32] | Integers) -> Positions:
    """Return where each row's edges begin, and their count, from the row of each edge."""
    starts = np.zeros(rows + 1, dtype=np.int32)
    if len(ascending):
        ends = np.flatnonzero(np.append(ascending[1:] != ascending[:-1], True)) + 1
        starts[1 + ascending[ends - 1]] = np.diff(ends, prepend=0)
        np.cumsum(starts, out=starts)
    return starts


class Growing(Generic[Number]):
    """A column that grows at its end, in place: the system moves its pages, nothing is copied.

    Not even moved while it has ``most`` numbers at most.
    """

    def __init__(self, kind: type[Number], most: int = 0) -> None:
        # Pages that are never written to are never taken from the system.
        self._held: NDArray[Number] = np.empty(most, dtype=kind)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def extend(self, more: NDArray[Number]) -> None:
        """Add ``more`` at the end."""
        needed = self._count + len(more)
        if needed > len(self._held):
            self._held.resize(needed + max(_STEP, needed // 16), refcheck=False)
        self._held[self._count : needed] = more
        self._count = needed

    def taken(self) -> NDArray[Number]:
        """Return the column, and begin a new one."""
        held = self._held
        held.resize(self._count, refcheck=False)
        self._held, self._count = np.empty(0, dtype=held.dtype), 0
        return held
