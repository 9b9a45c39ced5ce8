"""RFC 9162 section 2.1 by recursion, as an oracle for the contracts' loops.

The RFC gives proving as recursive definitions and verifying as loops over bits. Here a path is
read backwards along the *definitions*: which roots would a prover have had, to send this path?
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Hash = bytes


def leaf(entry: bytes) -> Hash:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + entry).digest()


def node(left: Hash, right: Hash) -> Hash:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def split(n: int) -> int:
    """Return the largest power of two smaller than n."""
    return 1 << ((n - 1).bit_length() - 1)


def inclusion_root(index: int, size: int, leaf: Hash, path: Sequence[Hash]) -> Hash | None:
    """Return the root under which ``path`` = PATH(index, D[size]), or None if none can be."""
    if not 0 <= index < size:
        return None
    if size == 1:
        return None if path else leaf
    if not path:
        return None
    k = split(size)
    if index < k:
        left = inclusion_root(index, k, leaf, path[:-1])
        return left and node(left, path[-1])
    right = inclusion_root(index - k, size - k, leaf, path[:-1])
    return right and node(path[-1], right)


def consistency_roots(
    old: int, new: int, old_root: Hash, path: Sequence[Hash]
) -> tuple[Hash, Hash] | None:
    """Return the (old, new) roots for which ``path`` = PROOF(old, D[new]), or None."""
    return _roots(old, new, path, old_root) if 0 < old < new else None


def _roots(m: int, n: int, path: Sequence[Hash], known: Hash | None) -> tuple[Hash, Hash] | None:
    if m == n and known is not None:
        return None if path else (known, known)
    if not path:
        return None
    last = path[-1]
    if m == n:
        return (last, last) if len(path) == 1 else None
    k = split(n)
    if m <= k:
        inner = _roots(m, k, path[:-1], known)
        return inner and (inner[0], node(inner[1], last))
    inner = _roots(m - k, n - k, path[:-1], None)
    return inner and (node(last, inner[0]), node(last, inner[1]))


class UniformTree:
    """Proving over a tree whose leaves are all the same, so that 2^20 of them cost nothing."""

    def __init__(self, leaf: Hash) -> None:
        self._roots = {1: leaf}

    def root(self, n: int) -> Hash:
        """Return MTH(D[n]), n > 0."""
        if n not in self._roots:
            k = split(n)
            self._roots[n] = node(self.root(k), self.root(n - k))
        return self._roots[n]

    def path(self, index: int, size: int) -> list[Hash]:
        """Return PATH(index, D[size])."""
        if size == 1:
            return []
        k = split(size)
        if index < k:
            return [*self.path(index, k), self.root(size - k)]
        return [*self.path(index - k, size - k), self.root(k)]

    def proof(self, old: int, new: int, *, known: bool = True) -> list[Hash]:
        """Return PROOF(old, D[new])."""
        if old == new:
            return [] if known else [self.root(old)]
        k = split(new)
        if old <= k:
            return [*self.proof(old, k, known=known), self.root(new - k)]
        return [*self.proof(old - k, new - k, known=False), self.root(k)]
