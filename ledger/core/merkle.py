"""The RFC 9162 Merkle tree: roots, inclusion proofs, consistency proofs.

A tree is read through ``Nodes``: the hash of the complete subtree at (level, index), level 0
being leaf hashes. Whoever stores the tree implements it; proofs need at most one look-up per
complete subtree on their path, so cost grows with log2 of the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rootprint.ledger.core.errors import BadProof

HASH_BYTES: Final = 32
MAX_PROOF: Final = 64
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
_LARGEST: Final = 2**64 - 1  # a size is a uint64, to RFC 9162 as to the contract

Nodes = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry): RFC 9162 section 2.1.1."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right): RFC 9162 section 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(entries: Iterable[bytes]) -> bytes:
    """Return the root over entries in order, bottom-up, 2n - 1 hashes, O(n) memory."""
    sha = hashlib.sha256
    level = [sha(b"\x00" + entry).digest() for entry in entries]
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2], strict=False)
        level = [sha(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def completed_by(index: int, leaf: bytes, nodes: Nodes) -> list[tuple[int, int, bytes]]:
    """Return every (level, index, hash) that appending ``leaf`` at ``index`` completes."""
    level, made = 0, [(0, index, leaf)]
    while index & 1:
        leaf = node_hash(nodes(level, index - 1), leaf)
        level, index = level + 1, index >> 1
        made.append((level, index, leaf))
    return made


def subtree_root(begin: int, end: int, nodes: Nodes) -> bytes:
    """Return the hash over leaves [begin, end), where ``begin`` is aligned as RFC 9162 splits."""
    if begin == end:
        return EMPTY_ROOT
    parts = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        parts.append(nodes(level, begin >> level))
        begin += 1 << level
    root = parts.pop()
    while parts:
        root = node_hash(parts.pop(), root)
    return root


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return PATH(index, D[size]): RFC 9162 section 2.1.3.1. Raises BadProof out of range."""
    if not 0 <= index < size:
        message = f"entry {index} is not in a tree of {size}"
        raise BadProof(message)
    begin, end, proof = 0, size, []
    while end - begin > 1:
        split = begin + _largest_power_below(end - begin)
        if index < split:
            proof.append(subtree_root(split, end, nodes))
            end = split
        else:
            proof.append(subtree_root(begin, split, nodes))
            begin = split
    return proof[::-1]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """Return PROOF(old, D[new]): RFC 9162 section 2.1.4.1. Raises BadProof out of range."""
    if not 0 < old <= new:
        message = f"no consistency proof from size {old} to size {new}"
        raise BadProof(message)
    begin, end, whole, proof = 0, new, True, []
    while old != end:
        split = begin + _largest_power_below(end - begin)
        if old <= split:
            proof.append(subtree_root(split, end, nodes))
            end = split
        else:
            proof.append(subtree_root(begin, split, nodes))
            begin, whole = split, False
    if not whole:
        proof.append(subtree_root(begin, end, nodes))
    return proof[::-1]


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Return if the leaf hash is at ``index`` under ``root``; raise BadProof if not.

    RFC 9162 section 2.1.3.2, with lengths and ranges checked explicitly.
    """
    if not 0 <= index < size <= _LARGEST:
        message = f"entry {index} is not in a tree of {size}"
        raise BadProof(message)
    _check_hashes(leaf, root, *proof)
    sha = hashlib.sha256
    fn, sn, computed = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            message = "the inclusion proof is longer than its tree is high"
            raise BadProof(message)
        if fn & 1 or fn == sn:
            computed = sha(b"\x01" + sibling + computed).digest()
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            computed = sha(b"\x01" + computed + sibling).digest()
        fn, sn = fn >> 1, sn >> 1
    if sn or computed != root:
        message = f"the inclusion proof does not lead from entry {index} to the root of {size}"
        raise BadProof(message)


def verify_consistency(  # noqa: C901 - one algorithm, step by step as the RFC numbers it
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Return if the tree of ``new`` extends the tree of ``old``; raise BadProof if not.

    RFC 9162 section 2.1.4.2. The proof does not bind ``new``: sizes are trusted only where they
    are signed together with their roots.
    """
    _check_hashes(old_root, new_root, *proof)
    if not 0 < old <= new <= _LARGEST:
        message = f"size {new} can't be consistent with size {old}"
        raise BadProof(message)
    path = list(proof)
    if old == new:
        if path or old_root != new_root:
            message = f"two different roots of size {new}"
            raise BadProof(message)
        return
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        message = "the consistency proof is empty"
        raise BadProof(message)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for node in path[1:]:
        if sn == 0:
            message = "the consistency proof is longer than its tree is high"
            raise BadProof(message)
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        fn, sn = fn >> 1, sn >> 1
    if sn or first != old_root or second != new_root:
        message = f"the tree of {new} does not extend the tree of {old}"
        raise BadProof(message)


def _largest_power_below(n: int) -> int:
    return 1 << ((n - 1).bit_length() - 1)


def _check_hashes(*hashes: bytes) -> None:
    if len(hashes) > MAX_PROOF + 2 or set(map(len, hashes)) != {HASH_BYTES}:
        message = f"a proof is more than {MAX_PROOF} hashes, or one of them is not 32 bytes"
        raise BadProof(message)
