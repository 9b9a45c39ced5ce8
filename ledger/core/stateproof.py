"""What a block's hash proves of the chain's state: its header, an account, a storage word.

Pure: all of it follows from the hash, or is not returned. Yellow Paper, sections 4.1 (world state)
and 4.3 (block); EIP-1186.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from rootprint.ledger.core import rlp
from rootprint.ledger.core.chain import ADDRESS_BYTES, LAST_TIME, WORD, Block
from rootprint.ledger.core.errors import BadProof, Refused, TooLarge
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.trie import trie_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rootprint.ledger.core.trie import Nodes

# Sixteen members and a bloom filter are 600 bytes; a chain of authority signs in extraData.
MAX_HEADER_BYTES: Final = 1 << 16
_PARENT_HASH, _STATE_ROOT, _NUMBER, _TIME = 0, 3, 8, 11
_LEAST_MEMBERS, _MOST_MEMBERS, _ACCOUNT_MEMBERS = 15, 32, 4
LAST_NUMBER: Final = (1 << 53) - 1


@dataclass(frozen=True, slots=True)
class Header:
    """A block and the root of the state after it (32 bytes)."""

    block: Block
    state_root: bytes

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a block header's RLP; its keccak-256 is the block's hash.

        Members after the first fifteen differ from fork to fork: they are hashed, whatever RLP
        they are, and not read. Raises Refused, or TooLarge beyond ``MAX_HEADER_BYTES``.
        """
        if len(data) > MAX_HEADER_BYTES:
            raise TooLarge(f"a block header has {len(data)} bytes, more than {MAX_HEADER_BYTES}")
        whole = rlp.decode(data)
        if isinstance(whole, bytes) or not _LEAST_MEMBERS <= len(whole) <= _MOST_MEMBERS:
            raise Refused(f"a block header is not a list of {_LEAST_MEMBERS} members or more")
        members = _strings(whole[:_LEAST_MEMBERS])
        if any(len(members[place]) != WORD for place in (_PARENT_HASH, _STATE_ROOT)):
            raise Refused("a block header's parent hash or state root has not 32 bytes")
        number, time = _scalar(members[_NUMBER]), _scalar(members[_TIME])
        if number > LAST_NUMBER or time > LAST_TIME:
            raise Refused("a block header's number or time is beyond every real one")
        return cls(Block(number, keccak(data), time), members[_STATE_ROOT])


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the state trie holds it; ``code_hash`` of no code is keccak-256 of nothing."""

    nonce: int
    balance: int
    storage_root: bytes
    code_hash: bytes


def account(nodes: Nodes, state_root: bytes, address: bytes) -> Account | None:
    """Return the account at a 20-byte address, or None where the trie proves that there is none.

    Raises MissingNode, BadProof if a node is not what its name or place asks for, Refused if it
    is no RLP.
    """
    _check_length("address", address, ADDRESS_BYTES)
    leaf = trie_value(nodes, state_root, keccak(address))
    if leaf is None:
        return None
    members = _strings(rlp.decode(leaf))
    if len(members) != _ACCOUNT_MEMBERS:
        raise BadProof(f"an account in the chain's state has {len(members)} members, not four")
    nonce, balance, storage_root, code_hash = members
    if len(storage_root) != WORD or len(code_hash) != WORD:
        raise BadProof("an account in the chain's state names a hash that has not 32 bytes")
    return Account(_scalar(nonce), _scalar(balance), storage_root, code_hash)


def word(nodes: Nodes, storage_root: bytes, slot: bytes) -> bytes:
    """Return the 32-byte word at a 32-byte slot; zero where the trie proves that there is none.

    Raises as ``account`` does.
    """
    _check_length("storage slot", slot, WORD)
    leaf = trie_value(nodes, storage_root, keccak(slot))
    if leaf is None:
        return bytes(WORD)
    value = rlp.decode(leaf)
    if not isinstance(value, bytes) or not value or len(value) > WORD or not value[0]:
        raise BadProof("a word in the chain's storage is not 1 to 32 bytes without leading zeros")
    return value.rjust(WORD, b"\0")


def needed(
    nodes: Nodes, state_root: bytes, contract: bytes, slots: Iterable[bytes]
) -> dict[bytes, bytes]:
    """Return the nodes on the way to an account and its slots by their keccak-256, and no other.

    Each is read and checked as a verifier does. Raises as ``account`` does.
    """
    read: dict[bytes, bytes] = {}

    def reading(digest: bytes) -> bytes | None:
        value = nodes(digest)
        if value is not None:
            read[digest] = value
        return value

    found = account(reading, state_root, contract)
    if found is not None:
        for slot in slots:
            word(reading, found.storage_root, slot)
    return read


def _strings(item: rlp.Rlp) -> list[bytes]:
    strings = [member for member in item if isinstance(member, bytes)]
    if isinstance(item, bytes) or len(strings) != len(item):
        raise Refused("a block header or an account is not a list of byte strings")
    return strings


def _scalar(data: bytes) -> int:
    if len(data) > WORD or data[:1] == b"\0":
        raise Refused("a number of the chain has leading zeros or more than 32 bytes")
    return int.from_bytes(data)


def _check_length(what: str, data: bytes, length: int) -> None:
    if len(data) != length:
        raise Refused(f"this {what} has {len(data)} bytes, not {length}")
