"""Long work says how much is done, how fast, and how long the rest takes; on a terminal only."""

from __future__ import annotations

import io
import sys

import pytest

from rootprint.api.cli.counting import Counter, span
from rootprint.api.cli.session import Session


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def counted(*steps: tuple[float, int, int | None]) -> list[str]:
    """Return what is written at these times, of counts and how many there are."""
    now, written = [0.0], list[str]()
    counter = Counter("statements read", written.append, lambda: now[0])
    for time, done, of in steps:
        now[0] = time
        counter(done, of)
    counter.ended()
    return written


def test_rate_and_time_left_are_said_once_a_second_has_passed() -> None:
    written = counted((0.5, 100, 1200), (2.0, 400, 1200), (4.0, 1200, 1200))
    assert [line.strip() for line in written] == [
        "100 of 1,200 statements read",
        "400 of 1,200 statements read, 200 a second, 4 s left",
        "1,200 of 1,200 statements read, 300 a second",
        "",
        "",
    ]


def test_where_the_whole_is_not_known_the_rate_is() -> None:
    assert counted((2.0, 50, None))[0] == "\r50 statements read, 25 a second"


def test_it_is_not_written_for_each_step_and_leaves_an_empty_line() -> None:
    written = counted(*((0.001 * number, number, 1000) for number in range(1000)))
    assert len(written) < 10
    assert not written[-2].strip()
    assert len(written[-2]) >= max(map(len, written))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (61, "2 min"), (3600, "1 h 0 min"),
     (7500, "2 h 5 min")],
)  # fmt: skip
def test_times_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_a_file_gets_nothing_and_a_terminal_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, begins in ((io.StringIO(), ""), (_Terminal(), "\r3 of 9 samples drawn")):
        monkeypatch.setattr(sys, "stderr", stream)
        with Session().counting("samples drawn") as drawn:
            drawn(3, 9)
        assert stream.getvalue().startswith(begins)
        assert bool(stream.getvalue()) == bool(begins)
