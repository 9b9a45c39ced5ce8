"""What an operator may set; every limit of the API stands here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rootprint.ledger.core.sdjwt import MAX_BYTES


@dataclass(frozen=True)
class Settings:
    """Limits of the API. Times in seconds, sizes in bytes.

    ``max_statement``: a larger body is refused while it arrives, before it is parsed.
    ``max_key``: the same for a registered key. ``body_seconds``: a body must have arrived by
    then. ``turn_seconds``: how long a publisher waits for its turn to append. ``publishers``: how
    many may wait or append at once; fewer than the 40 threads that serve requests, so that
    reading goes on while publishing is slow.
    """

    max_statement: int = MAX_BYTES
    max_key: int = 4096
    body_seconds: float = 30.0
    turn_seconds: float = 10.0
    publishers: int = 24


DEFAULTS: Final = Settings()
