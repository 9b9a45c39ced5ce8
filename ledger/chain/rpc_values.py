"""Values in JSON-RPC answers, read strictly.

Ethereum JSON-RPC specification, "Hex value encoding": QUANTITY is 0x and hexadecimal digits,
DATA is 0x and an even number of them. Anything else is no answer: Unavailable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rlp

from rootprint.ledger.core.chain import WORD, Block
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_NUMBERS = {
    *("difficulty", "number", "gasLimit", "gasUsed", "timestamp"),
    *("baseFeePerGas", "blobGasUsed", "excessBlobGas"),
}
_QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,64}")
_DATA = re.compile(r"0x(?:[0-9a-fA-F]{2})*")


def quantity(value: object) -> int:
    """Return a QUANTITY as a number."""
    if not isinstance(value, str) or not _QUANTITY.fullmatch(value):
        raise _unreadable("a number")
    return int(value, 16)


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
    """Return a block answer's number, hash and time."""
    return Block(
        number=quantity(field(value, "number")),
        hash=octets(field(value, "hash"), length=WORD),
        time=quantity(field(value, "timestamp")),
    )


def header_of(value: object) -> bytes:
    """Return a block answer's header as RLP. It is the header if its keccak-256 is the hash.

    Members of later forks are taken where the answer has them; those it doesn't know are absent
    or null.
    """
    members = ((name, field(value, name)) for name in _HEADER)
    written = [_written(name, member) for name, member in members if member is not None]
    return bytes(rlp.encode(written))


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
