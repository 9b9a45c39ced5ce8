"""Reading the embedded chain's state: headers, accounts, slots, straight from the tries.

Needs no EVM. What is read is checked by ``ledger.core.stateproof`` as a proof would be: it
follows from the block's hash or is not returned at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rootprint.ledger.core import stateproof
from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.core.stateproof import Account, Header
from rootprint.ledger.core.trie import MissingNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.chain.chain_file import ChainFile

_NUMBERS = 1 << 63  # SQLite holds no larger integer


def header(file: ChainFile, number: int | None) -> Header:
    """Return the header of a block, or of the newest one. Raises NotFound or Unavailable."""
    return read_header(file, number)[0]


def read_header(file: ChainFile, number: int | None) -> tuple[Header, bytes]:
    """Return a block's header, or the newest one's, and its RLP. Raises as ``header`` does."""
    wanted = file.head() if number is None else number
    digest = file.block_hash(wanted) if 0 <= wanted < _NUMBERS else None
    if digest is None:
        raise NotFound(f"the chain has no block {wanted}: its newest is {file.head()}")
    place = f"header of block {wanted}"
    encoded = file.node(digest)
    if encoded is None:
        raise _damaged(place)
    with _sound(place):
        found = Header.parse(encoded)
    if (found.block.number, found.block.hash) != (wanted, digest):
        raise _damaged(place)
    return found, encoded


def account(file: ChainFile, state_root: bytes, address: bytes) -> Account | None:
    """Return the account at a 20-byte address, or None if the state holds none."""
    with _sound(f"account 0x{address.hex()}"):
        return stateproof.account(file.node, state_root, address)


def word(file: ChainFile, storage_root: bytes, key: bytes) -> bytes:
    """Return the 32-byte word at a 32-byte storage key; what was never written is zero."""
    with _sound(f"storage under root 0x{storage_root.hex()}"):
        return stateproof.word(file.node, storage_root, key)


def proof(file: ChainFile, state_root: bytes, address: bytes, keys: Sequence[bytes]) -> list[bytes]:
    """Return the nodes on the way to an account and to its words, each once."""
    with _sound(f"account 0x{address.hex()} or its storage"):
        return list(stateproof.needed(file.node, state_root, address, keys).values())


@contextmanager
def _sound(place: str) -> Iterator[None]:
    """Turn what a proof would be refused for into this file's damage."""
    try:
        yield
    except (Refused, MissingNode) as error:
        raise _damaged(place) from error


def _damaged(place: str) -> Unavailable:
    return Unavailable(
        f"the chain file is damaged at the {place}", remedy="restore the file from a good copy"
    )
