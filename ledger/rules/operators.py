"""The operators that compare values: each takes its parameters and gives a test of a scope.

What is not in the draft is "absent", which fails where a value is demanded; a test that may do
without one gives the value that stands for it (``absent``). docs/rules.md says each of them
precisely enough to write it again. What judges stands apart from what says, and reads each path
once a scope: a statement is judged by hundreds of tests, and few findings are read.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.check_digits import check_digits
from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.nodes import Node, reading, shown, why_unseen
from rootprint.ledger.rules.paths import Unseen, path_of
from rootprint.ledger.rules.spans import apart, from_time, not_before, within_years
from rootprint.ledger.rules.values import EXACT, as_text, decimal, is_same, places_of

if TYPE_CHECKING:
    from rootprint.ledger.rules.nodes import Judging
    from rootprint.ledger.rules.paths import Path, Scope

Compile = Callable[[Mapping[str, Any]], Node]
_FEW: Final = 12
_ZERO: Final = Decimal(0)
_PASSED, _FAILED, _NOT_CHECKED = State.PASSED, State.FAILED, State.NOT_CHECKED


def _present(test: Mapping[str, Any]) -> Node:
    paths = [path_of(text) for text in test["paths"]]
    kept = f"{', '.join(test['paths'])} present"

    def several(scope: Scope) -> State:
        try:
            found = [path.values(scope) for path in paths]  # what is hidden prevails: read all
        except Unseen:
            return _NOT_CHECKED
        return _PASSED if all(found) else _FAILED

    def say(scope: Scope) -> str:
        missing = [path.text for path in paths if not path.values(scope)]
        if not missing:
            return kept
        return f"{', '.join(missing)} {'is absent' if len(paths) == 1 else 'absent'}"

    if len(paths) > 1:
        return reading(paths, several, say, same_words=True)
    look = paths[0].look

    def state(scope: Scope) -> State:
        found = look(scope)
        if found:
            return _PASSED
        return _NOT_CHECKED if found is None else _FAILED

    return reading(paths, state, say, same_words=True)


def _one_of(test: Mapping[str, Any]) -> Node:
    path, wanted = path_of(test["path"]), frozenset(test["values"])
    first: int | None = test.get("first")
    look = path.look

    def fits(one: Any) -> bool:
        return isinstance(one, str) and one[:first] in wanted

    def state(scope: Scope) -> State:
        values = look(scope)
        if values is None:
            return _NOT_CHECKED
        if not values:
            return _FAILED
        return _PASSED if all(map(fits, values)) else _FAILED

    def say(scope: Scope) -> str:
        values = path.values(scope)
        if not values:
            return is_absent(path)
        strange = [one for one in values if not fits(one)]
        if not strange:
            return _is(path, values)
        few = ", ".join(test["values"][:_FEW])
        count = len(test["values"])
        listed = few if count <= _FEW else f"{few} … ({count} in all)"
        return f"{path.text} is {shown(strange)}, not one of {listed}"

    return reading([path], state, say)


def _contains(test: Mapping[str, Any]) -> Node:
    path, wanted = path_of(test["path"]), test["value"]

    def state(scope: Scope) -> State:
        try:
            return _PASSED if wanted in path.values(scope) else _FAILED
        except Unseen:
            return _NOT_CHECKED

    def say(scope: Scope) -> str:
        word = "names" if wanted in path.values(scope) else "does not name"
        return f"{path.text} {word} {wanted}"

    return reading([path], state, say)


def _same(test: Mapping[str, Any]) -> Node:
    path, other = path_of(test["path"]), path_of(test["other"])

    def strange(ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
        return [one for one in ours if not any(is_same(one, their) for their in theirs)]

    def state(scope: Scope) -> State:
        try:
            ours, theirs = path.values(scope), other.values(scope)
        except Unseen:
            return _NOT_CHECKED
        return _PASSED if ours and theirs and not strange(ours, theirs) else _FAILED

    def say(scope: Scope) -> str:
        ours, theirs = path.values(scope), other.values(scope)
        if not ours or not theirs:
            return is_absent(other if ours else path)
        if differing := strange(ours, theirs):
            return f"{path.text} is {shown(differing)}, {other.text} is {shown(theirs)}"
        return _is(path, ours)

    return reading([path, other], state, say, known=lambda _scope: state)


def _flag(test: Mapping[str, Any]) -> Node:
    path, wanted = path_of(test["path"]), test["value"]
    word = str(wanted).lower()

    def fits(values: Sequence[Any]) -> bool:
        return bool(values) and all(value is wanted for value in values)

    def state(scope: Scope) -> State:
        try:
            return _PASSED if fits(path.values(scope)) else _FAILED
        except Unseen:
            return _NOT_CHECKED

    def say(scope: Scope) -> str:
        values = path.values(scope)
        if not values:
            return is_absent(path)
        return f"{path.text} is {word}" if fits(values) else f"{path.text} is not {word}"

    return reading([path], state, say)


def _bounded(holds: Callable[[Decimal, Decimal], bool], word: str, test: Mapping[str, Any]) -> Node:
    path, bound = path_of(test["path"]), Decimal(test["value"])
    instead = (test["absent"],) if "absent" in test else ()
    look = path.look

    def fits(value: Any) -> bool:
        number = decimal(value)
        return number is not None and holds(number, bound)

    def state(scope: Scope) -> State:
        values = look(scope)
        if values is None:
            return _NOT_CHECKED
        values = values or instead
        return _PASSED if values and all(map(fits, values)) else _FAILED

    def say(scope: Scope) -> str:
        values = path.values(scope) or instead
        if not values:
            return is_absent(path)
        for value in values:
            if not fits(value):
                beyond = f"{path.text} is {value}, {word} {test['value']}"
                return no_decimal(path) if decimal(value) is None else beyond
        return _is(path, values)

    return reading([path], state, say)


def _sum_equals(test: Mapping[str, Any]) -> Node:
    path, terms = path_of(test["path"]), [path_of(text) for text in test["terms"]]

    def judged(
        scope: Scope, there: Sequence[Path] = terms
    ) -> tuple[bool, str, Sequence[Any], Sequence[Any]]:
        """Return whether it holds, what is no number if so, the totals and their terms."""
        totals = path.values(scope)
        texts = [text for term in there for text in term.values(scope)]
        if not totals:
            return False, is_absent(path), totals, texts
        total = _ZERO
        for text in texts:
            number = decimal(text)
            if number is None:
                fault = f"a term of {path.text} is not a plain decimal in a text"
                return False, fault, totals, texts
            total = EXACT.add(total, number)
        return all(decimal(text) == total for text in totals), "", totals, texts

    def state(scope: Scope, there: Sequence[Path] = terms) -> State:
        try:
            return _PASSED if judged(scope, there)[0] else _FAILED
        except Unseen:
            return _NOT_CHECKED

    def say(scope: Scope) -> str:
        kept, fault, totals, texts = judged(scope)
        if fault:
            return fault
        if kept:
            return f"{path.text} is the sum of its {len(texts)} terms"
        return f"{path.text} is {shown(totals)}, its terms are {shown(texts)}"

    known = partial(_known_sum, path, terms, state)
    return reading([path, *terms], state, say, known=known)


def _known_sum(
    path: Path, terms: Sequence[Path], state: Callable[..., State], scope: Scope
) -> State | Judging:
    """Leave out the terms that are absent from all that are alike."""
    if why_unseen([path, *terms], scope):
        return _NOT_CHECKED
    return partial(state, there=[term for term in terms if term.values(scope)])


def _shares_sum(test: Mapping[str, Any]) -> Node:
    path, total = path_of(test["path"]), Decimal(test["total"])

    def judged(texts: Sequence[Any]) -> bool | None:
        """Return whether they add to it; None where they are no shares."""
        shares = [share for text in texts if (share := decimal(text)) is not None]
        if not shares or len(shares) != len(texts):
            return None
        # Each share is rounded on its own, so each may be half a unit of the last place away.
        gap = -total
        for share in shares:
            gap = EXACT.add(gap, share)
        most = Decimal((0, tuple(map(int, str(len(shares)))), -min(map(places_of, texts))))
        return EXACT.add(abs(gap), abs(gap)) <= most

    def state(scope: Scope) -> State:
        try:
            return _PASSED if judged(path.values(scope)) else _FAILED
        except Unseen:
            return _NOT_CHECKED

    def say(scope: Scope) -> str:
        texts = path.values(scope)
        whole = judged(texts)
        if whole is None:
            return f"{path.text} names no shares"
        if whole:
            return f"{path.text} adds to {test['total']}"
        return f"{path.text} is {shown(texts)}, which does not add to {test['total']}"

    return reading([path], state, say)


def _no_words(test: Mapping[str, Any]) -> Node:
    paths = [path_of(text) for text in test["paths"]]
    words = [(word, word.casefold()) for word in test["words"]]
    kept = f"{', '.join(test['paths'])} free of {len(words)} words"

    def spoken(scope: Scope) -> tuple[Path, str] | None:
        read = [(path, path.values(scope)) for path in paths]
        for path, values in read:
            for value in values:
                text = as_text(value).casefold()
                for word, folded in words:
                    if folded in text:
                        return path, word
        return None

    def state(scope: Scope) -> State:
        try:
            return _PASSED if spoken(scope) is None else _FAILED
        except Unseen:
            return _NOT_CHECKED

    def say(scope: Scope) -> str:
        found = spoken(scope)
        return kept if found is None else f'{found[0].text} contains "{found[1]}"'

    return reading(paths, state, say)


def is_absent(path: Path) -> str:
    """Say that a path has no value where one is demanded."""
    return f"{path.text} is absent"


def no_decimal(path: Path) -> str:
    """Say that a path leads to something that is no number."""
    return f"{path.text} is not a plain decimal in a text"


def _is(path: Path, values: Sequence[Any]) -> str:
    return f"{path.text} is {shown(values)}"


COMPARISONS: Final[Mapping[str, Compile]] = {
    "present": _present,
    "one_of": _one_of,
    "contains": _contains,
    "same": _same,
    "flag": _flag,
    "at_most": partial(_bounded, operator.le, "more than"),
    "at_least": partial(_bounded, operator.ge, "less than"),
    "more_than": partial(_bounded, operator.gt, "not more than"),
    "less_than": partial(_bounded, operator.lt, "not less than"),
    "sum_equals": _sum_equals,
    "shares_sum": _shares_sum,
    "within_years": within_years,
    "not_before": not_before,
    "from_time": from_time,
    "apart": apart,
    "check_digits": check_digits,
    "no_words": _no_words,
}
