"""The operators that combine tests, and compiling any test.

Logic is three-valued and a little more: what can't be looked at is "not checked" and spreads, and
a test about something that the draft does not have is "not applicable".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.nodes import Node, worst
from rootprint.ledger.rules.operators import COMPARISONS
from rootprint.ledger.rules.parameters import PATH
from rootprint.ledger.rules.paths import Unseen, path_of
from rootprint.ledger.rules.reading import texts
from rootprint.ledger.rules.sums import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rootprint.ledger.rules.nodes import Judging, Known, Saying
    from rootprint.ledger.rules.paths import Scope

_PASSED, _FAILED = State.PASSED, State.FAILED
_NOT_CHECKED, _NOT_APPLICABLE = State.NOT_CHECKED, State.NOT_APPLICABLE
# What a disjunction comes to that nothing passes: what is unknown prevails.
_UNPASSED: Final = (_NOT_CHECKED, _FAILED, _NOT_APPLICABLE)
# What prevails among lines of which every one, or of which one, should be so.
_EVERY: Final = (_FAILED, _NOT_CHECKED, _PASSED, _NOT_APPLICABLE)
_SOME: Final = (_PASSED, *_UNPASSED)
_INVERTED: Final = {
    _PASSED: _FAILED,
    _FAILED: _PASSED,
    _NOT_CHECKED: _NOT_CHECKED,
    _NOT_APPLICABLE: _NOT_APPLICABLE,
}


def compile_test(test: Mapping[str, Any]) -> Node:
    """Return a test, whose form was checked, with its parameters read and its parts compiled."""
    op = test["op"]
    return (COMPARISONS.get(op) or _COMBINATIONS[op])(test)


def _all(test: Mapping[str, Any]) -> Node:
    parts = [compile_test(part) for part in test["tests"]]
    judging = tuple(part.state for part in parts)

    def state(scope: Scope) -> State:
        unknown = kept = False
        for part in judging:
            found = part(scope)
            if found is _FAILED:
                return _FAILED
            if found is _PASSED:
                kept = True
            elif found is _NOT_CHECKED:
                unknown = True
        return _NOT_CHECKED if unknown else _PASSED if kept else _NOT_APPLICABLE

    def say(scope: Scope) -> str:
        return worst([(part.state(scope), partial(part.say, scope)) for part in parts]) or parts[
            0
        ].say(scope)

    def known(scope: Scope) -> State | Judging:
        return _all_of([part.known(scope) for part in parts])

    return Node(state, say, known)


def _all_of(found: Sequence[State | Judging]) -> State | Judging:
    """Return what a conjunction comes to, or what is left to judge of it."""
    if _FAILED in found:
        return _FAILED
    unknown, kept = _NOT_CHECKED in found, _PASSED in found
    left = tuple(one for one in found if not isinstance(one, State))

    def state(scope: Scope) -> State:
        unseen, holds = unknown, kept
        for part in left:
            one = part(scope)
            if one is _FAILED:
                return _FAILED
            if one is _PASSED:
                holds = True
            elif one is _NOT_CHECKED:
                unseen = True
        return _NOT_CHECKED if unseen else _PASSED if holds else _NOT_APPLICABLE

    return state if left else _NOT_CHECKED if unknown else _PASSED if kept else _NOT_APPLICABLE


def _any(test: Mapping[str, Any]) -> Node:
    parts = [compile_test(part) for part in test["tests"]]
    judging = tuple(part.state for part in parts)

    def state(scope: Scope) -> State:
        unknown = broken = False
        for part in judging:
            found = part(scope)
            if found is _PASSED:
                return _PASSED
            if found is _FAILED:
                broken = True
            elif found is _NOT_CHECKED:
                unknown = True
        return _NOT_CHECKED if unknown else _FAILED if broken else _NOT_APPLICABLE

    def say(scope: Scope) -> str:
        states = [part.state(scope) for part in parts]
        if _PASSED in states:
            return parts[states.index(_PASSED)].say(scope)
        prevails = next(one for one in _UNPASSED if one in states)
        those = (part for part, one in zip(parts, states, strict=True) if one is prevails)
        return "; ".join(part.say(scope) for part in those)

    def known(scope: Scope) -> State | Judging:
        return _any_of([part.known(scope) for part in parts], _NOT_APPLICABLE)

    return Node(state, say, known)


def _any_of(found: Sequence[State | Judging], otherwise: State) -> State | Judging:
    """Return what a disjunction comes to, or what is left to judge of it.

    It comes to ``otherwise`` where nothing passes, fails or is unknown.
    """
    if _PASSED in found:
        return _PASSED
    unknown, broken = _NOT_CHECKED in found, _FAILED in found
    left = tuple(one for one in found if not isinstance(one, State))

    def state(scope: Scope) -> State:
        unseen, fails = unknown, broken
        for part in left:
            one = part(scope)
            if one is _PASSED:
                return _PASSED
            if one is _FAILED:
                fails = True
            elif one is _NOT_CHECKED:
                unseen = True
        return _NOT_CHECKED if unseen else _FAILED if fails else otherwise

    return state if left else _NOT_CHECKED if unknown else _FAILED if broken else otherwise


def _not(test: Mapping[str, Any]) -> Node:
    part = compile_test(test["test"])
    judging = part.state

    def state(scope: Scope) -> State:
        found = judging(scope)
        if found is _PASSED:
            return _FAILED
        return _PASSED if found is _FAILED else found

    def known(scope: Scope) -> State | Judging:
        found = part.known(scope)
        if isinstance(found, State):
            return _INVERTED[found]
        return lambda at: _INVERTED[found(at)]

    return Node(state, part.say, known)


def _when(test: Mapping[str, Any]) -> Node:
    condition, then = compile_test(test["if"]), compile_test(test["then"])
    asked, follows = condition.state, then.state

    def state(scope: Scope) -> State:
        found = asked(scope)
        if found is _PASSED:
            return follows(scope)
        return _NOT_CHECKED if found is _NOT_CHECKED else _NOT_APPLICABLE

    def say(scope: Scope) -> str:
        return (then if asked(scope) is _PASSED else condition).say(scope)

    return Node(state, say, _followed(condition.known, then.known), then.same_words)


def _followed(condition: Known, then: Known) -> Known:
    """Return what is known of ``then``, where what is known of the condition passes."""

    def known(scope: Scope) -> State | Judging:
        found = condition(scope)
        if isinstance(found, State):
            if found is _PASSED:
                return then(scope)
            return _NOT_CHECKED if found is _NOT_CHECKED else _NOT_APPLICABLE
        follows = then(scope)

        def state(at: Scope) -> State:
            one = found(at)
            if one is _PASSED:
                return follows if isinstance(follows, State) else follows(at)
            return _NOT_CHECKED if one is _NOT_CHECKED else _NOT_APPLICABLE

        return state

    return known


def _every_line(test: Mapping[str, Any]) -> Node:
    part = compile_test(test["test"])
    where = compile_test(test["where"]) if "where" in test else None
    judging = part.state if where is None else _chosen(where.state, part.state)

    def state(scope: Scope) -> State:
        lines = scope.look()
        if lines is None:
            return _NOT_CHECKED
        unknown = kept = False
        for line in lines:
            found = judging(line)
            if found is _FAILED:
                return _FAILED
            if found is _PASSED:
                kept = True
            elif found is _NOT_CHECKED:
                unknown = True
        return _NOT_CHECKED if unknown else _PASSED if kept else _NOT_APPLICABLE

    def say(scope: Scope) -> str:
        lines = scope.lines
        if not lines:
            return _NO_INVENTORY
        found = []
        for number, line in enumerate(lines):
            spoken = where is None or where.state(line) is _PASSED
            who = part if spoken or where is None else where
            found.append((judging(line), partial(_placed, who, number, line)))
        others = [one for one in found if one[0] in {_FAILED, _NOT_CHECKED}]
        kept = sum(one is _PASSED for one, _ in found)
        return worst(others) or (f"{kept} lines keep it" if kept else _NO_LINE)

    each = part.known if where is None else _followed(where.known, part.known)
    return Node(state, _of_lines(say), _OfKinds(test, each, _EVERY, _all_of))


def _chosen(where: Judging, part: Judging) -> Judging:
    """Return what ``part`` comes to of lines that ``where`` chooses; others are not applicable."""

    def state(line: Scope) -> State:
        condition = where(line)
        if condition is _PASSED:
            return part(line)
        return _NOT_CHECKED if condition is _NOT_CHECKED else _NOT_APPLICABLE

    return state


def _of_lines(say: Saying) -> Saying:
    def said(scope: Scope) -> str:
        try:
            return say(scope)
        except Unseen as unseen:
            return str(unseen)

    return said


def _some_line(test: Mapping[str, Any]) -> Node:
    part = compile_test(test["test"])
    judging = part.state

    def state(scope: Scope) -> State:
        unknown = False
        lines = scope.look()
        if lines is None:
            return _NOT_CHECKED
        for line in lines:
            found = judging(line)
            if found is _PASSED:
                return _PASSED
            if found is _NOT_CHECKED:
                unknown = True
        return _NOT_CHECKED if unknown else _FAILED if lines else _NOT_APPLICABLE

    def say(scope: Scope) -> str:
        lines = scope.lines
        if not lines:
            return _NO_INVENTORY
        states = [judging(line) for line in lines]
        for wanted in (_PASSED, _NOT_CHECKED):
            if wanted in states:
                number = states.index(wanted)
                return _placed(part, number, lines[number])
        return f"none of {len(lines)} lines is such a one"

    return Node(state, _of_lines(say), _OfKinds(test, part.known, _SOME, _some_of))


def _some_of(found: Sequence[State | Judging]) -> State | Judging:
    return _any_of(found, _FAILED if found else _NOT_APPLICABLE)


class _OfKinds:
    """What a test of a line comes to of the lines of a scope: once for all that are alike."""

    def __init__(
        self,
        test: Mapping[str, Any],
        known: Known,
        order: Sequence[State],
        together: Callable[[Sequence[State | Judging]], State | Judging],
    ) -> None:
        self._known, self._order, self._together = known, order, together
        self._of_draft = any(not path_of(text).of_line for text in texts(test) if PATH.holds(text))

    def __call__(self, scope: Scope) -> State | Judging:
        """Return what the lines come to together, or what is left to judge of them (``Known``)."""
        kinds = scope.kinds
        if kinds is None:
            return _NOT_CHECKED
        draft = kinds.draft if self._of_draft else -1
        found: list[State | Judging] = []
        for kind in dict.fromkeys(kinds.of_lines):
            key = (id(self), kind, draft)
            one = kinds.found.get(key)
            if one is None:
                one = self._known(scope.lines[kinds.of_lines.index(kind)])
                if not isinstance(one, State):
                    one = _of_kind(kind, one, self._order)
                kinds.found[key] = one
            found.append(one)
        return self._together(found)


def _of_kind(kind: int, judging: Judging, order: Sequence[State]) -> Judging:
    """Return what the lines of a kind come to together: the first of ``order`` that one has."""

    def state(scope: Scope) -> State:
        kinds = () if scope.kinds is None else scope.kinds.of_lines
        lines = zip(scope.lines, kinds, strict=True)
        found = {judging(line) for line, one in lines if one == kind}
        return next(one for one in order if one in found)

    return state


def _placed(part: Node, number: int, line: Scope) -> str:
    said = None if line.line is None else line.line.get("description")
    named = said if isinstance(said, str) else "undescribed"
    return f"line {number + 1} ({named}): {part.say(line)}"


_NO_INVENTORY: Final = "it has no inventory"
_NO_LINE: Final = "no line that it applies to"
_COMBINATIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Node]]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "when": _when,
    "every_line": _every_line,
    "some_line": _some_line,
    "compare": partial(compare, compile_test=compile_test),
}
