"""Judging many drafts by the same packs: each rule once a draft, once for all that are alike.

A panel remembers what rules came to of drafts that are alike (``ledger.rules.alike``), so it lives
as long as one verification. What it finds is what ``CompiledPack.states`` finds of each draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.ledger.rules.alike import ABSENT, UNSEEN, Alike
from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.paths import SLOT, Kinds, Scope, cited_digest
from rootprint.ledger.rules.reading import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.rules.finding import Rule
    from rootprint.ledger.rules.judging import CompiledPack
    from rootprint.ledger.rules.nodes import Judging

MOST_KEPT: Final = 8192  # kinds of drafts, and of lines; then all of them are forgotten
_OF_LINES: Final = frozenset({"every_line", "some_line"})


class Tally(NamedTuple):
    """What the rules of one pack came to of a draft."""

    held: int
    broken: tuple[Rule, ...]
    unseen: tuple[Rule, ...]
    not_applicable: int


class Outcome:
    """What the rules of each pack came to of a draft, and of all that are alike.

    ``same_words`` says that what is broken or unseen is said of all of them in the same words;
    ``made`` is a caller's, for what it makes of that.
    """

    __slots__ = ("made", "same_words", "tallies")

    def __init__(self, tallies: tuple[Tally, ...]) -> None:
        self.tallies = tallies
        broken = [rule for tally in tallies for rule in tally.broken]
        unseen = any(tally.unseen for tally in tallies)
        self.same_words = not unseen and all(rule.test.same_words for rule in broken)
        self.made: dict[Any, Any] = {}


class _Judged(NamedTuple):
    """What is known of drafts that are alike, their lines included.

    ``left`` are the rules still to be judged, by place; ``outcomes`` what all came to, by what
    those came to.
    """

    rules: Sequence[Rule]
    states: Sequence[State]
    left: Sequence[tuple[int, Judging]]
    packs: Sequence[Sequence[int]]
    outcomes: dict[tuple[State, ...], Outcome]


class _Alike(NamedTuple):
    """What is known of drafts that are alike, whatever their lines are.

    ``packs`` has for each pack the places of its rules, ``found`` nothing of rules that go to
    lines, and ``by_lines`` what all come to by the kinds of lines there are.
    """

    number: int
    rules: Sequence[Rule]
    packs: Sequence[Sequence[int]]
    found: Sequence[State | Judging | None]
    by_lines: dict[frozenset[int] | None, _Judged]


class Panel:
    """Packs that drafts are judged by, together: a rule that several have is judged once.

    ``cited`` maps the digests of all statements that drafts may cite to their subjects.
    """

    def __init__(
        self, packs: Sequence[CompiledPack], cited: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.packs, self._cited = packs, cited
        tests = {
            id(rule.test): test
            for pack in packs
            for rule, test in zip(pack.rules, pack.tests, strict=True)
        }
        self._alike = Alike(tests.values())
        self._of_lines = {
            number for number, test in tests.items() if not _OF_LINES.isdisjoint(texts(test))
        }
        self._forget()

    def _forget(self) -> None:
        self._drafts: dict[Any, _Alike] = {}
        self._kinds: dict[Any, int] = {}
        self._cited_kinds: dict[str, int] = {}
        self._subjects: dict[Any, int] = {}
        self._lines: dict[tuple[int, int, int], State | Judging] = {}
        self._count = 0

    def judge(self, draft: Mapping[str, Any]) -> tuple[Scope, Outcome]:
        """Return what each pack's rules for the draft's role came to, and where to read why."""
        if self._count > MOST_KEPT:
            self._forget()
        scope = Scope(draft, self._cited)
        kinds = self._kinds_of(scope.subject.get("inventory"))
        role = tuple(pack.role(scope) for pack in self.packs)
        key = (role, self._alike.draft(scope))
        alike = self._drafts.get(key)
        if alike is None:
            alike = self._drafts[key] = self._judged(scope)
        if kinds is not None:
            scope.kinds = Kinds(kinds, self._lines, alike.number)
        of_lines = None if kinds is None else frozenset(kinds)
        judged = alike.by_lines.get(of_lines)
        if judged is None:
            judged = alike.by_lines[of_lines] = self._with_lines(alike, scope)
        left = tuple([judging(scope) for _, judging in judged.left])
        outcome = judged.outcomes.get(left)
        if outcome is None:
            outcome = judged.outcomes[left] = Outcome(_tallies(judged, left))
        return scope, outcome

    def _judged(self, scope: Scope) -> _Alike:
        """Judge what can be judged without the lines of a draft."""
        self._count += 1
        rules: dict[int, Rule] = {}
        packs = []
        for pack in self.packs:
            of_pack = pack.rules_for(scope)
            rules.update((id(rule.test), rule) for rule in of_pack)
            packs.append(of_pack)
        places = {number: place for place, number in enumerate(rules)}
        return _Alike(
            self._count,
            list(rules.values()),
            [[places[id(rule.test)] for rule in of_pack] for of_pack in packs],
            [
                None if number in self._of_lines else rule.test.known(scope)
                for number, rule in rules.items()
            ],
            {},
        )

    def _with_lines(self, alike: _Alike, scope: Scope) -> _Judged:
        self._count += 1
        states, left = [], []
        for place, (rule, one) in enumerate(zip(alike.rules, alike.found, strict=True)):
            found = rule.test.known(scope) if one is None else one
            if isinstance(found, State):
                states.append(found)
            else:
                states.append(State.NOT_CHECKED)  # until it is judged
                left.append((place, found))
        return _Judged(alike.rules, states, left, alike.packs, {})

    def _kinds_of(self, lines: Any) -> list[int] | None:
        """Return a number for each line, the same for those that are alike; None: hidden."""
        if not isinstance(lines, list):
            return []
        found = []
        for line in lines:
            if not isinstance(line, dict) or SLOT in line:
                return None
            found.append(self._kind(line))
        return found

    def _kind(self, line: dict[str, Any]) -> int:
        digest, cited = cited_digest(line), ABSENT
        if digest is not None:
            known = self._cited_kinds.get(digest)
            cited = self._cited_kind(digest) if known is None else known
        key = (cited, self._alike.line(line))
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = self._count = self._count + 1
        return kind

    def _cited_kind(self, digest: str) -> int:
        subject, kind = self._cited.get(digest), UNSEEN
        if subject is not None:
            key = self._alike.cited(subject)
            kind = self._subjects.setdefault(key, len(self._subjects) + 1)
        self._cited_kinds[digest] = kind
        return kind


def _tallies(judged: _Judged, left: Sequence[State]) -> tuple[Tally, ...]:
    states = list(judged.states)
    for (place, _), state in zip(judged.left, left, strict=True):
        states[place] = state
    found = []
    for places in judged.packs:
        of_pack = [states[place] for place in places]
        found.append(
            Tally(
                of_pack.count(State.PASSED),
                _came_to(State.FAILED, judged.rules, states, places),
                _came_to(State.NOT_CHECKED, judged.rules, states, places),
                of_pack.count(State.NOT_APPLICABLE),
            )
        )
    return tuple(found)


def _came_to(
    state: State, rules: Sequence[Rule], states: Sequence[State], places: Sequence[int]
) -> tuple[Rule, ...]:
    return tuple(rules[place] for place in places if states[place] is state)
