"""Kinds of claim: the honest ones, and what a hostile prover makes of them.

A kind is a function of chance and of a ``Maker`` that returns a claim. Most of what it makes is
false, some of it may be true: nothing here says which, since the verifiers are held against each
other. A suite of honest proofs and spoilt ones leaves mutants of a verifier alive; what finds them
are claims with roots that were made for another claim nearby (``neighbour`` and ``shape``).
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256, sha512
from typing import TYPE_CHECKING, Final

from eth_hash.auto import keccak

from tests.differential.claims import (
    CONSISTENCY,
    FREE_BITS,
    HIGHEST,
    INCLUSION,
    Claim,
    Question,
    Tree,
    free,
    two_sizes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

WORD: Final = 1 << 64
HASH: Final = 32


class Maker:
    """Chance, the question and the trees that claims are made from."""

    def __init__(self, random: Random, trees: tuple[Tree, Tree], question: Question) -> None:
        self.random, self.question = random, question
        self.tree = random.choice(trees)

    def honest(self) -> Claim:
        """Return a claim that holds, from one of three sources."""
        if self.random.random() < 1 / 3:
            sizes = two_sizes(self.random, self.question, FREE_BITS, 1 << 62)
            made = free(self.random, self.question, sizes, sizes)
            assert made is not None
            return made
        return self.tree.claim(self.random, self.question)

    def long(self) -> Claim:
        """Return a claim that holds and has a hash in its path, as all but a few have."""
        while True:
            made = self.honest()
            if made.path:
                return made


def honest(maker: Maker) -> Claim:
    return maker.honest()


def bit_of_first(maker: Maker) -> Claim:
    claim = maker.honest()
    return replace(claim, first=_flipped(maker.random, claim.first))


def bit_of_second(maker: Maker) -> Claim:
    claim = maker.honest()
    return replace(claim, second=_flipped(maker.random, claim.second))


def bit_of_path(maker: Maker) -> Claim:
    claim = maker.long()
    at = maker.random.randrange(len(claim.path))
    return _with(claim, at, _flipped(maker.random, claim.path[at]))


def dropped(maker: Maker) -> Claim:
    claim = maker.long()
    at = maker.random.choice([0, len(claim.path) - 1, maker.random.randrange(len(claim.path))])
    return replace(claim, path=claim.path[:at] + claim.path[at + 1 :])


def added(maker: Maker) -> Claim:
    claim, random = maker.honest(), maker.random
    at = random.choice([0, len(claim.path), random.randint(0, len(claim.path))])
    known = [claim.first, claim.second, *claim.path, random.randbytes(HASH), bytes(HASH)]
    more = tuple(random.choice(known) for _ in range(random.choice([1, 1, 1, 2, 5, 70, 200])))
    return replace(claim, path=claim.path[:at] + more + claim.path[at:])


def swapped(maker: Maker) -> Claim:
    claim = maker.long()
    path = list(claim.path)
    one, other = maker.random.sample(range(len(path)), 2) if len(path) > 1 else (0, 0)
    path[one], path[other] = path[other], path[one]
    return replace(claim, path=tuple(path))


def turned_round(maker: Maker) -> Claim:
    claim = maker.honest()
    return replace(claim, path=claim.path[::-1])


def without_path(maker: Maker) -> Claim:
    return replace(maker.honest(), path=())


def off_by_some(maker: Maker) -> Claim:
    claim, random = maker.honest(), maker.random
    steps = [0, 0, 1, -1, 2, -2, 4]
    small, large = claim.small + random.choice(steps), claim.large + random.choice(steps)
    return replace(claim, small=max(small, 0), large=max(large, 0))


def zero(maker: Maker) -> Claim:
    """An empty tree, at either end or at both."""
    claim = maker.honest()
    small, large = maker.random.choice([(0, claim.large), (claim.small, 0), (0, 0)])
    return replace(claim, small=small, large=large)


def exchanged(maker: Maker) -> Claim:
    claim, both = maker.honest(), maker.random.random() < 1 / 2
    claim = replace(claim, small=claim.large, large=claim.small)
    return replace(claim, first=claim.second, second=claim.first) if both else claim


def beyond_a_word(maker: Maker) -> Claim:
    """Numbers that are the honest ones in their low 64 bits, or that a word can't hold at all."""
    claim, random = maker.honest(), maker.random
    far = random.choice([WORD, WORD, WORD * random.getrandbits(64), (1 << 256) - WORD])
    small = claim.small + random.choice([0, far])
    large = claim.large + (far if small == claim.small else random.choice([0, far]))
    return replace(claim, small=small, large=large)


def just_beyond_a_word(maker: Maker) -> Claim:
    """The last entries of a tree of more than 2^64: their paths are short, and they would hold."""
    random, many = maker.random, WORD + random_size(maker)
    small = many - 1 if maker.question == INCLUSION else many - 1 - random.randrange(2)
    made = free(random, maker.question, (small, many), (small, many))
    return made or replace(maker.honest(), large=many)


def beyond_a_row(maker: Maker) -> Claim:
    """From what a row of the registry holds to a size that it does not."""
    claim, random = maker.honest(), maker.random
    last = (1 << HIGHEST) - 1
    small = last - random.randrange(3)
    large = last + random.randrange(3)
    made = free(random, claim.question, (small, large), (small, large))
    return made or replace(claim, small=small, large=large)


def equal(maker: Maker) -> Claim:
    """No growth, with every path that might show it; an index that is the size."""
    random = maker.random
    if random.random() < 1 / 3:
        size = random_size(maker)
        root, path = maker.tree.root(size), maker.tree.included(size - 1, size).path
        claim = Claim(maker.question, size, size, root, root, (maker.tree.node(0, size - 1), *path))
        return random.choice([claim, replace(claim, path=()), replace(claim, path=(root,))])
    claim = maker.honest()
    same = random.choice([claim.small, claim.large])
    claim = replace(claim, small=same, large=same)
    return random.choice([claim, replace(claim, path=()), replace(claim, second=claim.first)])


def out_of_range(maker: Maker) -> Claim:
    claim, random = maker.honest(), maker.random
    beyond = random.choice([0, 1, random.getrandbits(8), random.getrandbits(40), claim.large])
    return replace(claim, small=claim.large + beyond)


def another_size(maker: Maker) -> Claim:
    """The proof of another size, or of another entry, of the same tree."""
    claim = maker.tree.claim(maker.random, maker.question)
    other = maker.tree.claim(maker.random, maker.question)
    return replace(claim, path=other.path)


def another_root(maker: Maker) -> Claim:
    claim, random = maker.tree.claim(maker.random, maker.question), maker.random
    roots = maker.tree.root(random_size(maker)), maker.tree.root(claim.large - 1), bytes(HASH)
    return replace(claim, **{random.choice(["first", "second"]): random.choice(roots)})


def another_claim(maker: Maker) -> Claim:
    """All that is true of one claim but one part, which is true of another."""
    claim, other = (maker.tree.claim(maker.random, maker.question) for _ in range(2))
    part = maker.random.choice(["small", "large", "first", "second", "path"])
    return replace(claim, **{part: getattr(other, part)})


def another_question(maker: Maker) -> Claim:
    """An inclusion proof shown for growth, or the other way round."""
    asked = CONSISTENCY if maker.question == INCLUSION else INCLUSION
    return replace(maker.tree.claim(maker.random, asked), question=maker.question)


def hash_of_another_kind(maker: Maker) -> Claim:
    """A hash by another function, or of a leaf where an inner node is meant."""
    claim, random = maker.long(), maker.random
    at = random.randrange(len(claim.path))
    given = claim.path[at] + claim.first
    made = random.choice(
        [
            keccak(b"\x01" + given),
            sha256(given).digest(),
            sha256(b"\x00" + given).digest(),
            sha512(b"\x01" + given).digest()[:HASH],
            sha256(sha256(b"\x01" + given).digest()).digest(),
        ]
    )
    where = random.choice(["path", "first", "second"])
    return _with(claim, at, made) if where == "path" else replace(claim, **{where: made})


def node_as_leaf(maker: Maker) -> Claim:
    """An inner node shown as a leaf of the tree above it: half of the sizes, a hash fewer."""
    claim = maker.tree.claim(maker.random, maker.question)
    if not claim.path:
        return claim
    one, other = claim.first, claim.path[0]
    pair = (other, one) if claim.small & 1 else (one, other)
    above = sha256(b"\x01" + b"".join(pair)).digest()
    small, large = claim.small >> 1, (claim.large + 1) >> 1
    return replace(claim, small=small, large=large, first=above, path=claim.path[1:])


def neighbour(maker: Maker) -> Claim:
    """What holds of sizes nearby, said of these: it may hold of both, for a path binds no size."""
    random = maker.random
    small, large = two_sizes(random, maker.question, FREE_BITS, 1 << 61)
    near = _moved(random, small, large)
    lowest = 0 if maker.question == INCLUSION else 1
    shape = near if lowest <= near[0] < near[1] else (small, large)
    made = free(random, maker.question, near, shape) if shape == near else None
    made = made or free(random, maker.question, (small, large), shape)
    assert made is not None
    return replace(made, small=small, large=large)


def shape(maker: Maker) -> Claim:
    """A path with the length of another claim, and the roots that it leads to, if to any."""
    random = maker.random
    sizes = two_sizes(random, maker.question, FREE_BITS, 1 << 62)
    other = two_sizes(random, maker.question, FREE_BITS, 1 << 62)
    made = free(random, maker.question, sizes, other)
    return made or replace(maker.honest(), small=sizes[0], large=sizes[1])


def cut(maker: Maker) -> Claim:
    """The last hash is shorter than a hash."""
    claim = maker.long()
    return replace(claim, path=(*claim.path[:-1], claim.path[-1][: maker.random.randrange(HASH)]))


def noise(maker: Maker) -> Claim:
    random = maker.random
    small, large = (random.getrandbits(random.choice(FREE_BITS)) for _ in range(2))
    first, second = random.randbytes(HASH), random.randbytes(HASH)
    path = tuple(random.randbytes(HASH) for _ in range(random.choice([0, 1, 2, 5, 20, 64])))
    return Claim(maker.question, small, large, first, second, path)


KINDS: Final[dict[str, Callable[[Maker], Claim]]] = {
    "honest": honest,
    "a bit of the leaf or old root": bit_of_first,
    "a bit of the root or new root": bit_of_second,
    "a bit of the path": bit_of_path,
    "a hash dropped": dropped,
    "hashes added": added,
    "two hashes swapped": swapped,
    "the path the other way round": turned_round,
    "no path": without_path,
    "numbers off by some": off_by_some,
    "zero": zero,
    "numbers exchanged": exchanged,
    "beyond 2^64": beyond_a_word,
    "just beyond 2^64": just_beyond_a_word,
    "about 2^40": beyond_a_row,
    "equal numbers": equal,
    "out of range": out_of_range,
    "the path of another size": another_size,
    "another root": another_root,
    "a part of another claim": another_claim,
    "the proof of the other question": another_question,
    "a hash of another kind": hash_of_another_kind,
    "an inner node as a leaf": node_as_leaf,
    "roots of a neighbour": neighbour,
    "a path of another shape": shape,
    "a hash cut short": cut,
    "noise": noise,
}


def random_size(maker: Maker) -> int:
    """Return a size that the tree has."""
    return two_sizes(maker.random, CONSISTENCY, FREE_BITS, maker.tree.most)[0]


def _flipped(random: Random, digest: bytes) -> bytes:
    bit = 1 << random.randrange(8 * HASH)
    return (int.from_bytes(digest) ^ bit).to_bytes(HASH)


def _with(claim: Claim, at: int, digest: bytes) -> Claim:
    return replace(claim, path=(*claim.path[:at], digest, *claim.path[at + 1 :]))


def _moved(random: Random, low: int, high: int) -> tuple[int, int]:
    """Return the same claim's numbers or those of one nearby, as a wrong shift would have them."""
    if random.random() < 1 / 2:
        k = 1 << (high - 1).bit_length()
        return random.choice([(low, 2 * high), (low // 2, high // 2), (low + k, high + k)])
    steps = [0, 0, 1, -1, 2, -2, 4]
    return low + random.choice(steps), high + random.choice(steps)
