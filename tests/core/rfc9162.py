"""RFC 9162 section 2.1 in its own words: recursion over lists of leaf hashes, no bit tricks.

Slow, and written apart from ``ledger.core.merkle``: it says what that should say.
"""

from __future__ import annotations

import hashlib


def split_of(n: int) -> int:
    """Return k, the largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(leaves: list[bytes]) -> bytes:
    """MTH over leaf hashes: section 2.1.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split_of(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D_n): section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split_of(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b): section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split_of(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def node(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def inclusion_holds(m: int, n: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    """Fold a PATH by its own recursion: what a proof of this shape says the root is."""

    def fold(m: int, n: int, rest: list[bytes]) -> bytes | None:
        if n == 1:
            return leaf if not rest else None
        if not rest:
            return None
        k, last = split_of(n), rest[-1]
        inner = fold(m, k, rest[:-1]) if m < k else fold(m - k, n - k, rest[:-1])
        if inner is None:
            return None
        return node(inner, last) if m < k else node(last, inner)

    return 0 <= m < n and fold(m, n, proof) == root


def consistent_roots(
    m: int, n: int, old_root: bytes, proof: list[bytes]
) -> tuple[bytes, bytes] | None:
    """Fold a PROOF by its own recursion into the old root and the new one.

    None if no proof of this length belongs to these sizes. ``old_root`` itself enters where the
    older tree is a complete subtree of the newer one: there the PROOF leaves it out.
    """

    def fold(m: int, n: int, rest: list[bytes], *, whole: bool) -> tuple[bytes, bytes] | None:
        if m == n:
            if whole:
                return (old_root, old_root) if not rest else None
            return (rest[0], rest[0]) if len(rest) == 1 else None
        if not rest:
            return None
        k, last = split_of(n), rest[-1]
        if m <= k:
            pair = fold(m, k, rest[:-1], whole=whole)
            return pair and (pair[0], node(pair[1], last))
        pair = fold(m - k, n - k, rest[:-1], whole=False)
        return pair and (node(last, pair[0]), node(last, pair[1]))

    return fold(m, n, proof, whole=True) if 0 < m <= n else None


def consistency_holds(m: int, n: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether this PROOF joins the two roots."""
    return consistent_roots(m, n, old_root, proof) == (old_root, new_root)
