"""The stored tree as ``core.merkle`` reads it, in one query per level and proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.merkle import HASH_BYTES
from rootprint.ledger.log.errors import LogDamaged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.merkle import Nodes
    from rootprint.ledger.store import Tree

_ANY_HASH = bytes(HASH_BYTES)


def fetch(tree: Tree, use: Callable[[Nodes], object]) -> Nodes:
    """Return the nodes that ``use`` asks for, all read at once."""
    return known(tree.nodes(needed(use)))


def needed(use: Callable[[Nodes], object]) -> set[tuple[int, int]]:
    """Return the (level, index) of the nodes that ``use`` asks for.

    ``use`` is run once on made-up hashes to see what it asks for: which nodes a proof needs
    depends on sizes and indices alone, never on hashes.
    """
    wanted: set[tuple[int, int]] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add((level, index))
        return _ANY_HASH

    use(note)
    return wanted


def known(hashes: Mapping[tuple[int, int], bytes]) -> Nodes:
    """Return these hashes as ``Nodes``; one that is missing raises LogDamaged."""

    def node(level: int, index: int) -> bytes:
        found = hashes.get((level, index))
        if found is None:
            raise LogDamaged(
                f"the subtree at level {level}, index {index} is missing from the store",
                remedy="run fsck; the entries alone suffice to build it again",
            )
        return found

    return node


def frontier(size: int) -> list[tuple[int, int]]:
    """Return the (level, index) of the complete subtrees that make up a tree of ``size``.

    All that appending needs of the old tree: one place per bit of the size.
    """
    levels = (level for level in range(size.bit_length()) if size >> level & 1)
    return [(level, (size >> level) - 1) for level in levels]
