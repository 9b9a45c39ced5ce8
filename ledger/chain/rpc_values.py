"""Values in JSON-RPC answers, read strictly.

Ethereum JSON-RPC specification, "Hex value encoding": QUANTITY is 0x and hexadecimal digits,
DATA is 0x and an even number of them. Anything else is no answer: Unavailable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.core.chain import WORD, Block
from ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

# The largest thing we ask for is a contract's code: 24,576 bytes at most (EIP-170).
DATA_BYTES = 1 << 20
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
