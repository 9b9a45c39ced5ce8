"""Values in JSON-RPC answers, read strictly.

Ethereum JSON-RPC specification, "Hex value encoding": QUANTITY is 0x and hexadecimal digits,
DATA is 0x and an even number of them. Anything else is no answer: Unavailable.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

import rlp

from rootprint.ledger.core.chain import LAST_TIME, WORD, Block
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.stateproof import LAST_NUMBER, MAX_HEADER_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The largest thing we ask for is a contract's code: 24,576 bytes at most (EIP-170).
DATA_BYTES = 1 << 20
# No way through a trie with 32-byte keys has more nodes.
_PROOF_NODES = 65
# A header's members in the order in which they are hashed: the Yellow Paper's, then each fork's.
_HEADER = (
    *("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot"),
    *("logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData"),
    *("mixHash", "nonce"),
    "baseFeePerGas",  # London: EIP-1559
    "withdrawalsRoot",  # Shanghai: EIP-4895
    *("blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot"),  # Cancun: EIP-4844, EIP-4788
    "requestsHash",  # Prague: EIP-7685
)
# What a block answer has beside its header.
_BESIDE = {"hash", "size", "totalDifficulty", "uncles", "transactions", "withdrawals"}
# Forks add one to three members; so many orders of so many are hashed within milliseconds.
_LATER_MEMBERS, _LEFT_OVER = 4, 6
_NUMBERS = {
    *("difficulty", "number", "gasLimit", "gasUsed", "timestamp"),
    *("baseFeePerGas", "blobGasUsed", "excessBlobGas"),
}
_QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,64}")
_DATA = re.compile(r"0x(?:[0-9a-fA-F]{2})*")


def quantity(value: object, *, most: int | None = None) -> int:
    """Return a QUANTITY as a number, of at most ``most`` where given."""
    if not isinstance(value, str) or not _QUANTITY.fullmatch(value):
        raise _unreadable("a number")
    number = int(value, 16)
    if most is not None and number > most:
        raise _unreadable(f"a number up to {most}")
    return number


def octets(value: object, *, length: int | None = None) -> bytes:
    """Return DATA as bytes, of exactly ``length`` where given."""
    if not isinstance(value, str) or len(value) > 2 * DATA_BYTES or not _DATA.fullmatch(value):
        raise _unreadable("bytes")
    found = bytes.fromhex(value[2:])
    if length is not None and len(found) != length:
        raise _unreadable(f"{length} bytes")
    return found


def field(value: object, name: str) -> object:
    """Return a member of an object, or None if it lacks it."""
    if not isinstance(value, dict):
        raise _unreadable("an object")
    member: object = value.get(name)
    return member


def block_of(value: object) -> Block:
    """Return a block answer's number, hash and time, within what a header may have."""
    return Block(
        number=quantity(field(value, "number"), most=LAST_NUMBER),
        hash=octets(field(value, "hash"), length=WORD),
        time=quantity(field(value, "timestamp"), most=LAST_TIME),
    )


def headers_of(value: object) -> Iterator[bytes]:
    """Yield what a block answer's header may be as RLP; it is the one whose keccak-256 is the hash.

    First the members known here, those of forks that the answer has. Then with members of later
    forks at the end: their names and order aren't known, so each order of what is left of the
    answer is tried; the hash alone decides.
    """
    known = [(name, field(value, name)) for name in _HEADER]
    written = [_written(name, member) for name, member in known if member is not None]
    header = bytes(rlp.encode(written))
    if len(header) > MAX_HEADER_BYTES:
        raise _unreadable(f"a header of at most {MAX_HEADER_BYTES} bytes")
    yield header
    later = [_unnamed(member) for member in _left_over(value)]
    for count in range(1, min(len(later), _LATER_MEMBERS) + 1):
        for members in permutations(later, count):
            yield bytes(rlp.encode([*written, *members]))


def _left_over(value: object) -> list[str]:
    """Return members of a block answer that may be a later fork's: a number or bytes, and new."""
    if not isinstance(value, dict):
        raise _unreadable("an object")
    return [
        member
        for name, member in value.items()
        if name not in _HEADER and name not in _BESIDE
        if isinstance(member, str) and len(member) <= 2 + 2 * WORD
        if (_DATA.fullmatch(member) or _QUANTITY.fullmatch(member))
    ][:_LEFT_OVER]


def _unnamed(member: str) -> bytes:
    """Return a member's bytes: a QUANTITY has no leading zero and is short, all else is DATA."""
    if len(member) - 2 != 2 * WORD and (member == "0x0" or member[2:3] != "0"):
        number = quantity(member)
        return number.to_bytes((number.bit_length() + 7) // 8)
    return octets(member)


def proof_of(value: object) -> list[bytes]:
    """Return the nodes in an eth_getProof answer (EIP-1186), as they come: nothing is checked."""
    storage = field(value, "storageProof")
    ways = [field(value, "accountProof"), *(field(each, "proof") for each in _listed(storage))]
    return [octets(node) for way in ways for node in _listed(way, most=_PROOF_NODES)]


def _written(name: str, member: object) -> bytes:
    if name not in _NUMBERS:
        return octets(member)
    number = quantity(member)
    return number.to_bytes((number.bit_length() + 7) // 8)


def _listed(value: object, *, most: int | None = None) -> list[object]:
    if not isinstance(value, list) or (most is not None and len(value) > most):
        raise _unreadable("a list of nodes")
    return value


def revert_of(error: object) -> bytes | None:
    """Return the revert data in a call's error, or None if the error is of another kind.

    go-ethereum uses code 3 with the data; others nest it one deeper or say it in words only.
    """
    if not isinstance(error, dict):
        return None
    found: object = error.get("data")
    if isinstance(found, dict):
        found = found.get("data")
    if isinstance(found, str) and _DATA.fullmatch(found):
        return octets(found)
    return b"" if _says_reverted(error) else None


def _says_reverted(error: Mapping[str, object]) -> bool:
    reverted_code = 3
    return error.get("code") == reverted_code or "revert" in str(error.get("message"))


def _unreadable(wanted: str) -> Unavailable:
    return Unavailable(f"a chain endpoint's answer can't be read: {wanted} was expected")
