"""The operators that compare values: each takes its parameters and gives what judges a scope.

What is not in the draft is "absent", which fails where a value is demanded; a test that may do
without one gives the value that stands for it (``absent``). docs/rules.md says each of them
precisely enough to write it again.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final

from rootprint.ledger.rules.check_digits import check_digits
from rootprint.ledger.rules.finding import Outcome, State, failed, passed, saying
from rootprint.ledger.rules.nodes import Judging, reading, shown
from rootprint.ledger.rules.paths import Scope, path_of
from rootprint.ledger.rules.spans import apart, from_time, not_before, within_years
from rootprint.ledger.rules.values import EXACT, decimal, places

Compile = Callable[[Mapping[str, Any]], Judging]
_FEW: Final = 12


def _present(test: Mapping[str, Any]) -> Judging:
    paths = [path_of(text) for text in test["paths"]]
    kept = passed(saying(f"{', '.join(test['paths'])} present"))
    if len(paths) == 1:
        path, missing = paths[0], failed(is_absent, paths[0].text)
        return reading(paths, lambda scope: kept if path.values(scope) else missing)

    def judge(scope: Scope) -> Outcome:
        missing = [path.text for path in paths if not path.values(scope)]
        return failed(_absent, missing) if missing else kept

    return reading(paths, judge)


def _absent(paths: Sequence[str]) -> str:
    return f"{', '.join(paths)} absent"


def is_absent(path: str) -> str:
    """Say that a path has no value where one is demanded."""
    return f"{path} is absent"


def _one_of(test: Mapping[str, Any]) -> Judging:
    path, wanted = path_of(test["path"]), frozenset(test["values"])
    first, absent = test.get("first"), failed(is_absent, path.text)

    def judge(scope: Scope) -> Outcome:
        values = path.values(scope)
        if not values:
            return absent
        for one in values:
            if not (isinstance(one, str) and one[:first] in wanted):
                return Outcome(State.FAILED, _not_one_of, (path.text, values, wanted, test))
        return Outcome(State.PASSED, _is, (path.text, values))

    return reading([path], judge)


def _not_one_of(
    path: str, values: Sequence[Any], known: frozenset[str], test: Mapping[str, Any]
) -> str:
    first, wanted = test.get("first"), test["values"]
    strange = [one for one in values if not (isinstance(one, str) and one[:first] in known)]
    few = ", ".join(wanted[:_FEW])
    listed = few if len(wanted) <= _FEW else f"{few} … ({len(wanted)} in all)"
    return f"{path} is {shown(strange)}, not one of {listed}"


def _is(path: str, values: Sequence[Any]) -> str:
    return f"{path} is {shown(values)}"


def _contains(test: Mapping[str, Any]) -> Judging:
    path, wanted = path_of(test["path"]), test["value"]
    kept = passed(saying(f"{path.text} names {wanted}"))
    missing = failed(saying(f"{path.text} does not name {wanted}"))
    return reading([path], lambda scope: kept if wanted in path.values(scope) else missing)


def _same(test: Mapping[str, Any]) -> Judging:
    path, other = path_of(test["path"]), path_of(test["other"])

    def judge(scope: Scope) -> Outcome:
        ours, theirs = path.values(scope), other.values(scope)
        if not ours or not theirs:
            return failed(is_absent, other.text if ours else path.text)
        strange = [one for one in ours if one not in theirs]
        if strange:
            return failed(_differs, path.text, strange, other.text, theirs)
        return passed(_is, path.text, ours)

    return reading([path, other], judge)


def _differs(path: str, ours: Sequence[Any], other: str, theirs: Sequence[Any]) -> str:
    return f"{path} is {shown(ours)}, {other} is {shown(theirs)}"


def _flag(test: Mapping[str, Any]) -> Judging:
    path, wanted = path_of(test["path"]), test["value"]
    word = str(wanted).lower()
    kept = passed(saying(f"{path.text} is {word}"))
    other = failed(saying(f"{path.text} is not {word}"))

    def judge(scope: Scope) -> Outcome:
        values = path.values(scope)
        if not values:
            return failed(is_absent, path.text)
        return other if any(value is not wanted for value in values) else kept

    return reading([path], judge)


def _bounded(
    holds: Callable[[Decimal, Decimal], bool], word: str, test: Mapping[str, Any]
) -> Judging:
    path, bound = path_of(test["path"]), Decimal(test["value"])
    instead = (test["absent"],) if "absent" in test else ()

    def judge(scope: Scope) -> Outcome:
        values = path.values(scope) or instead
        if not values:
            return failed(is_absent, path.text)
        for value in values:
            number = decimal(value)
            if number is None:
                return failed(no_decimal, path.text)
            if not holds(number, bound):
                return failed(_beyond, path.text, value, word, test["value"])
        return passed(_is, path.text, values)

    return reading([path], judge)


def no_decimal(path: str) -> str:
    """Say that a path leads to something that is no number."""
    return f"{path} is not a plain decimal in a text"


def _beyond(path: str, value: str, word: str, bound: str) -> str:
    return f"{path} is {value}, {word} {bound}"


def _sum_equals(test: Mapping[str, Any]) -> Judging:
    path, terms = path_of(test["path"]), [path_of(text) for text in test["terms"]]

    def judge(scope: Scope) -> Outcome:
        totals = path.values(scope)
        texts = [text for term in terms for text in term.values(scope)]
        if not totals:
            return failed(is_absent, path.text)
        total = Decimal(0)
        for text in texts:
            number = decimal(text)
            if number is None:
                return failed(_no_decimals, path.text)
            total = EXACT.add(total, number)
        if any(decimal(text) != total for text in totals):
            return failed(_no_sum, path.text, totals, texts)
        return passed(_sum, path.text, texts)

    return reading([path, *terms], judge)


def _no_decimals(path: str) -> str:
    return f"a term of {path} is not a plain decimal in a text"


def _no_sum(path: str, totals: Sequence[Any], texts: Sequence[str]) -> str:
    return f"{path} is {shown(totals)}, its terms are {shown(texts)}"


def _sum(path: str, texts: Sequence[str]) -> str:
    return f"{path} is the sum of its {len(texts)} terms"


def _shares_sum(test: Mapping[str, Any]) -> Judging:
    path, total = path_of(test["path"]), Fraction(test["total"])

    def judge(scope: Scope) -> Outcome:
        texts = path.values(scope)
        shares = [share for text in texts if (share := decimal(text)) is not None]
        if not shares or len(shares) != len(texts):
            return failed(_no_shares, path.text)
        # Each share is rounded on its own, so each may be half a unit of the last place away.
        last_place = Fraction(1, 10 ** min(map(places, shares)))
        gap = abs(sum(map(Fraction, shares), Fraction(0)) - total)
        if 2 * gap > last_place * len(shares):
            return failed(_not_whole, path.text, texts, test["total"])
        return passed(_whole, path.text, test["total"])

    return reading([path], judge)


def _no_shares(path: str) -> str:
    return f"{path} names no shares"


def _not_whole(path: str, texts: Sequence[str], total: str) -> str:
    return f"{path} is {shown(texts)}, which does not add to {total}"


def _whole(path: str, total: str) -> str:
    return f"{path} adds to {total}"


def _no_words(test: Mapping[str, Any]) -> Judging:
    paths = [path_of(text) for text in test["paths"]]
    words = [(word, word.casefold()) for word in test["words"]]
    kept = passed(saying(f"{', '.join(test['paths'])} free of {len(words)} words"))

    def judge(scope: Scope) -> Outcome:
        read = [(path, path.values(scope)) for path in paths]
        for path, values in read:
            for value in values:
                text = str(value).casefold()
                for word, folded in words:
                    if folded in text:
                        return failed(_speaks_of, path.text, word)
        return kept

    return reading(paths, judge)


def _speaks_of(path: str, word: str) -> str:
    return f"{path} speaks of {word!r}"


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
