"""The operators on times: RFC 3339 in UTC with whole seconds, in the Gregorian calendar."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rootprint.ledger.rules.finding import Outcome, failed, passed
from rootprint.ledger.rules.nodes import Judging, reading
from rootprint.ledger.rules.paths import Path, Scope, path_of
from rootprint.ledger.rules.values import SECONDS_A_DAY, is_time, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping


def within_years(test: Mapping[str, Any]) -> Judging:
    """The first time at ``path`` is no later than that at ``after``, so many years later.

    Years are of the calendar: the same month, day and time of day in the later year (of
    29 February in a year without one, the day after the 28th).
    """
    path, after, years = path_of(test["path"]), path_of(test["after"]), int(test["years"])

    def judge(scope: Scope) -> Outcome:
        end, start = _first(path, scope), _first(after, scope)
        if end is None or start is None:
            return failed(_no_times, path.text, after.text)
        limit = (int(start[:4]) + years, start[4:])
        say = _late if (int(end[:4]), end[4:]) > limit else _in_time
        return (failed if say is _late else passed)(say, path.text, end, limit)

    return reading([path, after], judge)


def not_before(test: Mapping[str, Any]) -> Judging:
    """The first time at ``path`` is that at ``other`` or later."""
    path, other = path_of(test["path"]), path_of(test["other"])

    def judge(scope: Scope) -> Outcome:
        time, least = _first(path, scope), _first(other, scope)
        if time is None or least is None:
            return failed(_no_times, path.text, other.text)
        if time < least:
            return failed(_before, path.text, time, f"{other.text}, {least}")
        return passed(_is, path.text, time)

    return reading([path, other], judge)


def from_time(test: Mapping[str, Any]) -> Judging:
    """The first time at ``path`` is this time or later."""
    path, least = path_of(test["path"]), test["time"]

    def judge(scope: Scope) -> Outcome:
        time = _first(path, scope)
        if time is None:
            return failed(_no_time, path.text)
        if time < least:
            return failed(_before, path.text, time, least)
        return passed(_is, path.text, time)

    return reading([path], judge)


def apart(test: Mapping[str, Any]) -> Judging:
    """From ``start`` to ``end`` are at least ``least`` and at most ``most`` days of 86,400 s."""
    start, end = path_of(test["start"]), path_of(test["end"])
    least, most = (
        None if name not in test else Decimal(test[name]) * SECONDS_A_DAY
        for name in ("least", "most")
    )

    def judge(scope: Scope) -> Outcome:
        begun, ended = _first(start, scope), _first(end, scope)
        if begun is None or ended is None:
            return failed(_no_times, start.text, end.text)
        span = seconds(ended) - seconds(begun)
        if least is not None and span < least:
            return failed(_span, start.text, end.text, span, f"less than {test['least']} days")
        if most is not None and span > most:
            return failed(_span, start.text, end.text, span, f"more than {test['most']} days")
        return passed(_span, start.text, end.text, span, "as it should be")

    return reading([start, end], judge)


def _first(path: Path, scope: Scope) -> str | None:
    values = path.values(scope)
    return values[0] if values and is_time(values[0]) else None


def _no_time(path: str) -> str:
    return f"{path} is not a time in UTC"


def _no_times(path: str, other: str) -> str:
    return f"{path} or {other} is not a time in UTC"


def _late(path: str, time: str, limit: tuple[int, str]) -> str:
    return f"{path} is {time}, later than {limit[0]:04d}{limit[1]}"


def _in_time(path: str, time: str, limit: tuple[int, str]) -> str:
    return f"{path} is {time}, until {limit[0]:04d}{limit[1]} is allowed"


def _before(path: str, time: str, least: str) -> str:
    return f"{path} is {time}, before {least}"


def _is(path: str, time: str) -> str:
    return f"{path} is {time}"


def _span(start: str, end: str, span: int, word: str) -> str:
    return f"from {start} to {end} are {round(span / SECONDS_A_DAY, 3):.12g} days, {word}"
