"""The state of a chain in memory as real tries under a real block header, made with py-trie.

So that evidence of a made-up chain is proven by the same bytes as a real chain's: accounts and
words in hexary tries (Yellow Paper, section 4.1 and appendix D), a header of Cancun's members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import rlp
from eth_hash.auto import keccak
from trie.hexary import HexaryTrie

from rootprint.ledger.core.stateproof import needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.memory_chain import Snapshot

_EMPTY_LIST: Final = keccak(rlp.encode([]))
_EMPTY_TRIE: Final = keccak(rlp.encode(b""))
_WORD: Final = 32


@dataclass(frozen=True)
class State:
    """A block's header in RLP, and every trie node under it by hash."""

    header: bytes
    root: bytes
    nodes: Mapping[bytes, bytes]

    def proof(self, contract: bytes, slots: Sequence[bytes]) -> list[bytes]:
        """Return the nodes on the way to an account and to words of its storage."""
        return list(needed(self.nodes.get, self.root, contract, slots).values())


def state_of(number: int, time: int, snapshot: Snapshot, codes: Mapping[bytes, bytes]) -> State:
    """Return the state after a block; an account without a code hash is absent.

    Its parent is zero: blocks are not chained here, since no verifier follows them.
    """
    nodes: dict[bytes, bytes] = {}
    accounts = HexaryTrie(nodes)
    for address, code_hash in codes.items():
        storage = HexaryTrie(nodes)
        for slot, value in snapshot.get(address, {}).items():
            if any(value):
                storage[keccak(slot.to_bytes(_WORD))] = rlp.encode(value.lstrip(b"\0"))
        accounts[keccak(address)] = rlp.encode([b"\1", b"", storage.root_hash, code_hash])
    root = bytes(accounts.root_hash)
    header = [
        bytes(_WORD),
        _EMPTY_LIST,
        bytes(20),
        root,
        _EMPTY_TRIE,
        _EMPTY_TRIE,
        bytes(256),
        b"",
        number.to_bytes(8).lstrip(b"\0"),
        (30_000_000).to_bytes(4).lstrip(b"\0"),
        b"",
        time.to_bytes(8).lstrip(b"\0"),
        b"",
        bytes(32),
        bytes(8),
        b"\7",
        _EMPTY_TRIE,
        b"",
        b"",
        bytes(32),
    ]
    return State(rlp.encode(header), root, nodes)
