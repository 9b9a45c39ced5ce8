"""The operator on numbers with a check digit: those of GS1 behind a URN's prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Outcome, failed, not_applicable, passed, saying
from rootprint.ledger.rules.nodes import Judging, reading
from rootprint.ledger.rules.paths import Scope, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMES: Final = ("gs1",)


def check_digits(test: Mapping[str, Any]) -> Judging:
    """Every text at ``path`` with one of the prefixes ends in a number whose check digit is right.

    A prefix is compared without regard to case (RFC 8141: "urn" and the namespace have none); the
    number is all that follows it, and must have one of the lengths.
    """
    path, lengths = path_of(test["path"]), frozenset(test["lengths"])
    prefixes = tuple(prefix.casefold() for prefix in test["prefixes"])
    nothing = not_applicable(saying(f"{path.text} has no {' or '.join(test['prefixes'])}"))

    def judge(scope: Scope) -> Outcome:
        checked = 0
        for value in path.values(scope):
            prefix = _prefix(value, prefixes)
            if prefix is None:
                continue
            checked += 1
            number = value[len(prefix) :]
            if not (number.isascii() and number.isdigit() and len(number) in lengths):
                return failed(_no_number, value, sorted(lengths))
            if gs1(number[:-1]) != int(number[-1]):
                return failed(_wrong, value, gs1(number[:-1]))
        return passed(_right, path.text, checked) if checked else nothing

    return reading([path], judge)


def gs1(digits: str) -> int:
    """Return the check digit of the digits before it (GS1 General Specifications, 7.9.1).

    From the right, digits weigh 3, 1, 3, …; the check digit makes the sum a multiple of ten.
    """
    weighed = sum(
        int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits))
    )
    return -weighed % 10


def _prefix(value: Any, prefixes: tuple[str, ...]) -> str | None:
    if not isinstance(value, str):
        return None
    return next((one for one in prefixes if value[: len(one)].casefold() == one), None)


def _no_number(value: str, lengths: list[int]) -> str:
    return f"{value} does not end in {' or '.join(map(str, lengths))} digits"


def _wrong(value: str, digit: int) -> str:
    return f"the check digit of {value} is not right: it would be {digit}"


def _right(path: str, count: int) -> str:
    return f"{path} has {count} with the right check digit"
