"""What is claimed of a tree, and trees that honest claims are made from.

Three sources. A small tree whose leaves all differ; a tree of up to 2^40 entries that are alike but
for some, so that it costs nothing; and a path of random hashes, which is one of a tree that has
them as its nodes. Proofs of the first two are the product's, those of the third are read by the
definitions of RFC 9162 (tests/contracts/oracle.py).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from rootprint.ledger.core import merkle
from tests.contracts.oracle import consistency_roots, inclusion_root, split

if TYPE_CHECKING:
    from random import Random

INCLUSION: Final = "inclusion"
CONSISTENCY: Final = "consistency"
Question = Literal["inclusion", "consistency"]
SMALL: Final = 70
HIGHEST: Final = 40
MARKS: Final = 16
# Mostly small, where shapes are irregular; 2^40 is what a row holds, 2^62 what 64 hashes prove.
BITS: Final = (1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 10, 16, 20, 21, 24, 32, 40)
FREE_BITS: Final = (*BITS, 41, 53, 62)


@dataclass(frozen=True, slots=True)
class Claim:
    """A leaf hash (first) at an index (small) of a tree of a size (large) with a root (second).

    Or a tree of a size (small) with a root (first), appended to until it was one of another size
    (large) with another root (second).
    """

    question: Question
    small: int
    large: int
    first: bytes
    second: bytes
    path: tuple[bytes, ...]


class Tree:
    """A tree of as many entries as one asks for, up to ``most``; the product's prover proves."""

    def __init__(self, random: Random, *, sparse: bool) -> None:
        self.most = (1 << HIGHEST) - 1 if sparse else SMALL
        self._seed = random.randbytes(16)
        marks = (random.getrandbits(random.randrange(1, HIGHEST)) for _ in range(MARKS))
        self._marks = sorted(set(marks)) if sparse else list(range(SMALL))
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._alike = [sha256(self._seed).digest()]
        for _ in range(HIGHEST):
            self._alike.append(merkle.node_hash(self._alike[-1], self._alike[-1]))

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree."""
        begin, end = index << level, (index + 1) << level
        at = bisect_left(self._marks, begin)
        if at == len(self._marks) or self._marks[at] >= end:
            return self._alike[level]
        found = self._nodes.get((level, index))
        if found is None:
            if level:
                below = self.node(level - 1, 2 * index), self.node(level - 1, 2 * index + 1)
                found = merkle.node_hash(*below)
            else:
                found = merkle.leaf_hash(self._seed + index.to_bytes(8))
            self._nodes[level, index] = found
        return found

    def root(self, size: int) -> bytes:
        """Return the root over the first entries."""
        return merkle.subtree_root(0, size, self.node)

    def included(self, index: int, size: int) -> Claim:
        """Return the honest claim that an entry is in."""
        path = merkle.inclusion_proof(index, size, self.node)
        return Claim(INCLUSION, index, size, self.node(0, index), self.root(size), tuple(path))

    def appended(self, old: int, new: int) -> Claim:
        """Return the honest claim that the tree grew."""
        path = merkle.consistency_proof(old, new, self.node)
        return Claim(CONSISTENCY, old, new, self.root(old), self.root(new), tuple(path))

    def claim(self, random: Random, question: Question) -> Claim:
        """Return an honest claim of the tree."""
        sizes = two_sizes(random, question, BITS, self.most)
        return self.included(*sizes) if question == INCLUSION else self.appended(*sizes)


def two_sizes(
    random: Random, question: Question, bits: tuple[int, ...], most: int
) -> tuple[int, int]:
    """Return (index, size) or (old, new) of an honest claim."""
    large = min(1 + random.getrandbits(random.choice(bits)), most)
    if question == INCLUSION:
        return random.choice([random.randrange(large), large - 1, 0]), large
    large = max(large, 2)
    near = large - 1 - random.getrandbits(random.choice((1, 3, 6, 12, 24)))
    power = 1 << random.randrange((large - 1).bit_length())
    small = random.choice([random.randrange(1, large), near, near, near, power])
    return min(max(small, 1), large - 1), large


def free(
    random: Random, question: Question, near: tuple[int, int], shape: tuple[int, int]
) -> Claim | None:
    """Return a claim over random hashes: ``near`` is what holds of it, ``shape`` is its length.

    None where no tree has such a path: then nothing holds of it.
    """
    count = path_length(*shape) if question == INCLUSION else proof_length(*shape)
    start = random.randbytes(32)
    hashes = tuple(random.randbytes(32) for _ in range(count))
    if question == INCLUSION:
        root = inclusion_root(*near, start, hashes)
        return root and Claim(question, *near, start, root, hashes)
    roots = consistency_roots(*near, start, hashes)
    return roots and Claim(question, *near, *roots, hashes)


def path_length(index: int, size: int) -> int:
    """Return how many hashes PATH(index, D[size]) has; 0 where there is no such path."""
    count = 0
    while 0 <= index < size > 1:
        k = split(size)
        index, size = (index, k) if index < k else (index - k, size - k)
        count += 1
    return count


def proof_length(old: int, new: int) -> int:
    """Return how many hashes PROOF(old, D[new]) has; 0 where there is no such proof."""
    count = 0
    known = True
    while 0 < old < new:
        k = split(new)
        old, new, known = (old, k, known) if old <= k else (old - k, new - k, False)
        count += 1
    return count if known else count + 1
