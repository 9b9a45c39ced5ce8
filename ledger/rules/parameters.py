"""The operators and their parameters: which each has, and what each of them must be.

A list that is empty is refused: a test that looks at nothing would pass whatever stands in the
draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rootprint.ledger.rules.check_digits import SCHEMES
from rootprint.ledger.rules.paths import ROOTS
from rootprint.ledger.rules.sums import RELATIONS
from rootprint.ledger.rules.values import decimal, is_time

MAX_ITEMS: Final = 64
MAX_VALUES: Final = 512
MAX_YEARS: Final = 100
MAX_CHARACTERS: Final = 64
_PATH = re.compile(rf"({'|'.join(ROOTS)})(\.[A-Za-z][A-Za-z0-9]*)+", re.ASCII)
_RATIO = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40}|/[1-9][0-9]{0,39})?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Kind:
    """What a parameter must be: in words, and as a test of a value."""

    wanted: str
    holds: Callable[[Any], bool]


def _listed(item: Kind, what: str, most: int = MAX_ITEMS) -> Kind:
    return Kind(
        f"a list of 1 to {most} {what}",
        lambda value: (
            isinstance(value, list) and 1 <= len(value) <= most and all(map(item.holds, value))
        ),
    )


def _whole(least: int, most: int, what: str) -> Kind:
    return Kind(
        what,
        lambda value: (
            isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        ),
    )


def _matching(pattern: re.Pattern[str], what: str) -> Kind:
    return Kind(what, lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None)


def _not_negative(value: Any) -> bool:
    number = decimal(value)
    return number is not None and number >= 0


_is_object = Kind("an object", lambda value: isinstance(value, Mapping))
_is_list = Kind("a list", lambda value: isinstance(value, list))
PATH: Final = _matching(_PATH, f"a path that starts with one of {', '.join(ROOTS)}")
PATHS: Final = _listed(PATH, "paths")
WORD: Final = Kind("non-empty text", lambda value: isinstance(value, str) and bool(value.strip()))
WORDS: Final = _listed(WORD, "texts")
VALUES: Final = _listed(WORD, "texts", MAX_VALUES)
LENGTH: Final = _whole(1, MAX_CHARACTERS, f"a whole number from 1 to {MAX_CHARACTERS}")
LENGTHS: Final = _listed(LENGTH, f"whole numbers up to {MAX_CHARACTERS}")
YEARS: Final = _whole(0, MAX_YEARS, f"a whole number of years up to {MAX_YEARS}")
SCHEME: Final = Kind(f"one of {', '.join(SCHEMES)}", lambda value: value in SCHEMES)
RELATION: Final = Kind(f"one of {', '.join(RELATIONS)}", lambda value: value in RELATIONS)
RATIO: Final = _matching(_RATIO, "a plain decimal or a fraction such as 44/12 in a text")
NUMBER: Final = Kind("a plain decimal in a text", lambda value: decimal(value) is not None)
NOT_NEGATIVE: Final = Kind("a plain decimal in a text, 0 or more", _not_negative)
BOOLEAN: Final = Kind("true or false", lambda value: isinstance(value, bool))
TIME: Final = Kind("a time in UTC such as 2027-01-01T00:00:00Z", is_time)
# These have a form of their own, which form.py goes through.
TEST: Final = Kind("a test", _is_object.holds)
TESTS: Final = Kind(f"a list of 1 to {MAX_ITEMS} tests", _is_list.holds)
TERMS: Final = Kind(f"a list of 1 to {MAX_ITEMS} terms", _is_list.holds)
TOLERANCE: Final = Kind("an object of absolute, relative, lastPlaces", _is_object.holds)

Parameters = Mapping[str, Kind]
_bound: Parameters = {"path": PATH, "value": NUMBER}
OPERATORS: Final[Mapping[str, Parameters]] = {
    "present": {"paths": PATHS},
    "one_of": {"path": PATH, "values": VALUES},
    "contains": {"path": PATH, "value": WORD},
    "same": {"path": PATH, "other": PATH},
    "flag": {"path": PATH, "value": BOOLEAN},
    "at_most": _bound,
    "at_least": _bound,
    "more_than": _bound,
    "less_than": _bound,
    "sum_equals": {"path": PATH, "terms": PATHS},
    "shares_sum": {"path": PATH, "total": NUMBER},
    "compare": {"left": TERMS, "is": RELATION, "right": TERMS},
    "within_years": {"path": PATH, "after": PATH, "years": YEARS},
    "not_before": {"path": PATH, "other": PATH},
    "from_time": {"path": PATH, "time": TIME},
    "apart": {"start": PATH, "end": PATH},
    "check_digits": {"path": PATH, "prefixes": WORDS, "lengths": LENGTHS, "scheme": SCHEME},
    "no_words": {"paths": PATHS, "words": WORDS},
    "all": {"tests": TESTS},
    "any": {"tests": TESTS},
    "not": {"test": TEST},
    "when": {"if": TEST, "then": TEST},
    "every_line": {"test": TEST},
    "some_line": {"test": TEST},
}
OPTIONAL: Final[Mapping[str, Parameters]] = {
    **{name: {"absent": NUMBER} for name in ("at_most", "at_least", "more_than", "less_than")},
    "one_of": {"first": LENGTH},
    "compare": {"tolerance": TOLERANCE},
    "apart": {"least": NOT_NEGATIVE, "most": NOT_NEGATIVE},
    "every_line": {"where": TEST},
}
TERM: Final[Parameters] = {"times": RATIO, "of": PATHS, "absent": NUMBER, "lines": TEST}
MARGINS: Final[Parameters] = dict.fromkeys(("absolute", "relative", "lastPlaces"), NOT_NEGATIVE)
# They go to every line of an inventory; a test of a line does not go to all of them again.
LINE_OPERATORS: Final = frozenset({"every_line", "some_line"})
