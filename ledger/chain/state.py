"""Reading the embedded chain's state: headers, accounts, slots, straight from the tries.

Needs no EVM. Every header, node and code read is hashed and compared with the name it was asked
for, so what is returned follows from the block's hash or is not returned at all. Structures:
Yellow Paper, sections 4.1 (world state) and 4.3 (block), appendix D (Merkle-Patricia trie).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rlp
from eth_hash.auto import keccak
from rlp.exceptions import RLPException
from trie.exceptions import InvalidNibbles, InvalidNode, MissingTrieNode
from trie.exceptions import ValidationError as TrieError
from trie.hexary import HexaryTrie

from ledger.core.chain import WORD, Block
from ledger.core.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from ledger.chain.chain_file import ChainFile

_HEADER_STATE_ROOT, _HEADER_NUMBER, _HEADER_TIME = 3, 8, 11
_NUMBERS = 1 << 63  # SQLite holds no larger integer
_HEADER_MEMBERS, _ACCOUNT_MEMBERS = 16, 4
# What a trie that is not one makes its reader raise, beside the missing node.
_MALFORMED = (InvalidNode, InvalidNibbles, TrieError, RLPException, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Header:
    """A block and the root of the state after it (32 bytes)."""

    block: Block
    state_root: bytes


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the state trie holds it; ``code_hash`` of no code is keccak-256 of nothing."""

    nonce: int
    balance: int
    storage_root: bytes
    code_hash: bytes


def header(file: ChainFile, number: int | None) -> Header:
    """Return the header of a block, or of the newest one. Raises NotFound or Unavailable."""
    wanted = file.head() if number is None else number
    digest = file.block_hash(wanted) if 0 <= wanted < _NUMBERS else None
    if digest is None:
        raise NotFound(f"the chain has no block {wanted}: its newest is {file.head()}")
    place = f"header of block {wanted}"
    encoded = _Nodes(file).get(digest)
    if encoded is None:
        raise _damaged(place)
    members = _members(encoded, place, least=_HEADER_MEMBERS)
    if int.from_bytes(members[_HEADER_NUMBER]) != wanted:
        raise _damaged(place)
    time = int.from_bytes(members[_HEADER_TIME])
    return Header(Block(wanted, digest, time), members[_HEADER_STATE_ROOT])


def account(file: ChainFile, state_root: bytes, address: bytes) -> Account | None:
    """Return the account at a 20-byte address, or None if the state holds none."""
    leaf = _walk(file, state_root, keccak(address))
    if not leaf:
        return None
    members = _members(leaf, f"account 0x{address.hex()}", least=_ACCOUNT_MEMBERS)
    nonce, balance, storage_root, code_hash = members[:_ACCOUNT_MEMBERS]
    return Account(int.from_bytes(nonce), int.from_bytes(balance), storage_root, code_hash)


def word(file: ChainFile, storage_root: bytes, key: bytes) -> bytes:
    """Return the 32-byte word at a 32-byte storage key; what was never written is zero."""
    leaf = _walk(file, storage_root, keccak(key))
    if not leaf:
        return bytes(WORD)
    try:
        value = rlp.decode(leaf, rlp.sedes.Binary(max_length=WORD))
    except RLPException as error:
        raise _damaged(f"storage under root 0x{storage_root.hex()}") from error
    return bytes(value).rjust(WORD, b"\0")


class _Nodes:
    """The file as the mapping that ``trie`` reads: 32-byte hash to the bytes it names."""

    def __init__(self, file: ChainFile) -> None:
        self._file = file

    def get(self, digest: bytes) -> bytes | None:
        value = self._file.node(digest)
        if value is not None and keccak(value) != digest:
            raise _damaged(f"node 0x{digest.hex()}")
        return value

    def __getitem__(self, digest: bytes) -> bytes:
        value = self.get(digest)
        if value is None:
            raise KeyError(digest)
        return value


def _walk(file: ChainFile, root: bytes, path: bytes) -> bytes:
    try:
        return bytes(HexaryTrie(_Nodes(file), root).get(path))
    except (MissingTrieNode, *_MALFORMED) as error:
        raise _damaged(f"state under root 0x{root.hex()}") from error


def _members(encoded: bytes, place: str, *, least: int) -> list[bytes]:
    try:
        members = rlp.decode(encoded)
    except RLPException as error:
        raise _damaged(place) from error
    if len(members) < least or not all(isinstance(member, bytes) for member in members):
        raise _damaged(place)
    return list(members)


def _damaged(place: str) -> Unavailable:
    return Unavailable(
        f"the chain file is damaged at the {place}", remedy="restore the file from a good copy"
    )
