"""Anchoring again and again: when so many entries wait, or one has waited so long.

One step of it is ``Anchorer.settle`` or ``Anchorer.anchor``, so that a watch that is killed leaves
nothing that the next one does not finish. It goes on through whatever passes by itself, and ends
where only a person can help.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rootprint.ledger.anchor.anchorer import Anchorer, AnchorOutcome, Outcome
from rootprint.ledger.anchor.errors import Equivocation
from rootprint.ledger.core.errors import LedgerError, NotAuthorised, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

POLL_SECONDS: Final = 5.0
# Asking an endpoint that is down costs nothing; a transaction that fails costs a fee each time.
MAX_PAUSE_SECONDS: Final = 60.0
MAX_HELD_BACK_SECONDS: Final = 3600.0
REMIND_SECONDS: Final = 3600.0


@dataclass(frozen=True)
class Due:
    """When a watch anchors: ``entries`` wait, or the oldest has waited ``seconds``."""

    seconds: float
    entries: int | None = None

    def __post_init__(self) -> None:
        """Refuse what would never, or always, be due."""
        if self.seconds <= 0 or (self.entries is not None and self.entries < 1):
            raise Refused("a watch anchors after more than 0 seconds or from 1 entry on")


@dataclass(frozen=True)
class WatchEvent:
    """What a watch did or met.

    ``kind`` is anchored, waiting, warning, reopened, endpoint, or an error's code. ``outcome`` is
    there where something was anchored or is under way.
    """

    kind: str
    text: str
    outcome: AnchorOutcome | None = None


@dataclass
class Watch:
    """Anchors until ``stop`` is set; ``say`` gets each event once, and again after an hour.

    ``passed_over`` says which endpoints of the chain are passed over now, and why.
    """

    anchorer: Anchorer
    due: Due
    stop: Event
    say: Callable[[WatchEvent], None]
    poll: float = POLL_SECONDS
    passed_over: Callable[[], Mapping[str, str]] = dict
    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    _anchored: int = 0
    _waiting_since: float | None = None
    _refusals: int = 0
    _not_before: float = 0.0
    _warned: dict[str, float] = field(default_factory=dict)
    _endpoints_said: dict[str, float] = field(default_factory=dict)
    _last: tuple[str, float] = field(default=("", 0.0))

    def run(self) -> int:
        """Go on until ``stop`` is set; return how many anchors were settled.

        Raises Equivocation or NotAuthorised, which waiting does not end.
        """
        pause = self.poll
        while not self.stop.is_set():
            try:
                self._step()
                pause = self.poll
            except (Equivocation, NotAuthorised):
                raise
            except LedgerError as error:
                self._say(WatchEvent(error.code, str(error)))
                pause = min(pause * 2, MAX_PAUSE_SECONDS)
                if isinstance(error, Refused):
                    self._hold_back()
            self._say_passed_over()
            self.stop.wait(pause)
        return self._anchored

    def _step(self) -> None:
        reopened = self.anchorer.recheck()
        if reopened:
            text = f"a reorganisation took back {reopened} anchors; they are sent again"
            self._say(WatchEvent("reopened", text))
        settled = self.anchorer.settle()
        if settled is not None:
            self._report(settled)
            if settled.state is Outcome.PENDING:
                return
        if self._is_due():
            self._report(self.anchorer.anchor())

    def _is_due(self) -> bool:
        """Whether enough waits, or long enough: by the log's clock or by ours since it was seen."""
        lag, now = self.anchorer.lag(), self.monotonic()
        if not lag.count:
            self._waiting_since = None
            return False
        if self._waiting_since is None:
            self._waiting_since = now
        waited = now - self._waiting_since
        if lag.since is not None:
            waited = max(waited, self.clock() - lag.since)
        if now < self._not_before:
            return False
        enough = self.due.entries is not None and lag.count >= self.due.entries
        return enough or waited >= self.due.seconds

    def _hold_back(self) -> None:
        """Mean nothing new for a while, twice as long after each failure in a row."""
        pause = min(self.poll * 2**self._refusals, MAX_HELD_BACK_SECONDS)
        self._refusals += 1
        self._not_before = self.monotonic() + pause

    def _report(self, outcome: AnchorOutcome) -> None:
        if outcome.state is Outcome.ANCHORED:
            self._anchored += 1
            self._waiting_since = None
            self._refusals = 0
            self._say(WatchEvent("anchored", outcome.text(), outcome))
        elif outcome.state is Outcome.PENDING:
            self._say(WatchEvent("waiting", outcome.text(), outcome))
        if outcome.warning:
            self._warn(outcome)

    def _warn(self, outcome: AnchorOutcome) -> None:
        """Say a warning that was not said within the hour, whatever figures it comes with."""
        now, matter = self.monotonic(), "".join(one for one in outcome.warning if not one.isdigit())
        said = self._warned.get(matter)
        if said is None or now - said >= REMIND_SECONDS:
            self._warned[matter] = now
            self.say(WatchEvent("warning", outcome.warning, outcome))

    def _say_passed_over(self) -> None:
        """Say of each endpoint that it is passed over, whatever the words; and that it is back."""
        now, faults = self.monotonic(), self.passed_over()
        for name in self._endpoints_said.keys() - faults.keys():
            del self._endpoints_said[name]
            self.say(WatchEvent("endpoint", f"used again: {name}"))
        for name, fault in faults.items():
            said = self._endpoints_said.get(name)
            if said is None or now - said >= REMIND_SECONDS:
                self._endpoints_said[name] = now
                self.say(WatchEvent("endpoint", f"passed over: {name}: {fault}"))

    def _say(self, event: WatchEvent) -> None:
        text, said = self._last
        now = self.monotonic()
        if event.text != text or now - said >= REMIND_SECONDS:
            self._last = (event.text, now)
            self.say(event)
