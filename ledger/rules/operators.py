"""The operators that compare values: each takes its parameters and a scope, and says what it found.

What is not in the draft is "absent", which fails where a value is demanded; a test that may do
without one gives the value that stands for it (``absent``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from rootprint.ledger.rules.finding import Outcome, failed, passed
from rootprint.ledger.rules.paths import Scope, decimal, is_time, places, years_after

Operator = Callable[[Mapping[str, Any], Scope], Outcome]


def _present(test: Mapping[str, Any], scope: Scope) -> Outcome:
    missing = [path for path in test["paths"] if not scope.values(path)]
    if missing:
        return failed(f"{', '.join(missing)} absent")
    return passed(f"{', '.join(test['paths'])} present")


def _one_of(test: Mapping[str, Any], scope: Scope) -> Outcome:
    path, values = test["path"], scope.values(test["path"])
    if not values:
        return failed(f"{path} is absent")
    strange = [value for value in values if value not in test["values"]]
    if strange:
        return failed(f"{path} is {_shown(strange)}, not one of {', '.join(test['values'])}")
    return passed(f"{path} is {_shown(values)}")


def _contains(test: Mapping[str, Any], scope: Scope) -> Outcome:
    path, wanted = test["path"], test["value"]
    if wanted in scope.values(path):
        return passed(f"{path} names {wanted}")
    return failed(f"{path} does not name {wanted}")


def _flag(test: Mapping[str, Any], scope: Scope) -> Outcome:
    path, values = test["path"], scope.values(test["path"])
    if not values:
        return failed(f"{path} is absent")
    if any(value is not test["value"] for value in values):
        return failed(f"{path} is not {str(test['value']).lower()}")
    return passed(f"{path} is {str(test['value']).lower()}")


def _bounded(
    test: Mapping[str, Any], scope: Scope, holds: Callable[[Fraction, Fraction], bool], word: str
) -> Outcome:
    path, bound = test["path"], Fraction(test["value"])
    values = scope.values(path) or ([test["absent"]] if "absent" in test else [])
    if not values:
        return failed(f"{path} is absent")
    for value in values:
        number = decimal(value)
        if number is None:
            return failed(f"{path} is not a plain decimal in a text")
        if not holds(number, bound):
            return failed(f"{path} is {value}, {word} {test['value']}")
    return passed(f"{path} is {_shown(values)}")


def _at_most(test: Mapping[str, Any], scope: Scope) -> Outcome:
    return _bounded(test, scope, lambda number, bound: number <= bound, "more than")


def _at_least(test: Mapping[str, Any], scope: Scope) -> Outcome:
    return _bounded(test, scope, lambda number, bound: number >= bound, "less than")


def _more_than(test: Mapping[str, Any], scope: Scope) -> Outcome:
    return _bounded(test, scope, lambda number, bound: number > bound, "not more than")


def _less_than(test: Mapping[str, Any], scope: Scope) -> Outcome:
    return _bounded(test, scope, lambda number, bound: number < bound, "not less than")


def _sum_equals(test: Mapping[str, Any], scope: Scope) -> Outcome:
    # Each number is rounded on its own, so each may be half a unit of the last place away.
    texts = [text for term in test["terms"] for text in scope.values(term)]
    totals = scope.values(test["path"])
    if not totals:
        return failed(f"{test['path']} is absent")
    terms, total = [decimal(text) for text in texts], decimal(totals[0])
    known = [term for term in terms if term is not None]
    if total is None or len(known) != len(terms):
        return failed(f"{test['path']} or a term of it is not a plain decimal in a text")
    last_place = Fraction(1, 10 ** places(totals[0]))
    gap = abs(total - sum(known, Fraction(0)))
    if 2 * gap > last_place * (len(known) + 1):
        return failed(f"{test['path']} is {totals[0]}, its terms are {_shown(texts)}")
    return passed(f"{test['path']} is the sum of its {len(texts)} terms")


def _shares_sum(test: Mapping[str, Any], scope: Scope) -> Outcome:
    texts = scope.values(test["path"])
    shares = [decimal(text) for text in texts]
    known = [share for share in shares if share is not None]
    if not known or len(known) != len(shares):
        return failed(f"{test['path']} names no shares")
    last_place = Fraction(1, 10 ** min(places(text) for text in texts))
    if 2 * abs(sum(known, Fraction(0)) - Fraction(test["total"])) > last_place * len(known):
        return failed(f"{test['path']} is {_shown(texts)}, which does not add to {test['total']}")
    return passed(f"{test['path']} adds to {test['total']}")


def _within_years(test: Mapping[str, Any], scope: Scope) -> Outcome:
    end, start = _times(test["path"], test["after"], scope)
    if end is None or start is None:
        return failed(f"{test['path']} or {test['after']} is not a time in UTC")
    limit = years_after(start, test["years"])
    if end > limit:
        return failed(f"{test['path']} is {end}, later than {limit}")
    return passed(f"{test['path']} is {end}, until {limit} is allowed")


def _not_before(test: Mapping[str, Any], scope: Scope) -> Outcome:
    time, other = _times(test["path"], test["other"], scope)
    if time is None or other is None:
        return failed(f"{test['path']} or {test['other']} is not a time in UTC")
    if time < other:
        return failed(f"{test['path']} is {time}, before {test['other']}, {other}")
    return passed(f"{test['path']} is {time}")


def _from_time(test: Mapping[str, Any], scope: Scope) -> Outcome:
    values = scope.values(test["path"])
    if not values or not is_time(values[0]):
        return failed(f"{test['path']} is not a time in UTC")
    if values[0] < test["time"]:
        return failed(f"{test['path']} is {values[0]}, before {test['time']}")
    return passed(f"{test['path']} is {values[0]}")


def _no_words(test: Mapping[str, Any], scope: Scope) -> Outcome:
    for path in test["paths"]:
        for value in scope.values(path):
            text = str(value).casefold()
            word = next((word for word in test["words"] if word.casefold() in text), None)
            if word is not None:
                return failed(f"{path} speaks of {word!r}")
    return passed(f"{', '.join(test['paths'])} free of {len(test['words'])} words")


def _times(path: str, other: str, scope: Scope) -> tuple[str | None, str | None]:
    first, second = ((scope.values(name) or [None])[0] for name in (path, other))
    return (first if is_time(first) else None), (second if is_time(second) else None)


def _shown(values: list[Any]) -> str:
    texts = [str(value) for value in values]
    return ", ".join(texts[:4]) + (" …" if len(texts) > 4 else "")  # noqa: PLR2004


COMPARISONS: Final[Mapping[str, Operator]] = {
    "present": _present,
    "one_of": _one_of,
    "contains": _contains,
    "flag": _flag,
    "at_most": _at_most,
    "at_least": _at_least,
    "more_than": _more_than,
    "less_than": _less_than,
    "sum_equals": _sum_equals,
    "shares_sum": _shares_sum,
    "within_years": _within_years,
    "not_before": _not_before,
    "from_time": _from_time,
    "no_words": _no_words,
}
