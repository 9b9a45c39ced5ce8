"""The form of a test: a closed list of operators, each with a closed list of parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from rootprint.calc.errors import CalculationError
from rootprint.ledger.rules.parameters import (
    LINE_OPERATORS,
    MARGINS,
    MAX_ITEMS,
    OPERATORS,
    OPTIONAL,
    TERM,
    TERMS,
    TEST,
    TESTS,
    TOLERANCE,
    Kind,
    Parameters,
)
from rootprint.ledger.rules.sums import STRICT

MAX_DEPTH: Final = 8


class RuleError(CalculationError):
    """A rule that can't be judged as it is written; its publisher corrects it."""

    code = "rule"


def check_test(test: Any, where: str, depth: int = 1, *, of_line: bool = False) -> None:
    """Raise RuleError, with the place of the first fault, unless ``test`` can be judged.

    ``of_line`` says that it is judged once per line: then it does not go to all lines itself.
    """
    if depth > MAX_DEPTH:
        _refuse(where, f"is nested deeper than {MAX_DEPTH} levels")
    if not isinstance(test, Mapping):
        _refuse(where, "is not an object with an operator")
    op, needed = _operator(test, where)
    goes_to_lines = op in LINE_OPERATORS
    if of_line and goes_to_lines:
        _refuse(where, f"has {op} within a test of a line, which would go to all lines again")
    given = {name: value for name, value in test.items() if name != "op"}
    known = {**needed, **OPTIONAL.get(op, {})}
    _check_members(given, known, where, op)
    for name in needed:
        if name not in test:
            _refuse(where, f"lacks {name}")
    if op == "compare" and test["is"] in STRICT and "tolerance" in test:
        _refuse(where, f"allows a tolerance for {test['is']}: at_most and at_least take one")
    if op == "apart" and not {"least", "most"} & test.keys():
        _refuse(where, "bounds nothing: give least or most")
    for name, value in given.items():
        _check(known[name], value, f"{where}.{name}", depth, of_line=of_line or goes_to_lines)


def _operator(test: Mapping[str, Any], where: str) -> tuple[str, Parameters]:
    if "op" not in test:
        _refuse(where, f"has no operator (op) of {', '.join(OPERATORS)}")
    op = str(test["op"])
    if op not in OPERATORS:
        listed = ", ".join(OPERATORS)
        _refuse(where, f"has an operator {op[:64]!r} that is not known: use {listed}")
    return op, OPERATORS[op]


def _check_members(given: Any, known: Parameters, where: str, what: str) -> None:
    for name in given:
        if name not in known:
            _refuse(where, f"has a parameter {str(name)[:64]!r} that {what} does not know")


def _check(kind: Kind, value: Any, where: str, depth: int, *, of_line: bool) -> None:
    if not kind.holds(value) and kind is not TEST:
        _refuse(where, f"is not {kind.wanted}")
    if kind is TEST:
        check_test(value, where, depth + 1, of_line=of_line)
    elif kind is TESTS:
        _each(value, kind, where, lambda part, at: check_test(part, at, depth + 1, of_line=of_line))
    elif kind is TERMS:
        _each(value, kind, where, lambda term, at: _check_term(term, at, depth, of_line=of_line))
    elif kind is TOLERANCE:
        if not value:
            _refuse(where, f"is not {kind.wanted}")
        _check_members(value, MARGINS, where, "a tolerance")
        for name, margin in value.items():
            _check(MARGINS[name], margin, f"{where}.{name}", depth, of_line=of_line)


def _each(parts: list[Any], kind: Kind, where: str, check: Callable[[Any, str], None]) -> None:
    if not 1 <= len(parts) <= MAX_ITEMS:
        _refuse(where, f"is not {kind.wanted}")
    for number, part in enumerate(parts):
        check(part, f"{where}[{number}]")


def _check_term(term: Any, where: str, depth: int, *, of_line: bool) -> None:
    if not isinstance(term, Mapping) or not {"of", "times"} & term.keys():
        _refuse(where, "is not a term with times or of")
    _check_members(term, TERM, where, "a term")
    if "lines" in term and of_line:
        _refuse(where, "goes to all lines within a test of a line")
    if "of" not in term and term.keys() != {"times"}:
        _refuse(where, "looks at nothing (of): a constant has times alone")
    for name, value in term.items():
        _check(TERM[name], value, f"{where}.{name}", depth, of_line=True)


def _refuse(where: str, what: str) -> NoReturn:
    message = f"{where} {what}"
    raise RuleError(message, remedy="the rule pack's publisher corrects it (docs/rules.md)")
