"""Long work counted on a terminal: how much is done, how fast, and how long the rest will take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_EVERY: Final = 0.2  # seconds
_MINUTE: Final = 60
_HOUR: Final = 3600


class Counter:
    """Writes one line again and again; ``ended`` takes it away.

    Called with how much is done, and of how much where that is known.
    """

    def __init__(
        self,
        what: str,
        write: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what, self._write, self._clock = what, write, clock
        self._begun = clock()
        self._shown: float | None = None
        self._length = 0

    def __call__(self, done: int, of: int | None = None) -> None:
        """Show it, if it was not shown just now."""
        now = self._clock()
        if self._shown is not None and now - self._shown < SHOWN_EVERY:
            return
        self._shown = now
        self._put(self._line(done, of, now - self._begun))

    def ended(self) -> None:
        """Leave the line empty, for what is said next."""
        if self._length:
            self._put("")
            self._write("\r")

    def _line(self, done: int, of: int | None, seconds: float) -> str:
        many = f"{done:,}" if of is None else f"{done:,} of {of:,}"
        parts = [f"{many} {self._what}"]
        if seconds >= 1 and done:
            rate = done / seconds
            parts.append(f"{rate:,.0f} a second")
            if of is not None and of > done:
                parts.append(f"{span((of - done) / rate)} left")
        return ", ".join(parts)

    def _put(self, line: str) -> None:
        self._write(f"\r{line:<{self._length}}")
        self._length = len(line)


def span(seconds: float) -> str:
    """Return a time as people say it: 8 s, 3 min, 2 h 5 min.

    >>> span(7.2), span(200), span(7500)
    ('8 s', '4 min', '2 h 5 min')
    """
    whole = -int(-seconds // 1)
    if whole < _MINUTE:
        return f"{whole} s"
    minutes = -(-whole // _MINUTE)
    if whole < _HOUR:
        return f"{minutes} min"
    return f"{minutes // _MINUTE} h {minutes % _MINUTE} min"
