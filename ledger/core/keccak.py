"""Keccak-256, by which Ethereum names slots, nodes and code (Yellow Paper, section 3)."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Keccak-256 of no bytes: the code hash of an account without code.
OF_NOTHING: Final = bytes.fromhex(
    "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
)


def keccak(data: bytes) -> bytes:
    """Return the 32-byte Keccak-256 of ``data``, which is not SHA3-256: its padding differs.

    >>> keccak(b"").hex()[:8]
    'c5d24601'
    """
    digest: bytes = _hash()(data=data).digest()
    return digest


@lru_cache(maxsize=1)
def _hash() -> Callable[..., Any]:
    """Return what makes a hash. Loading it takes longer than verifying a small file without it."""
    from Crypto.Hash import keccak as library  # noqa: PLC0415

    return partial(library.new, digest_bits=256)
