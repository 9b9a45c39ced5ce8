"""The RFC 9162 tree against two other libraries, and against the RFC's own definitions."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any

import pymerkle
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rootprint.ledger.core import merkle
from rootprint.ledger.core.errors import BadProof
from tests.core.rfc9162 import (
    consistency_holds,
    consistent_roots,
    inclusion_holds,
    mth,
    node,
    path,
    subproof,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # it looks for sha3, which hashlib has replaced
    import merkletools

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = 70
ENTRIES = [bytes([n]) * 65 for n in range(TOP)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
HASHES = st.sampled_from([bytes(32), b"\xff" * 32, *LEAVES[:4]])


def stored(leaves: list[bytes]) -> merkle.Nodes:
    """Return the nodes of a tree that was appended to leaf by leaf."""
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        for level, place, value in merkle.completed_by(
            index, leaf, lambda level, place: nodes[level, place]
        ):
            assert (level, place) not in nodes
            nodes[level, place] = value
    return lambda level, place: nodes[level, place]


def holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except BadProof:
        return False
    return True


NODES = stored(LEAVES)
ROOTS = [mth(LEAVES[:n]) for n in range(TOP + 1)]


def test_leaf_and_node_hashes_are_apart() -> None:
    """A leaf can't pass for a node: 0x00 before an entry, 0x01 before two hashes."""
    assert merkle.leaf_hash(b"") == hashlib.sha256(b"\x00").digest()
    assert merkle.node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()
    assert hashlib.sha256(b"").digest() == merkle.EMPTY_ROOT


@pytest.mark.parametrize("size", range(TOP + 1))
def test_roots_are_those_of_the_definition(size: int) -> None:
    """tree_root from entries and subtree_root from stored nodes are both MTH(D_n)."""
    assert merkle.tree_root(ENTRIES[:size]) == ROOTS[size]
    assert merkle.subtree_root(0, size, NODES) == ROOTS[size]


class _Separated:
    """SHA-256 with the node prefix, in the form merkletools calls."""

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(b"\x01" + bytes(data)).digest


def test_merkletools_finds_the_same_roots_and_takes_our_proofs() -> None:
    """Its tree has the RFC's shape once its node hash has the RFC's prefix."""
    for size in range(1, TOP + 1):
        tools: Any = merkletools.MerkleTools()
        tools.hash_function = _Separated
        tools.add_leaf([leaf.hex() for leaf in LEAVES[:size]])
        tools.make_tree()
        assert tools.get_merkle_root() == ROOTS[size].hex()
        for index in {0, size // 2, size - 1}:
            theirs = [next(iter(step.values())) for step in tools.get_proof(index)]
            ours = merkle.inclusion_proof(index, size, NODES)
            assert theirs == [value.hex() for value in ours]


def test_pymerkle_finds_the_same_roots_and_proofs() -> None:
    """Roots and inclusion paths; and it proves in its own form that our roots are consistent."""
    tree: Any = pymerkle.InmemoryTree(algorithm="sha256")
    for size, entry in enumerate(ENTRIES, start=1):
        assert tree.append_entry(entry) == size
        assert tree.get_root() == merkle.tree_root(ENTRIES[:size])
    for size in range(1, TOP + 1, 3):
        assert tree.get_root(size) == ROOTS[size]
        for index in range(size):
            _leaf, *theirs = tree.prove_inclusion(index + 1, size).path
            assert theirs == merkle.inclusion_proof(index, size, NODES)
            consistency = tree.prove_consistency(index + 1, size)
            pymerkle.verify_consistency(ROOTS[index + 1], ROOTS[size], consistency)


@pytest.mark.parametrize("size", range(1, TOP + 1))
def test_inclusion_of_every_entry_in_every_size(size: int) -> None:
    """Proofs are PATH(m, D_n) and verify, at their own place only."""
    for index in range(size):
        proof = merkle.inclusion_proof(index, size, NODES)
        assert proof == path(index, LEAVES[:size])
        merkle.verify_inclusion(index, size, LEAVES[index], proof, ROOTS[size])
        other = (index + 1) % size
        if other != index:
            with pytest.raises(BadProof, match="inclusion proof"):
                merkle.verify_inclusion(other, size, LEAVES[index], proof, ROOTS[size])


@pytest.mark.parametrize("new", range(1, TOP + 1))
def test_consistency_of_every_pair_of_sizes(new: int) -> None:
    """Proofs are PROOF(m, D_n) and verify, for every older size."""
    for old in range(1, new + 1):
        proof = merkle.consistency_proof(old, new, NODES)
        assert proof == subproof(old, LEAVES[:new], whole=True)
        merkle.verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)
        wrong = merkle.node_hash(ROOTS[old], ROOTS[new])
        for roots in ((wrong, ROOTS[new]), (ROOTS[old], wrong)):
            with pytest.raises(BadProof, match=r"does not extend|two different roots"):
                merkle.verify_consistency(old, new, *roots, proof)


def spoilt(proof: list[bytes]) -> list[list[bytes]]:
    """Return the proof short, long, with one hash doubled, and with two swapped."""
    others = [[*proof, bytes(32)], [bytes(32), *proof]]
    others += [proof[:i] + proof[i + 1 :] for i in range(len(proof))]
    others += [proof[: i + 1] + proof[i:] for i in range(len(proof))]
    others += [[*proof[:i], proof[i + 1], proof[i], *proof[i + 2 :]] for i in range(len(proof) - 1)]
    return others


def flipped(proof: list[bytes], bits: range) -> list[list[bytes]]:
    """Return the proof with one bit of one hash changed, for each of ``bits``."""
    others = []
    for index, value in enumerate(proof):
        for bit in bits:
            changed = bytearray(value)
            changed[bit // 8] ^= 1 << bit % 8
            others.append([*proof[:index], bytes(changed), *proof[index + 1 :]])
    return others


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (5, 8), (6, 7), (9, 13), (69, 70)])
def test_every_changed_inclusion_proof_is_refused(index: int, size: int) -> None:
    """Each single bit, each missing, doubled, added or swapped hash."""
    proof = merkle.inclusion_proof(index, size, NODES)
    for other in [*spoilt(proof), *flipped(proof, range(256))]:
        with pytest.raises(BadProof, match="inclusion proof"):
            merkle.verify_inclusion(index, size, LEAVES[index], other, ROOTS[size])


@pytest.mark.parametrize(("old", "new"), [(1, 2), (4, 8), (3, 7), (6, 13), (64, 70), (69, 70)])
def test_every_changed_consistency_proof_is_refused(old: int, new: int) -> None:
    """Each single bit, each missing, doubled, added or swapped hash."""
    proof = merkle.consistency_proof(old, new, NODES)
    for other in [*spoilt(proof), *flipped(proof, range(256))]:
        with pytest.raises(BadProof, match=r"consistency proof|does not extend"):
            merkle.verify_consistency(old, new, ROOTS[old], ROOTS[new], other)


@given(st.integers(1, TOP), st.data())
def test_changed_leaf_root_or_index_is_refused(size: int, data: st.DataObject) -> None:
    """A proof shows one entry at one place under one root."""
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, NODES)
    bit = 1 << data.draw(st.integers(0, 255))
    wrong_leaf = (int.from_bytes(LEAVES[index]) ^ bit).to_bytes(32)
    wrong_root = (int.from_bytes(ROOTS[size]) ^ bit).to_bytes(32)
    for leaf, root in ((wrong_leaf, ROOTS[size]), (LEAVES[index], wrong_root)):
        with pytest.raises(BadProof, match="does not lead"):
            merkle.verify_inclusion(index, size, leaf, proof, root)


@settings(max_examples=300)
@given(st.integers(-1, 20), st.integers(-1, 20), HASHES, st.lists(HASHES, max_size=6), st.data())
def test_inclusion_verdicts_are_the_definitions(
    index: int, size: int, leaf: bytes, proof: list[bytes], data: st.DataObject
) -> None:
    """On arbitrary input the loop of section 2.1.3.2 and plain recursion agree.

    The root is what the recursion computes as often as not, so that both verdicts occur.
    """
    reachable = _inclusion_roots(index, size, leaf, proof)
    root = data.draw(st.sampled_from(reachable) | HASHES if reachable else HASHES)
    ours = holds(lambda: merkle.verify_inclusion(index, size, leaf, proof, root))
    assert ours == inclusion_holds(index, size, leaf, proof, root)


def _inclusion_roots(index: int, size: int, leaf: bytes, proof: list[bytes]) -> list[bytes]:
    # Every root that some order of left and right gives: the true one is among them if any is.
    roots = [leaf]
    for value in proof:
        roots = [node(value, r) for r in roots] + [node(r, value) for r in roots]
    return [root for root in roots if inclusion_holds(index, size, leaf, proof, root)] or roots[:2]


@settings(max_examples=400)
@given(st.integers(-1, 20), st.integers(-1, 20), st.lists(HASHES, max_size=6), st.data())
def test_consistency_verdicts_are_the_definitions(
    old: int, new: int, proof: list[bytes], data: st.DataObject
) -> None:
    """On arbitrary input the loop of section 2.1.4.2 and plain recursion agree.

    Half of the time the roots are those that this proof joins, so that both verdicts occur.
    """
    old_root, new_root = data.draw(HASHES), data.draw(HASHES)
    joined = consistent_roots(old, new, old_root, proof)
    if joined and data.draw(st.booleans()):
        old_root, new_root = joined
    expected = consistency_holds(old, new, old_root, new_root, proof)
    ours = holds(lambda: merkle.verify_consistency(old, new, old_root, new_root, proof))
    assert ours == expected


@settings(max_examples=200)
@given(st.integers(1, TOP), st.integers(1, TOP), st.integers(1, TOP), st.integers(1, TOP))
def test_a_true_proof_under_other_sizes_gets_the_definitions_verdict(
    old: int, new: int, said_old: int, said_new: int
) -> None:
    """Proofs don't bind the new size; where a wrong size passes, the definition says so too."""
    assume(old <= new)
    proof = merkle.consistency_proof(old, new, NODES)
    ours = holds(
        lambda: merkle.verify_consistency(said_old, said_new, ROOTS[old], ROOTS[new], proof)
    )
    assert ours == consistency_holds(said_old, said_new, ROOTS[old], ROOTS[new], proof)


def test_a_consistency_proof_does_not_bind_the_new_size() -> None:
    """Why sizes are only trusted where they are signed together with their roots."""
    proof = merkle.consistency_proof(4, 7, NODES)
    merkle.verify_consistency(4, 7, ROOTS[4], ROOTS[7], proof)
    merkle.verify_consistency(4, 8, ROOTS[4], ROOTS[7], proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (8, 7)])
def test_an_entry_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    """Neither made nor believed; size zero holds nothing."""
    with pytest.raises(BadProof, match="is not in a tree of"):
        merkle.inclusion_proof(index, size, NODES)
    with pytest.raises(BadProof, match="is not in a tree of"):
        merkle.verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 1), (2, 1), (-1, 1)])
def test_sizes_must_rise_from_one(old: int, new: int) -> None:
    """The empty tree is not a state that anything is consistent with."""
    with pytest.raises(BadProof, match="no consistency proof"):
        merkle.consistency_proof(old, new, NODES)
    with pytest.raises(BadProof, match="can't be consistent"):
        merkle.verify_consistency(old, new, LEAVES[0], LEAVES[0], [])


def test_one_size_has_one_root() -> None:
    """Equal sizes need an empty proof and equal roots."""
    merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[3], [])
    with pytest.raises(BadProof, match="two different roots of size 3"):
        merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[4], [])
    with pytest.raises(BadProof, match="two different roots of size 3"):
        merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[3], [ROOTS[3]])


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_only_hashes_of_32_bytes_are_hashes(length: int) -> None:
    """As leaf, as root and inside a proof, before anything is computed."""
    odd = bytes(length)
    for leaf, proof, root in (
        (odd, [LEAVES[1]], ROOTS[2]),
        (LEAVES[0], [odd], ROOTS[2]),
        (LEAVES[0], [LEAVES[1]], odd),
    ):
        with pytest.raises(BadProof, match="not 32 bytes"):
            merkle.verify_inclusion(0, 2, leaf, proof, root)
    for old, new, proof in (
        (odd, ROOTS[2], [LEAVES[1]]),
        (ROOTS[1], odd, [LEAVES[1]]),
        (ROOTS[1], ROOTS[2], [odd]),
    ):
        with pytest.raises(BadProof, match="not 32 bytes"):
            merkle.verify_consistency(1, 2, old, new, proof)


def test_a_proof_has_at_most_64_hashes() -> None:
    """As many as a tree of 2^63 entries needs."""
    long = [bytes(32)] * (merkle.MAX_PROOF + 1)
    with pytest.raises(BadProof, match="more than 64 hashes"):
        merkle.verify_inclusion(0, 2**64 - 1, LEAVES[0], long, ROOTS[2])
    with pytest.raises(BadProof, match="more than 64 hashes"):
        merkle.verify_consistency(1, 2**64 - 1, ROOTS[1], ROOTS[2], long)


def test_a_proof_reads_a_logarithm_of_the_tree() -> None:
    """At a million entries a proof looks up few nodes, each of a complete subtree."""
    size = 1_000_003
    looked: list[tuple[int, int]] = []

    def nodes(level: int, index: int) -> bytes:
        assert (index + 1) << level <= size
        looked.append((level, index))
        return bytes(32)

    merkle.inclusion_proof(777_777, size, nodes)
    merkle.consistency_proof(654_321, size, nodes)
    assert len(looked) < 4 * size.bit_length()
