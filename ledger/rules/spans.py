"""The operators on times: RFC 3339 in UTC with whole seconds, in the Gregorian calendar."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.nodes import Node, reading
from rootprint.ledger.rules.paths import Path, Scope, Unseen, path_of
from rootprint.ledger.rules.values import SECONDS_A_DAY, is_time, rounded, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY_PLACES: Final = 3


def within_years(test: Mapping[str, Any]) -> Node:
    """The first time at ``path`` is no later than that at ``after``, so many years later.

    Years are of the calendar: the same month, day and time of day in the later year (of
    29 February in a year without one, the day after the 28th).
    """
    path, after, years = path_of(test["path"]), path_of(test["after"]), int(test["years"])

    def judged(end: str, start: str) -> bool:
        return (int(end[:4]), end[4:]) <= (int(start[:4]) + years, start[4:])

    def said(end: str, start: str) -> str:
        limit = f"{int(start[:4]) + years:04d}{start[4:]}"
        if judged(end, start):
            return f"{path.text} is {end}, until {limit} is allowed"
        return f"{path.text} is {end}, later than {limit}"

    return _of_two(path, after, judged, said)


def not_before(test: Mapping[str, Any]) -> Node:
    """The first time at ``path`` is that at ``other`` or later."""
    path, other = path_of(test["path"]), path_of(test["other"])

    def judged(time: str, least: str) -> bool:
        return time >= least

    def said(time: str, least: str) -> str:
        before = "" if judged(time, least) else f", before {other.text}, {least}"
        return f"{path.text} is {time}{before}"

    return _of_two(path, other, judged, said)


def from_time(test: Mapping[str, Any]) -> Node:
    """The first time at ``path`` is this time or later."""
    path, least = path_of(test["path"]), test["time"]

    def state(scope: Scope) -> State:
        try:
            time = _first(path, scope)
        except Unseen:
            return State.NOT_CHECKED
        return State.PASSED if time is not None and time >= least else State.FAILED

    def say(scope: Scope) -> str:
        time = _first(path, scope)
        if time is None:
            return f"{path.text} is not a time in UTC"
        return f"{path.text} is {time}" + ("" if time >= least else f", before {least}")

    return reading([path], state, say)


def apart(test: Mapping[str, Any]) -> Node:
    """From ``start`` to ``end`` are at least ``least`` and at most ``most`` days of 86,400 s."""
    start, end = path_of(test["start"]), path_of(test["end"])
    least, most = (
        None if name not in test else Decimal(test[name]) * SECONDS_A_DAY
        for name in ("least", "most")
    )

    def judged(begun: str, ended: str) -> bool:
        span = seconds(ended) - seconds(begun)
        return (least is None or span >= least) and (most is None or span <= most)

    def said(begun: str, ended: str) -> str:
        span = seconds(ended) - seconds(begun)
        word = "as it should be"
        if least is not None and span < least:
            word = f"less than {test['least']} days"
        elif most is not None and span > most:
            word = f"more than {test['most']} days"
        days = rounded(Fraction(span, SECONDS_A_DAY), _DAY_PLACES)
        return f"from {start.text} to {end.text} are {days} days, {word}"

    return _of_two(start, end, judged, said)


def _of_two(
    path: Path, other: Path, judged: Callable[[str, str], bool], said: Callable[[str, str], str]
) -> Node:
    """Return a test of the first time at each of two paths."""

    def state(scope: Scope) -> State:
        try:
            one, two = _first(path, scope), _first(other, scope)
        except Unseen:
            return State.NOT_CHECKED
        if one is None or two is None:
            return State.FAILED
        return State.PASSED if judged(one, two) else State.FAILED

    def say(scope: Scope) -> str:
        one, two = _first(path, scope), _first(other, scope)
        if one is None or two is None:
            return f"{path.text} or {other.text} is not a time in UTC"
        return said(one, two)

    return reading([path, other], state, say, known=lambda _scope: state)


def _first(path: Path, scope: Scope) -> str | None:
    values = path.values(scope)
    return values[0] if values and is_time(values[0]) else None
