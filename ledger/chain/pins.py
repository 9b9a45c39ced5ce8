"""The hash of each block that an endpoint gave, so that one reading stays at one block.

Reads name a block by its number, and a reorganisation puts another block under it. What is read
is asked for by the hash that was given with the number (EIP-1898).
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Block

MAX_PINS: Final = 2048


class Pins:
    """Block number to hash, as given last; the oldest ones go."""

    def __init__(self) -> None:
        self._lock = Lock()  # guards what follows
        self._hashes: dict[int, bytes] = {}

    def put(self, block: Block) -> None:
        """Keep the hash that was given with a number."""
        with self._lock:
            self._hashes.pop(block.number, None)
            self._hashes[block.number] = block.hash
            if len(self._hashes) > MAX_PINS:
                del self._hashes[next(iter(self._hashes))]

    def get(self, number: int) -> bytes | None:
        """Return the hash given with that number, or None."""
        with self._lock:
            return self._hashes.get(number)
