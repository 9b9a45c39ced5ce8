"""Which drafts are alike for rules: every test that reads one path comes to the same of them.

Thousands of statements differ in their numbers and agree in all that most rules look at: units,
boundaries, signs, what is there and what is not. So what a path leads to is looked at once, and a
number stands for what all tests of this one path come to, and for whether there is a value at all.
Drafts with the same numbers are alike, and what was found of one holds of the other, but for tests
that compare several members, which are judged each time (``Node.known``).
"""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.rules.logic import compile_test
from rootprint.ledger.rules.parameters import PATH
from rootprint.ledger.rules.paths import ROOTS, SLOT, Scope, Unseen, path_of, spread
from rootprint.ledger.rules.reading import texts
from rootprint.ledger.rules.values import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rootprint.ledger.rules.nodes import Judging
    from rootprint.ledger.rules.paths import Path

ABSENT: Final = 0  # no value is there
UNSEEN: Final = -1  # it is hidden, or in a statement that is not available
_THERE: Final = 1
MOST_TEXTS: Final = 1024  # remembered of a path; what comes later is looked at each time
_BOUNDED: Final = frozenset({"at_most", "at_least", "more_than", "less_than"})
_OF_PATH: Final = _BOUNDED | {
    "check_digits", "contains", "flag", "from_time", "one_of", "shares_sum",
}  # fmt: skip
_OF_EACH_PATH: Final = frozenset({"present", "no_words"})

Key = tuple[Any, ...]


class Values(dict[Any, int]):
    """By what one path leads to: a number, the same wherever all tests of the path agree."""

    def __init__(self, path: Path, tests: Sequence[Judging]) -> None:
        super().__init__()
        self.path, self.tests = path, tests
        self._numbers: dict[tuple[Any, ...], int] = {}

    def __missing__(self, text: str) -> int:
        """Return the number of a text that is not empty."""
        found = self.of((text,))
        if len(self) < MOST_TEXTS:
            self[text] = found
        return found

    def of(self, values: Sequence[Any]) -> int:
        """Return the number of values, which are not none."""
        if not self.tests:
            return _THERE
        scope = Scope(_NOTHING, _NOTHING)
        scope.seen[self.path] = values
        found = tuple(test(scope) for test in self.tests)
        return self._numbers.setdefault(found, len(self._numbers) + _THERE)

    def below(self, value: Any, steps: Sequence[str]) -> int:
        """Return the number of what these further steps from ``value`` lead to."""
        known = _texts_of(value, steps) if type(value) is list else None
        found = None if known is None else self.get(known)
        if found is None:
            try:
                values = spread(value, steps)
            except Unseen:
                return UNSEEN
            found = self.of(values) if values else ABSENT
            if known is not None and len(self) < MOST_TEXTS and all(map(_is_text, known)):
                self[known] = found
        return found


def _texts_of(items: list[Any], steps: Sequence[str]) -> tuple[Any, ...] | None:
    """Return what a list has at its items, or one step below each; None where it is not so plain.

    It is looked up among tuples of texts only, so what else it may have in it is not found.
    """
    try:
        if not steps:
            found = tuple(items)
        else:
            (step,) = steps
            found = tuple([one[step] for one in items if SLOT not in one])
        hash(found)
    except (KeyError, TypeError, ValueError):
        return None
    return found if len(found) == len(items) else None


def _is_text(value: Any) -> bool:
    return type(value) is str


class _Presence(Values):
    """The same wherever there is a value: no test asks for more."""

    def __missing__(self, text: str) -> int:
        return _THERE


class _Numbers(Values):
    """The same where all tests compare with fixed numbers: only where among them it lies counts."""

    def __init__(self, path: Path, tests: Sequence[Judging], bounds: Iterable[Decimal]) -> None:
        super().__init__(path, tests)
        self._bounds = sorted(set(bounds))
        # Places below, at and above each bound; what is no decimal is of a kind of its own.
        self._most = 2 * len(self._bounds) + _THERE

    def __missing__(self, text: str) -> int:
        number, bounds = decimal(text), self._bounds
        if number is None:
            return self._most + 1
        place = bisect_left(bounds, number)
        found = 2 * place + _THERE
        if place < len(bounds) and bounds[place] == number:
            found += 1
        if len(self) < MOST_TEXTS:
            self[text] = found
        return found

    def of(self, values: Sequence[Any]) -> int:
        if len(values) == 1 and type(values[0]) is str:
            return self.__missing__(values[0])
        return self._most + 1 + super().of(values)


class Branch(NamedTuple):
    """A member that paths end at (``values``) or lead through (``further``); ``every`` are both.

    ``every`` has, of each path, the steps that follow this member.
    """

    member: str
    values: Values | None
    further: _Tree
    every: tuple[tuple[Values, tuple[str, ...]], ...]


class _Tree:
    """The members of an object that paths end at or lead through.

    Objects have the same members again and again, so which of them are looked at is found once.
    """

    __slots__ = ("_branches", "_numbers", "plans")

    def __init__(self, branches: Sequence[Branch]) -> None:
        self._branches = branches
        self._numbers: dict[tuple[str, ...], int] = {}
        self.plans: dict[tuple[str, ...], tuple[int, tuple[Branch, ...]]] = {}

    def plan(self, members: tuple[str, ...]) -> tuple[int, tuple[Branch, ...]]:
        """Return a number for those of an object's members that are looked at, and these."""
        there = set(members)
        found = tuple(one for one in self._branches if one.member in there)
        names = tuple(one.member for one in found)
        plan = self._numbers.setdefault(names, len(self._numbers)), found
        if len(self.plans) < MOST_TEXTS:
            self.plans[members] = plan
        return plan


class Alike:
    """What tests look at, by root, and which drafts, lines and cited subjects are alike for it."""

    def __init__(self, tests: Iterable[Mapping[str, Any]]) -> None:
        found: dict[Path, dict[bytes, Mapping[str, Any]]] = {}
        for test in tests:
            for text in texts(test):
                if PATH.holds(text):
                    found.setdefault(path_of(text), {})
            for path, one in _of_one_path(test):
                if one["op"] != "present":  # that is known of every path
                    found[path].setdefault(encode(one), one)
        every = [_values(path, list(known.values())) for path, known in found.items()]
        self._trees = {
            root: _tree([one for one in every if one.path.root == root]) for root in ROOTS
        }

    def draft(self, scope: Scope) -> Key:
        """Return what a draft and its subject are to the tests; ``seen`` has its texts then."""
        trees, seen = self._trees, scope.seen
        return _key(scope.draft, trees["draft"], seen), _key(scope.subject, trees["subject"], seen)

    def line(self, line: Mapping[str, Any]) -> Key:
        """Return what a line is to them, but for what it cites."""
        return _key(line, self._trees["line"], {})

    def cited(self, subject: Mapping[str, Any]) -> Key:
        """Return what a cited subject is to them."""
        return _key(subject, self._trees["cited"], {})


def _key(value: Mapping[str, Any], tree: _Tree, seen: dict[Path, Sequence[Any]]) -> Key:
    names = tuple(value)
    number, branches = tree.plans.get(names) or tree.plan(names)
    if not branches:
        return (number,)
    key: list[Any] = [number]
    add = key.append
    for member, values, further, every in branches:
        one = value[member]
        if type(one) is str:
            if one and values is not None:
                add(values[one])
                seen[values.path] = (one,)
            else:
                add(ABSENT)
        elif type(one) is dict:
            if values is not None:
                add(values.below(one, ()))
            add(_key(one, further, seen))
        elif one is None:
            add(ABSENT)
        else:
            add(tuple([at.below(one, steps) for at, steps in every]))
    return tuple(key)


def _of_one_path(test: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the tests within a test that read one path, each with that path."""
    op = test["op"]
    if op in _OF_PATH:
        yield path_of(test["path"]), test
    elif op in _OF_EACH_PATH:
        for text in test["paths"]:
            yield path_of(text), {**test, "paths": [text]}
    elif op != "compare":  # its lines are looked at with it
        for part in (*test.get("tests", ()), *(test[name] for name in _PARTS if name in test)):
            yield from _of_one_path(part)


def _values(path: Path, tests: Sequence[Mapping[str, Any]]) -> Values:
    judging = [compile_test(test).state for test in tests]
    if not tests:
        return _Presence(path, judging)
    if all(test["op"] in _BOUNDED for test in tests):
        return _Numbers(path, judging, [Decimal(test["value"]) for test in tests])
    return Values(path, judging)


def _tree(values: Sequence[Values], depth: int = 0) -> _Tree:
    """Return the members that these paths of one root lead to, from ``depth`` steps on."""
    groups: dict[str, list[Values]] = {}
    for one in values:
        groups.setdefault(one.path.steps[depth], []).append(one)
    found = []
    for member, group in groups.items():
        ending = [one for one in group if len(one.path.steps) == depth + 1]
        longer = [one for one in group if len(one.path.steps) > depth + 1]
        every = tuple((one, one.path.steps[depth + 1 :]) for one in group)
        further = _tree(longer, depth + 1)
        found.append(Branch(member, ending[0] if ending else None, further, every))
    return _Tree(found)


_NOTHING: Final[Mapping[str, Any]] = {}
_PARTS: Final = ("test", "where", "if", "then")
