"""The nodes of the log's tree that a file's proofs share: each once, and none that others give.

A node is the root of a complete subtree: at ``(level, index)`` it stands over the 2^level entries
from index × 2^level on (RFC 9162 section 2.1), whatever the size of the tree that a checkpoint is
of. So one pool serves inclusion under every checkpoint, and consistency between any two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rootprint.ledger.core.merkle import node_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

Place = tuple[int, int]


@dataclass
class TreePool:
    """Nodes by (level, index), and what follows from them; it notes which were asked for."""

    held: dict[Place, bytes] = field(default_factory=dict)
    _all: dict[Place, bytes] = field(default_factory=dict, compare=False, repr=False)
    _used: set[Place] = field(default_factory=set, compare=False, repr=False)

    def get(self, level: int, index: int) -> bytes | None:
        """Return a node that is here or follows from those below it; None for any other."""
        if not self._all:
            self._all = _closed(self.held)
        found = self._all.get((level, index))
        if found is not None:
            self._use((level, index))
        return found

    def unused(self) -> Place | None:
        """Return a node that is here and was not needed, or None."""
        return next((place for place in self.held if place not in self._used), None)

    def spare(self) -> Place | None:
        """Return a node that follows from others that are here, or None; hashes nothing."""
        known = _places(self.held)
        return next((place for place in self.held if _below(place, known)), None)

    def least(self) -> dict[Place, bytes]:
        """Return the nodes without those that follow from others, rising."""
        known = _places(self.held)
        return {place: self.held[place] for place in sorted(self.held) if not _below(place, known)}

    def _use(self, place: Place) -> None:
        waiting = [place]
        while waiting:
            one = waiting.pop()
            if one in self._used:
                continue
            self._used.add(one)
            if one not in self.held:
                waiting += _children(one)


def _children(place: Place) -> tuple[Place, Place]:
    level, index = place
    return (level - 1, 2 * index), (level - 1, 2 * index + 1)


def _below(place: Place, known: dict[int, set[int]]) -> bool:
    level, index = place
    below = known.get(level - 1, ())
    return 2 * index in below and 2 * index + 1 in below


def _places(held: Iterable[Place]) -> dict[int, set[int]]:
    """Return where nodes are held or follow, by level, below the highest that is held."""
    known: dict[int, set[int]] = {}
    for level, index in held:
        known.setdefault(level, set()).add(index)
    for level in range(max(known, default=0)):
        here = known.get(level, set())
        above = {index >> 1 for index in here if not index & 1 and index + 1 in here}
        known.setdefault(level + 1, set()).update(above)
    return known


def _closed(held: dict[Place, bytes]) -> dict[Place, bytes]:
    """Return the nodes with all that follow from them: at most once as many."""
    known = dict(held)
    levels: dict[int, list[int]] = {}
    for level, index in held:
        levels.setdefault(level, []).append(index)
    for level in range(max(levels, default=-1) + 64):
        for index in levels.get(level, ()):
            right, above = (level, index + 1), (level + 1, index >> 1)
            if not index & 1 and right in known and above not in known:
                known[above] = node_hash(known[level, index], known[right])
                levels.setdefault(level + 1, []).append(index >> 1)
    return known
