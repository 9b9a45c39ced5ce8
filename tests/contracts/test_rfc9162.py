"""The RFC 9162 library, run in an EVM, against two Python verifiers: on honest and on any input.

A suite of honest proofs that hold and tampered ones that fail leaves mutants alive (an extra
shift, a missing length check). So most cases here have roots made for a *neighbouring* claim:
another size, index or path length. Who reads the shape of the tree differently is found there.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core import merkle
from rootprint.ledger.core.errors import BadProof
from tests.contracts.evm import Account, Contract, Evm
from tests.contracts.oracle import (
    Hash,
    UniformTree,
    consistency_roots,
    inclusion_root,
    leaf,
    node,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

pytestmark = [pytest.mark.contracts, pytest.mark.chain]

LARGEST = 2**64 - 1
HARNESS = "tests/contracts/solidity/RFC9162Harness.sol"
CASES = 700


@pytest.fixture(scope="module")
def library(script: ModuleType, root: Path) -> Callable[..., Any]:
    """Call a function of the library, deployed in an EVM, by name."""
    # The harness imports "../../../contracts/RFC9162.sol", which is "contracts/RFC9162.sol" here.
    harness = {HARNESS: {"content": (root / HARNESS).read_text()}}
    compiled = script.compile_sources({**script.sources(), **harness})[HARNESS]["RFC9162Harness"]
    contract = Contract(compiled["abi"], compiled["evm"]["bytecode"]["object"])
    sender = Account("deployer")
    evm = Evm(sender)
    _, address = evm.transact(sender, b"", contract.bytecode)
    return lambda name, *arguments: evm.call(address, contract, name, *arguments)


def test_hashes_are_the_reference_trees(library: Callable[..., Any]) -> None:
    """Eight leaves and their root as Certificate Transparency's implementations publish them."""
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    entries.append("606162636465666768696a6b6c6d6e6f")
    level = [library("leafHash", bytes.fromhex(entry)) for entry in entries]
    assert level[0].hex().startswith("6e340b9cffb37a98")
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=True)
        level = [library("nodeHash", left, right) for left, right in pairs]
    assert level[0].hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_every_honest_proof_of_small_trees_holds(library: Callable[..., Any]) -> None:
    tree = UniformTree(leaf(b"entry"))
    for size in range(1, 18):
        for index in range(size):
            claim = index, size, tree.root(1), tree.root(size), tree.path(index, size)
            assert library("verifyInclusion", *claim), claim
        for old in range(1, size):
            roots = tree.root(old), tree.root(size)
            assert library("verifyConsistency", old, size, *roots, tree.proof(old, size))


@pytest.mark.parametrize("new", [2**20, 2**20 + 1, 2**32 - 1, 2**63, LARGEST])
def test_honest_proofs_of_large_trees_hold(library: Callable[..., Any], new: int) -> None:
    tree = UniformTree(leaf(b"entry"))
    for old in (1, 2**19, 2**19 + 1, new - 1):
        roots = tree.root(old), tree.root(new)
        assert library("verifyConsistency", old, new, *roots, tree.proof(old, new))
        assert library(
            "verifyInclusion", old - 1, new, tree.root(1), tree.root(new), tree.path(old - 1, new)
        )


def test_inclusion_of_anything_is_judged_alike(library: Callable[..., Any]) -> None:
    judged = {True: 0, False: 0}
    for index, size, start, root, path in inclusion_claims(Random(9162)):
        expected = inclusion_root(index, size, start, path) == root
        assert python_says(merkle.verify_inclusion, index, size, start, path, root) == expected
        claim = index, size, start, root, path
        assert library("verifyInclusion", *claim) == expected, claim
        judged[expected] += 1
    assert min(judged.values()) > CASES // 5


def test_consistency_of_anything_is_judged_alike(library: Callable[..., Any]) -> None:
    judged = {True: 0, False: 0}
    for old, new, old_root, new_root, path in consistency_claims(Random(9162)):
        expected = consistency_roots(old, new, old_root, path) == (old_root, new_root)
        # ledger.core accepts "the same tree", the contract wants growth; and it reads no longer
        # proofs than its limit, which trees beyond 2^63 entries pass by one.
        if old != new and len(path) <= merkle.MAX_PROOF:
            found = python_says(merkle.verify_consistency, old, new, old_root, new_root, path)
            assert found == expected
        claim = old, new, old_root, new_root, path
        assert library("verifyConsistency", *claim) == expected, claim
        judged[expected] += 1
    assert min(judged.values()) > CASES // 5


def inclusion_claims(
    random: Random,
) -> Iterator[tuple[int, int, Hash, Hash, list[Hash]]]:
    """Yield (index, size, leaf, root, path): the root is right for a claim near this one."""
    tree = UniformTree(b"\7" * 32)
    for _ in range(CASES):
        size = a_size(random)
        index = random.randrange(size)
        near = moved(random, index, size)
        shape = near if 0 <= near[0] < near[1] else (index, size)
        start, path = random.randbytes(32), a_path(random, len(tree.path(*shape)))
        root = inclusion_root(*near, start, path) or inclusion_root(index, size, start, path)
        yield index, size, start, root or random.randbytes(32), path
    yield LARGEST, LARGEST, b"\1" * 32, b"\1" * 32, []
    yield 0, 0, b"\1" * 32, b"\1" * 32, []


def consistency_claims(
    random: Random,
) -> Iterator[tuple[int, int, Hash, Hash, list[Hash]]]:
    """Yield (old, new, old root, new root, path): the roots are right for a claim near this one."""
    tree = UniformTree(b"\7" * 32)
    for _ in range(CASES):
        new = max(a_size(random), 2)
        old = random.choice([random.randrange(1, new), 1 << random.randrange(new.bit_length() - 1)])
        near = moved(random, old, new)
        shape = near if 0 < near[0] < near[1] else (old, new)
        seed, path = random.randbytes(32), a_path(random, len(tree.proof(*shape)))
        roots = consistency_roots(*near, seed, path) or consistency_roots(old, new, seed, path)
        old_root, new_root = roots or (seed, seed)
        spoilt = random.choice(["", "", "", "", "old", "new"])  # one of two is not enough
        yield (
            old,
            new,
            seed if spoilt == "old" else old_root,
            seed if spoilt == "new" else new_root,
            path,
        )
    for size in (3, 5, 7, 9):  # no growth, though a path leads from the last leaf to the root
        root = tree.root(size)
        yield size, size, root, root, [tree.root(1), *tree.path(size - 1, size)]
    seed = random.randbytes(32)
    for size in (0, 1, 4, 5, LARGEST):  # no growth, whatever the path
        yield size, size, seed, seed, []
        yield size, size, seed, seed, [seed]
        yield size, 0, seed, seed, [seed]
        yield 0, size, seed, node(seed, seed), [seed]
        yield 0, size, seed, seed, [seed]
        yield 0, size, seed, seed, []


def a_size(random: Random) -> int:
    """Return a tree size: mostly small, where shapes are irregular, at times up to 2^64 - 1."""
    bits = random.choice([1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 10, 21, 64])
    return min(1 + random.getrandbits(bits), LARGEST)


def a_path(random: Random, honest: int) -> list[Hash]:
    """Return random hashes: as many as an honest path has, seldom one more or fewer, or none."""
    length = random.choice([honest] * 8 + [honest + 1, honest - 1, 0])
    return [random.randbytes(32) for _ in range(max(length, 0))]


def moved(random: Random, low: int, high: int) -> tuple[int, int]:
    """Return a claim (index, size) or (old, new): the same one, or one nearby."""
    if random.random() < 0.4:
        return low, high
    if random.random() < 0.5:  # in half the tree, in one twice as high, to the right of another
        k = 1 << (high - 1).bit_length()
        return random.choice(
            [
                (low, split(max(high, 2))),
                (low, 2 * high),
                (low // 2, high // 2),
                (low + k, high + k),
            ]
        )
    steps = [0, 0, 1, -1, 2, -2, 4]
    return low + random.choice(steps), high + random.choice(steps)


def python_says(verify: Callable[..., None], *claim: object) -> bool:
    """Return whether ledger.core's verifier accepts the claim."""
    try:
        verify(*claim)
    except BadProof:
        return False
    return True
