"""A way through a Merkle-Patricia trie whose keys are hashes, proven node by node.

Pure: nodes are asked for by their keccak-256 and hashed here, so what is returned follows from
the root. Yellow Paper, appendices C (hex-prefix encoding) and D (Merkle-Patricia trie).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from rootprint.ledger.core import rlp
from rootprint.ledger.core.chain import WORD
from rootprint.ledger.core.errors import BadProof, Refused, Unavailable
from rootprint.ledger.core.keccak import keccak

# Keccak-256 to the bytes it names, or None. What it returns is hashed here.
Nodes = Callable[[bytes], bytes | None]

# Keccak-256 of RLP of nothing: the root of a trie that holds nothing.
EMPTY_ROOT: Final = bytes.fromhex(
    "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
)
# A full branch of a trie with hashed keys has 532 bytes; its leaves and extensions are shorter.
MAX_NODE_BYTES: Final = 1024
MOST_REMEMBERED: Final = 4096
_BRANCH_MEMBERS, _PATH_MEMBERS = 17, 2
_ODD, _LEAF, _FLAGS = 1, 2, 4  # the first nibble of a hex-prefixed path
_END = "."  # behind a key's last nibble: what a leaf's path ends with


class MissingNode(Unavailable):
    """A node that the way needs and that is not there; ``digest`` is its keccak-256."""

    def __init__(self, digest: bytes) -> None:
        super().__init__(f"the node 0x{digest.hex()} of the chain's state is missing")
        self.digest = digest


def trie_value(nodes: Nodes, root: bytes, key: bytes) -> bytes | None:
    """Return the value at a 32-byte key (hashed already), or None where the nodes prove absence.

    Reads at most 65 nodes, from the root down. Raises MissingNode, BadProof if a node is not what
    its name or place asks for, Refused if it is no RLP.
    """
    if len(key) != WORD or len(root) != WORD:
        raise Refused(f"a trie's key and its root have {WORD} bytes each")
    if root == EMPTY_ROOT:
        return None
    path, node = key.hex() + _END, _members(_fetch(nodes, root))
    while True:
        child, path = _step(node, path)
        if child == b"":
            return None
        if not path:
            return _value(child)
        node = _child(nodes, child)


def _step(node: tuple[rlp.Rlp, ...], path: str) -> tuple[rlp.Rlp, str]:
    """Return where ``path`` leads from a node, empty if nowhere, and what is left of it."""
    if len(node) == _BRANCH_MEMBERS:
        # Keys are all of one length, so none ends in a branch: it has no value of its own.
        if path == _END or node[-1] != b"":
            raise BadProof("a branch of the chain's state stands where a key ends")
        return node[int(path[0], 16)], path[1:]
    prefix, left = _prefix(node[0]), len(path)
    fits = len(prefix) == left if prefix.endswith(_END) else 0 < len(prefix) < left - len(_END)
    if not fits or node[1] == b"":
        raise BadProof("a path of the chain's state ends before or beyond its keys, or in nothing")
    return (node[1], path[len(prefix) :]) if path.startswith(prefix) else (b"", path)


def _fetch(nodes: Nodes, digest: bytes) -> bytes:
    data = nodes(digest)
    if data is None:
        raise MissingNode(digest)
    if len(data) > MAX_NODE_BYTES or _hash(data) != digest:
        raise BadProof(f"what is given as node 0x{digest.hex()} of the chain's state is another")
    return data


# Ways share their first nodes, so what follows from a node's bytes alone is found once.
@lru_cache(maxsize=MOST_REMEMBERED)
def _hash(data: bytes) -> bytes:
    return bytes(keccak(data))


@lru_cache(maxsize=MOST_REMEMBERED)
def _members(data: bytes) -> tuple[rlp.Rlp, ...]:
    return _node(rlp.decode(data))


def _child(nodes: Nodes, child: rlp.Rlp) -> tuple[rlp.Rlp, ...]:
    """Return the node that stands in its parent itself or is named there by its hash."""
    if isinstance(child, tuple):
        if _size(child) >= WORD:
            raise BadProof("a node of 32 bytes or more stands inside another in the chain's state")
        return _node(child)
    data = _fetch(nodes, child) if len(child) == WORD else b""
    if len(data) < WORD:
        raise BadProof(
            "a node of the chain's state is too short for its name, or its name for a hash"
        )
    return _members(data)


def _node(item: rlp.Rlp) -> tuple[rlp.Rlp, ...]:
    if isinstance(item, tuple) and len(item) in {_PATH_MEMBERS, _BRANCH_MEMBERS}:
        return item
    raise BadProof("a node of the chain's state has not 2 or 17 members")


def _prefix(item: rlp.Rlp) -> str:
    """Return a hex-prefixed path's nibbles as hex digits, with ``_END`` behind a leaf's."""
    if isinstance(item, bytes) and item and (flag := item[0] >> 4) < _FLAGS:
        digits = item.hex()
        if flag & _ODD or digits[1] == "0":
            return digits[1 if flag & _ODD else 2 :] + (_END if flag & _LEAF else "")
    raise BadProof("a path in the chain's state is not in hex-prefix encoding")


def _value(item: rlp.Rlp) -> bytes:
    if isinstance(item, bytes) and item:
        return item
    raise BadProof("a leaf of the chain's state has no value")


def _size(item: rlp.Rlp) -> int:
    """Return how many bytes a short item's encoding has (its lists have 55 at most)."""
    if isinstance(item, tuple):
        return 1 + sum(map(_size, item))
    return 1 if len(item) == 1 and item[0] < 0x80 else 1 + len(item)  # noqa: PLR2004 - RLP
