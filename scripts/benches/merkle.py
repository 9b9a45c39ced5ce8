"""Hashing a log's tree: all at once and entry by entry, against merkletools and bare hashlib."""

from __future__ import annotations

import hashlib
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from benches.measuring import Pair, rates, same
from rootprint.ledger.core.entry import ENTRY_BYTES
from rootprint.ledger.core.merkle import completed_by, leaf_hash, subtree_root, tree_root

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # it looks for sha3, which hashlib has replaced
    import merkletools

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benches.measuring import Result

PEER = "merkletools 1.0.3 with a domain-separated hash function, make_tree (keeps every node)"


ROOT = "rootprint.ledger.core.merkle.tree_root: the root alone, no node kept"
APPEND = "rootprint.ledger.core.merkle.completed_by entry by entry, as a log grows; every node kept"


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield the pairs: 1e5 entries (quick: 1e4), and the root's limit at 1e6."""
    size, rounds = ("1e4", 3) if quick else ("1e5", 9)
    entries = _entries(int(float(size)))
    hashing, against = _limit(entries)
    root = tree_root(entries)
    same("merkletools' root", _peer(entries), root.hex())
    same("the last of the bare hashes", _bare(hashing)[-1], root)
    same("the appended tree's root", _appended_root(entries), root)
    peer, bare = partial(_peer, entries), partial(_bare, hashing)
    for what, work, way in (("root", ROOT, tree_root), ("append", APPEND, _append)):
        name, ours = f"merkle {what}, {size} entries", partial(way, entries)
        yield rates(Pair(name, work, ours, PEER, peer, len(entries), "entries"), rounds=rounds)
        name += ", limit"
        yield rates(Pair(name, work, ours, against, bare, len(entries), "entries"), rounds=rounds)
    if not quick:
        yield _large()


def _large() -> Result:
    entries = _entries(10**6)
    hashing, against = _limit(entries)
    same("the last of the bare hashes", _bare(hashing)[-1], tree_root(entries))
    ours, bare = partial(tree_root, entries), partial(_bare, hashing)
    name = "merkle root, 1e6 entries, limit"
    return rates(Pair(name, ROOT, ours, against, bare, len(entries), "entries"), rounds=5)


def _entries(count: int) -> list[bytes]:
    return [b"\x01" + hashlib.sha512(number.to_bytes(8)).digest() for number in range(count)]


def _append(entries: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """Append one by one as a log does and return every complete subtree's hash."""
    nodes: dict[tuple[int, int], bytes] = {}

    def stored(level: int, index: int) -> bytes:
        return nodes[level, index]

    for number, entry in enumerate(entries):
        for level, index, node in completed_by(number, leaf_hash(entry), stored):
            nodes[level, index] = node
    return nodes


def _appended_root(entries: Sequence[bytes]) -> bytes:
    nodes = _append(entries)
    return subtree_root(0, len(entries), lambda level, index: nodes[level, index])


def _peer(entries: Sequence[bytes]) -> str:
    """Build the same tree with merkletools, whose public interface takes leaf hashes in hex."""
    sha256 = hashlib.sha256
    tree: Any = merkletools.MerkleTools()
    tree.hash_function = lambda pair: sha256(b"\x01" + pair)
    tree.add_leaf([sha256(b"\x00" + entry).hexdigest() for entry in entries])
    tree.make_tree()
    return str(tree.get_merkle_root())


def _limit(entries: Sequence[bytes]) -> tuple[list[bytes], str]:
    """Return the 2n - 1 inputs of the tree's hashes, made, the root's last; and their name."""
    sha256 = hashlib.sha256
    inputs = [b"\x00" + entry for entry in entries]
    level = [sha256(data).digest() for data in inputs]
    while len(level) > 1:
        pairs = [
            b"\x01" + left + right for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = [sha256(data).digest() for data in pairs] + (level[-1:] if len(level) % 2 else [])
        inputs += pairs
    same("the number of hashes", len(inputs), 2 * len(entries) - 1)
    calls = f"the same {len(inputs):,} SHA-256 calls over ready-made buffers"
    return inputs, f"limit: hashlib, {calls} of {ENTRY_BYTES + 1} and 65 bytes"


def _bare(hashing: Sequence[bytes]) -> list[bytes]:
    sha256 = hashlib.sha256
    return [sha256(data).digest() for data in hashing]
