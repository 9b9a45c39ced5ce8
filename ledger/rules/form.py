"""The form of a test: a closed list of operators, each with a closed list of parameters.

A test that looks at nothing (no path, no part, no value to compare with) is refused: it would pass
whatever stands in the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from rootprint.calc.errors import CalculationError
from rootprint.ledger.rules.paths import ROOTS, decimal, is_time

MAX_DEPTH: Final = 8
MAX_ITEMS: Final = 64
MAX_YEARS: Final = 100
_PATH = re.compile(rf"({'|'.join(ROOTS)})(\.[A-Za-z][A-Za-z0-9]*)+", re.ASCII)

Check = Callable[[Any], bool]


class RuleError(CalculationError):
    """A rule that can't be judged as it is written; its publisher mends it."""

    code = "rule"


def check_test(test: Any, where: str, depth: int = 1) -> None:
    """Raise RuleError, with the place of the first fault, unless ``test`` can be judged."""
    if depth > MAX_DEPTH:
        _refuse(where, f"is nested deeper than {MAX_DEPTH} levels")
    if not isinstance(test, Mapping):
        _refuse(where, "is not an object with an operator")
    if "op" not in test:
        _refuse(where, f"has no operator (op) of {', '.join(OPERATORS)}")
    needed = OPERATORS.get(str(test["op"]))
    if needed is None:
        listed = ", ".join(OPERATORS)
        _refuse(where, f"has an operator {str(test['op'])[:64]!r} that is not known: use {listed}")
    known = {**needed, **_OPTIONAL.get(test["op"], {})}
    for name in test:
        if name not in {"op", *known}:
            _refuse(where, f"has a parameter {str(name)[:64]!r} that {test['op']} does not know")
    for name in needed:
        if name not in test:
            _refuse(where, f"lacks {name}")
    for name in known.keys() & test.keys():
        _check_parameter(known[name], test[name], f"{where}.{name}", depth)


def _check_parameter(kind: Check, value: Any, where: str, depth: int) -> None:
    if kind is _test:
        check_test(value, where, depth + 1)
    elif kind is _tests:
        _check_parts(value, where, depth)
    elif not kind(value):
        _refuse(where, f"is not {_WANTED[kind]}")


def _check_parts(parts: Any, where: str, depth: int) -> None:
    if not isinstance(parts, list) or not 1 <= len(parts) <= MAX_ITEMS:
        _refuse(where, f"is not a list of 1 to {MAX_ITEMS} tests")
    for number, part in enumerate(parts):
        check_test(part, f"{where}[{number}]", depth + 1)


def _refuse(where: str, what: str) -> NoReturn:
    message = f"{where} {what}"
    raise RuleError(message, remedy="the rule pack's publisher corrects it (docs/rules.md)")


def _path(value: Any) -> bool:
    return isinstance(value, str) and _PATH.fullmatch(value) is not None


def _paths(value: Any) -> bool:
    return isinstance(value, list) and 1 <= len(value) <= MAX_ITEMS and all(map(_path, value))


def _word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _words(value: Any) -> bool:
    return isinstance(value, list) and 1 <= len(value) <= MAX_ITEMS and all(map(_word, value))


def _number(value: Any) -> bool:
    return decimal(value) is not None


def _boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _years(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_YEARS


def _time(value: Any) -> bool:
    return is_time(value)


def _test(value: Any) -> bool:
    return isinstance(value, Mapping)


def _tests(value: Any) -> bool:
    return isinstance(value, list)


_WANTED: Final[Mapping[Check, str]] = {
    _path: f"a path that starts with one of {', '.join(ROOTS)}",
    _paths: f"a list of 1 to {MAX_ITEMS} paths",
    _word: "non-empty text",
    _words: f"a list of 1 to {MAX_ITEMS} texts",
    _number: "a plain decimal in a text",
    _boolean: "true or false",
    _years: f"a whole number of years up to {MAX_YEARS}",
    _time: "a time in UTC such as 2027-01-01T00:00:00Z",
}
_bound: Mapping[str, Check] = {"path": _path, "value": _number}
OPERATORS: Final[Mapping[str, Mapping[str, Check]]] = {
    "present": {"paths": _paths},
    "one_of": {"path": _path, "values": _words},
    "contains": {"path": _path, "value": _word},
    "flag": {"path": _path, "value": _boolean},
    "at_most": _bound,
    "at_least": _bound,
    "more_than": _bound,
    "less_than": _bound,
    "sum_equals": {"path": _path, "terms": _paths},
    "shares_sum": {"path": _path, "total": _number},
    "within_years": {"path": _path, "after": _path, "years": _years},
    "not_before": {"path": _path, "other": _path},
    "from_time": {"path": _path, "time": _time},
    "no_words": {"paths": _paths, "words": _words},
    "all": {"tests": _tests},
    "any": {"tests": _tests},
    "not": {"test": _test},
    "when": {"if": _test, "then": _test},
    "every_line": {"test": _test},
    "some_line": {"test": _test},
}
_OPTIONAL: Final[Mapping[str, Mapping[str, Check]]] = {
    **{name: {"absent": _number} for name in ("at_most", "at_least", "more_than", "less_than")},
    "every_line": {"where": _test},
}
