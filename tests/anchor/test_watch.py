"""Watching a log: when it anchors, what it says, what it goes on through and where it ends."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.anchor import Due, Equivocation, Watch, WatchEvent
from rootprint.ledger.anchor.watch import MAX_PAUSE_SECONDS, REMIND_SECONDS
from rootprint.ledger.core.errors import NotAuthorised, Refused, Unavailable
from tests.anchor.conftest import Book, anchorer, rows
from tests.chain.bench import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.anchor.node import Node


@dataclass
class Steps(threading.Event):
    """A stop that does what a test says at each wait, on the clock the watch reads."""

    clock: Clock
    acts: Sequence[Callable[[], object] | float]
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def wait(self, timeout: float | None = None) -> bool:
        """Let the time pass, then act; stop after the last act."""
        assert timeout is not None
        self.waits.append(timeout)
        self.clock.now += timeout
        act = self.acts[len(self.waits) - 1]
        if callable(act):
            act()
        else:
            self.clock.now += act
        if len(self.waits) == len(self.acts):
            self.set()
        return self.is_set()


@dataclass
class Watched:
    """A watch of a log at a node in memory, and what it said."""

    book: Book
    node: Node
    clock: Clock = field(default_factory=Clock)
    said: list[WatchEvent] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def run(self, due: Due, *acts: Callable[[], object] | float) -> int:
        """Run until the acts are over."""
        self.book.log._clock = self.clock
        mine = anchorer(self.book.log, self.node, self.node.contracts, clock=self.clock)
        stop = Steps(self.clock, acts)
        watch = Watch(
            mine,
            due,
            stop,
            self.said.append,
            clock=self.clock,
            monotonic=self.clock,
            passed_over=lambda: self.faults,
        )
        try:
            return watch.run()
        finally:
            self.waits = stop.waits

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return [event.text for event in self.said]

    @property
    def sizes(self) -> list[int]:
        """What stands on the chain."""
        return [row.size for row in rows(self.node, self.node.contracts)]


@pytest.fixture
def watched(book: Book, node: Node) -> Watched:
    return Watched(book, node)


def test_it_anchors_when_the_oldest_entry_has_waited_long_enough(watched: Watched) -> None:
    publish, mine = lambda: watched.book.publish(1), watched.node.mine
    assert watched.run(Due(60), publish, 40.0, publish, 0.0, 5.0, mine, 0.0) == 1
    assert watched.sizes == [2]
    assert watched.texts == [
        "pending: size 2: not in a block yet",
        "anchored: size 2 in block 1",
    ]
    assert [event.kind for event in watched.said] == ["waiting", "anchored"]


def test_it_anchors_when_so_many_entries_wait(watched: Watched) -> None:
    publish, mine = lambda: watched.book.publish(2), watched.node.mine
    assert watched.run(Due(10_000, entries=4), publish, publish, mine, publish, 0.0, mine) == 1
    assert watched.sizes == [4]


def test_what_waits_since_before_it_began_is_anchored_by_the_logs_own_time(
    watched: Watched,
) -> None:
    watched.book.log._clock = watched.clock
    watched.book.publish(1)
    watched.clock.now += 61
    watched.run(Due(60), watched.node.mine, 0.0)
    assert watched.sizes == [1]


def test_an_entry_of_a_log_whose_clock_was_ahead_waits_no_longer_than_others(
    watched: Watched,
) -> None:
    def publish_ahead() -> None:
        watched.book.log._clock = lambda: watched.clock.now + 86_400
        watched.book.publish(1)

    watched.run(Due(60), publish_ahead, 0.0, 61.0, watched.node.mine, 0.0)
    assert watched.sizes == [1]


def test_nothing_to_do_is_not_said(watched: Watched) -> None:
    assert watched.run(Due(1), 10.0, 10.0, 10.0) == 0
    assert watched.said == []
    assert watched.node.sent == []


def test_a_reorganisation_is_seen_and_mended_without_anything_new(watched: Watched) -> None:
    watched.book.publish(1)
    mine, reorg = watched.node.mine, lambda: watched.node.reorg(1)
    watched.run(Due(1), 5.0, mine, 0.0, reorg, 0.0, mine, 0.0)
    assert watched.sizes == [1]
    assert "a reorganisation took back 1 anchors; they are sent again" in watched.texts
    assert [event.kind for event in watched.said].count("anchored") == 2


def test_what_passes_by_itself_is_said_once_and_waited_for_ever_longer(watched: Watched) -> None:
    def broken() -> None:
        raise Unavailable("the chain endpoint at example gave no answer")

    watched.node.fees = broken  # type: ignore[assignment, method-assign]
    watched.book.publish(1)
    watched.run(Due(1), *[0.0] * 9)
    assert [event.kind for event in watched.said] == ["unavailable"]
    assert watched.waits == sorted(watched.waits)
    assert max(watched.waits) == MAX_PAUSE_SECONDS
    del watched.node.fees
    watched.run(Due(1), watched.node.mine, 0.0)
    assert watched.sizes == [1]


def test_what_lasts_is_said_again_after_an_hour(watched: Watched) -> None:
    watched.book.publish(1)
    watched.run(Due(1), 5.0, 10.0, REMIND_SECONDS, 0.0)
    assert watched.texts == ["pending: size 1: not in a block yet"] * 2


def test_it_ends_where_only_a_person_can_help(watched: Watched) -> None:
    watched.node.call = lambda *_: bytes(9 * 32)  # type: ignore[assignment, method-assign]
    watched.book.publish(1)
    with pytest.raises(NotAuthorised, match="never opened"):
        watched.run(Due(1), 10.0, 0.0, 0.0)


def test_it_ends_at_an_equivocation(watched: Watched) -> None:
    watched.book.publish(1)
    watched.node._view.anchor(watched.node.log_id, 9, bytes(32))
    watched.node._view.mine()
    with pytest.raises(Equivocation, match="has anchored 9 entries"):
        watched.run(Due(1), 10.0, 0.0, 0.0)


def test_a_failing_transaction_is_not_paid_for_at_every_step(watched: Watched) -> None:
    """Each one costs a fee: the next comes after a pause that doubles, up to an hour."""
    watched.node._execute = lambda _raw: False  # type: ignore[method-assign]
    watched.book.publish(1)
    watched.run(Due(1), *[watched.node.mine] * 60)
    failed = [event for event in watched.said if event.kind == "anchor_failed"]
    assert all("the registry refused" in event.text for event in failed)
    assert 4 <= len(set(watched.node.sent)) <= 8
    del watched.node._execute
    watched.run(Due(1), *[watched.node.mine] * 4)
    assert watched.sizes == [1]


@pytest.mark.parametrize(("seconds", "entries"), [(0, None), (-1, 5), (60, 0)])
def test_what_would_never_or_always_be_due_is_refused(seconds: float, entries: int | None) -> None:
    with pytest.raises(Refused):
        Due(seconds, entries)


def test_an_endpoint_that_is_passed_over_is_said_once_an_hour_and_when_it_is_back(
    watched: Watched,
) -> None:
    def late() -> None:
        watched.faults["endpoint 1 (h)"] = f"is late, seen at {watched.clock.now}"

    watched.run(Due(60), late, late, REMIND_SECONDS, watched.faults.clear, 0.0)
    said = [event.text.partition(", seen")[0] for event in watched.said if event.kind == "endpoint"]
    late_words = "passed over: endpoint 1 (h): is late"
    assert said == [late_words, late_words, "used again: endpoint 1 (h)"]
