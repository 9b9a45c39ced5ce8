"""The operators that combine tests, and compiling any test.

Logic is three-valued and a little more: what can't be looked at is "not checked" and spreads, and
a test about something that the draft does not have is "not applicable".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Outcome, State, failed, not_applicable, passed, saying
from rootprint.ledger.rules.nodes import Judging, Node, reading, worst
from rootprint.ledger.rules.operators import COMPARISONS
from rootprint.ledger.rules.sums import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.rules.paths import Scope

_NO_INVENTORY: Final = not_applicable(saying("it has no inventory"))
_NO_LINE: Final = not_applicable(saying("no line that it speaks of"))
# What a disjunction comes to that nothing passes: what is unknown prevails.
_UNPASSED: Final = (State.NOT_CHECKED, State.FAILED, State.NOT_APPLICABLE)
_TURNED: Final = {State.PASSED: State.FAILED, State.FAILED: State.PASSED}


def compile_test(test: Mapping[str, Any]) -> Node:
    """Return a test, whose form was checked, with its parameters read and its parts compiled."""
    op = test["op"]
    return Node(op, (COMPARISONS.get(op) or _COMBINATIONS[op])(test))


def _all(test: Mapping[str, Any]) -> Judging:
    parts = [compile_test(part).outcome for part in test["tests"]]

    def judge(scope: Scope) -> Outcome:
        outcomes = []
        for part in parts:
            outcome = part(scope)
            if outcome.state is State.FAILED:
                # The other failures are looked for when somebody reads what was found.
                return Outcome(State.FAILED, _failures, (parts, scope))
            outcomes.append(outcome)
        return worst(outcomes) or not_applicable(outcomes[0].say, *outcomes[0].args)

    return judge


def _failures(parts: Sequence[Judging], scope: Scope) -> str:
    found = worst([part(scope) for part in parts])
    return "" if found is None else found.found


def _any(test: Mapping[str, Any]) -> Judging:
    parts = [compile_test(part).outcome for part in test["tests"]]

    def judge(scope: Scope) -> Outcome:
        outcomes = []
        for part in parts:
            outcome = part(scope)
            if outcome.state is State.PASSED:
                return outcome
            outcomes.append(outcome)
        state = min((outcome.state for outcome in outcomes), key=_UNPASSED.index)
        return Outcome(state, _each, (state, outcomes))

    return judge


def _each(state: State, outcomes: Sequence[Outcome]) -> str:
    return "; ".join(outcome.found for outcome in outcomes if outcome.state is state)


def _not(test: Mapping[str, Any]) -> Judging:
    part = compile_test(test["test"]).outcome

    def judge(scope: Scope) -> Outcome:
        outcome = part(scope)
        return Outcome(_TURNED.get(outcome.state, outcome.state), outcome.say, outcome.args)

    return judge


def _when(test: Mapping[str, Any]) -> Judging:
    condition, then = compile_test(test["if"]).outcome, compile_test(test["then"]).outcome

    def judge(scope: Scope) -> Outcome:
        outcome = condition(scope)
        if outcome.state is State.PASSED:
            return then(scope)
        if outcome.state is State.NOT_CHECKED:
            return outcome
        return not_applicable(outcome.say, *outcome.args)

    return judge


def _every_line(test: Mapping[str, Any]) -> Judging:
    part = compile_test(test["test"]).outcome
    where = compile_test(test["where"]).outcome if "where" in test else None

    def judge(scope: Scope) -> Outcome:
        if not scope.lines:
            return _NO_INVENTORY
        kept, others = 0, []
        for number, line in enumerate(scope.lines):
            outcome = _at(where, part, line)
            if outcome is None or outcome.state is State.NOT_APPLICABLE:
                continue
            if outcome.state is State.PASSED:
                kept += 1
            else:
                others.append(_of_line(outcome, number, line))
        return worst(others) or (passed(_lines, kept) if kept else _NO_LINE)

    return reading((), judge)


def _at(where: Judging | None, part: Judging, line: Scope) -> Outcome | None:
    """Return what a test comes to of a line; None if the line is not spoken of."""
    if where is not None:
        condition = where(line)
        if condition.state is State.NOT_CHECKED:
            return condition
        if condition.state is not State.PASSED:
            return None
    return part(line)


def _some_line(test: Mapping[str, Any]) -> Judging:
    part = compile_test(test["test"]).outcome

    def judge(scope: Scope) -> Outcome:
        if not scope.lines:
            return _NO_INVENTORY
        unknown = None
        for number, line in enumerate(scope.lines):
            outcome = part(line)
            if outcome.state is State.PASSED:
                return _of_line(outcome, number, line)
            if outcome.state is State.NOT_CHECKED and unknown is None:
                unknown = _of_line(outcome, number, line)
        return unknown or failed(_none, len(scope.lines))

    return reading((), judge)


def _of_line(outcome: Outcome, number: int, line: Scope) -> Outcome:
    return Outcome(outcome.state, _placed, (outcome, number, line))


def _placed(outcome: Outcome, number: int, line: Scope) -> str:
    named = "undescribed" if line.line is None else line.line.get("description", "undescribed")
    return f"line {number + 1} ({named}): {outcome.found}"


def _lines(count: int) -> str:
    return f"{count} lines keep it"


def _none(count: int) -> str:
    return f"none of {count} lines is such a one"


_COMBINATIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Judging]]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "when": _when,
    "every_line": _every_line,
    "some_line": _some_line,
    "compare": partial(compare, compile_test=compile_test),
}
