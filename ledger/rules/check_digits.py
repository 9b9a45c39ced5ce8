"""The operator on numbers with a check digit: those of GS1 behind a URN's prefix."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.nodes import Node, reading
from rootprint.ledger.rules.paths import Scope, Unseen, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCHEMES: Final = ("gs1",)
_LOWER: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


def check_digits(test: Mapping[str, Any]) -> Node:
    """Every text at ``path`` with one of the prefixes ends in a number whose check digit is right.

    A prefix is compared without regard to ASCII case (RFC 8141: "urn" and the namespace have none);
    the number is all that follows it, and must have one of the lengths.
    """
    path, lengths = path_of(test["path"]), frozenset(test["lengths"])
    prefixes = tuple(prefix.translate(_LOWER) for prefix in test["prefixes"])

    def state(scope: Scope) -> State:
        try:
            checked, wrong = _judged(path.values(scope), prefixes, lengths)
        except Unseen:
            return State.NOT_CHECKED
        if wrong is not None:
            return State.FAILED
        return State.PASSED if checked else State.NOT_APPLICABLE

    def say(scope: Scope) -> str:
        checked, wrong = _judged(path.values(scope), prefixes, lengths)
        if wrong is None:
            if checked:
                return f"{path.text} has {checked} with the right check digit"
            return f"{path.text} has no {' or '.join(test['prefixes'])}"
        number = wrong[len(_prefix(wrong, prefixes) or "") :]
        if not _is_number(number, lengths):
            return f"{wrong} does not end in {' or '.join(map(str, sorted(lengths)))} digits"
        return f"the check digit of {wrong} is not right: it would be {gs1(number[:-1])}"

    return reading([path], state, say)


def _judged(
    values: Sequence[Any], prefixes: tuple[str, ...], lengths: frozenset[int]
) -> tuple[int, str | None]:
    """Return how many texts have a prefix, and the first of them that is wrong."""
    checked = 0
    for value in values:
        prefix = _prefix(value, prefixes)
        if prefix is None:
            continue
        checked += 1
        number = value[len(prefix) :]
        if not _is_number(number, lengths) or gs1(number[:-1]) != int(number[-1]):
            return checked, value
    return checked, None


def gs1(digits: str) -> int:
    """Return the check digit of the digits before it (GS1 General Specifications, 7.9.1).

    From the right, digits weigh 3, 1, 3, …; the check digit makes the sum a multiple of ten.
    """
    weighed = 3 * sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2]))
    return -weighed % 10


def _prefix(value: Any, prefixes: tuple[str, ...]) -> str | None:
    if not isinstance(value, str):
        return None
    return next((one for one in prefixes if value[: len(one)].translate(_LOWER) == one), None)


def _is_number(text: str, lengths: frozenset[int]) -> bool:
    return text.isascii() and text.isdigit() and len(text) in lengths
