"""A compiled test: what it comes to in a scope, and apart from that how to say what it found.

Most findings are never read, so judging makes no text, and saying judges again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.paths import UNCITED, Path, Scope, Unseen
from rootprint.ledger.rules.values import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Judging = Callable[[Scope], State]
Known = Callable[[Scope], State | Judging]
Saying = Callable[[Scope], str]

_SHOWN: Final = 3
_SHOWN_VALUES: Final = 4
GRAVEST: Final = (State.FAILED, State.NOT_CHECKED, State.PASSED)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One test: ``state`` is what it comes to in a scope, ``say`` what it found there, in words.

    ``known`` is what it comes to in every scope that is alike (``ledger.rules.alike``), or, where
    that rests on how members compare, what is left to judge in each of them. ``same_words``: where
    it fails, it says the same in all of them.
    """

    state: Judging
    say: Saying
    known: Known
    same_words: bool = False


def reading(
    paths: Sequence[Path],
    state: Judging,
    say: Saying,
    *,
    known: Known | None = None,
    same_words: bool = False,
) -> Node:
    """Return a test that reads ``paths``; what can't be read is said before all else.

    ``state`` is NOT_CHECKED itself where a path raises Unseen; ``say`` need not know of that. One
    that compares what several paths lead to gives what is ``known`` of it.
    """

    def said(scope: Scope) -> str:
        return why_unseen(paths, scope) or say(scope)

    return Node(state, said, known or state, same_words)


def why_unseen(paths: Sequence[Path], scope: Scope) -> str:
    """Return why one of the paths can't be read; empty if all can."""
    if scope.uncited and any(path.asks_cited for path in paths):
        return UNCITED
    try:
        for path in paths:
            path.values(scope)
    except Unseen as unseen:
        return str(unseen)
    return ""


def worst(found: Sequence[tuple[State, Callable[[], str]]]) -> str:
    """Say what a conjunction found: its failures, else what is unknown, else what holds."""
    for state in GRAVEST:
        those = [say for one, say in found if one is state]
        if those:
            more = f"; and {len(those) - _SHOWN} more" if len(those) > _SHOWN else ""
            return "; ".join(say() for say in those[:_SHOWN]) + more
    return ""


def shown(values: Sequence[Any]) -> str:
    """Return the first few values, for people."""
    more = " …" if len(values) > _SHOWN_VALUES else ""
    return ", ".join(map(as_text, values[:_SHOWN_VALUES])) + more
