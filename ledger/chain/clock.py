"""Which time a block of the embedded chain may bear: a block can't be unmade, a clock can be wrong.

A block is later than its parent and never later than the clock. How wrong the clock is can't be
seen from inside; that it jumped can: a block more than ``MAX_PAUSE_SECONDS`` after its parent is
refused until a person has said that the clock is right, which is kept in the chain's file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.chain import LAST_TIME
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain.chain_file import ChainFile

# Two steps within one second wait for the next; a clock further back than this is wrong.
MAX_WAIT_SECONDS: Final = 5.0
# Longer than a quiet month. A wrong clock is wrong by a time zone, a year, or since 1970.
MAX_PAUSE_SECONDS: Final = 32 * 86_400
_CONFIRMED: Final = b"rootprint:clock-confirmed"
_SECONDS_BYTES: Final = 8


class BlockClock:
    """Stamps blocks: ``clock`` gives Unix seconds, ``sleep`` waits for some."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep

    def stamp(self, file: ChainFile, parent: int) -> int:
        """Return the clock's whole second once it is later than the parent's.

        Raises Unavailable where the clock is behind the parent by more than a moment, or so far
        ahead of it that it may be wrong and it was not confirmed.
        """
        waited = 0.0
        while (now := int(self._clock())) <= parent:
            lag = parent + 1 - self._clock()
            waited += max(lag, 0.0)
            if waited > MAX_WAIT_SECONDS:
                raise Unavailable(
                    f"the clock is {lag:.0f} s behind the newest block ({_text(parent)})",
                    remedy="correct the clock; if the block is the wrong one: "
                    "rootprint chain restamp",
                )
            self._sleep(max(lag, 0.0))
        self._require_plausible(file, parent, now)
        return now

    def confirm(self, file: ChainFile) -> int:
        """Keep that a person compared the clock with another; return its second."""
        now = int(self._clock())
        if not 0 < now <= LAST_TIME:
            raise Unavailable("the clock shows no time a block can have", remedy="correct it")
        file.put_node(_CONFIRMED, now.to_bytes(_SECONDS_BYTES))
        return now

    def now(self) -> int:
        """Return the clock's whole second."""
        return int(self._clock())

    def _require_plausible(self, file: ChainFile, parent: int, now: int) -> None:
        confirmed = int.from_bytes(file.node(_CONFIRMED) or b"")
        # What was confirmed under a clock that has been set back since says nothing.
        since = max(parent, confirmed if confirmed <= now else 0)
        if now - since <= MAX_PAUSE_SECONDS and now <= LAST_TIME:
            return
        raise Unavailable(
            f"the clock says {_text(now)}, {(now - parent) // 86_400} days after the newest block "
            f"({_text(parent)}); no block is stamped so far ahead, since none can be unmade",
            remedy="correct the clock; if it is right: rootprint chain confirm-clock",
        )


def _text(seconds: int) -> str:
    if not 0 <= seconds <= LAST_TIME:
        return f"second {seconds}"
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
