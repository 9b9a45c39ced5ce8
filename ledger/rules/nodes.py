"""A compiled test: a frozen value that judges a scope, with its parameters read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Outcome, State, not_checked, saying
from rootprint.ledger.rules.paths import Path, Scope, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Judging = Callable[[Scope], Outcome]

SHOWN: Final = 3
_SHOWN_VALUES: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One test; ``outcome`` says what it comes to in a scope, ``op`` which operator it is."""

    op: str
    outcome: Judging


def reading(paths: Iterable[Path], judging: Judging) -> Judging:
    """Return ``judging`` that is not checked where one of the paths can't be read.

    A test that asks ``cited`` of a line whose citation is not available is not checked, whatever
    its other paths come to; so is one that meets a hidden slot.
    """
    asks_cited = any(path.asks_cited for path in paths)

    def judge(scope: Scope) -> Outcome:
        if asks_cited and scope.uncited:
            return _UNCITED
        try:
            return judging(scope)
        except Unseen as unseen:
            return not_checked(saying(str(unseen)))

    return judge


_UNCITED: Final = not_checked(saying("what the line cites is not available"))


def worst(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Return what a conjunction comes to: a failure, else what is unknown, else that it holds."""
    for state in (State.FAILED, State.NOT_CHECKED, State.PASSED):
        found = [outcome for outcome in outcomes if outcome.state is state]
        if found:
            return found[0] if len(found) == 1 else Outcome(state, _several, (found,))
    return None


def _several(outcomes: Sequence[Outcome]) -> str:
    more = f"; and {len(outcomes) - SHOWN} more" if len(outcomes) > SHOWN else ""
    return "; ".join(outcome.found for outcome in outcomes[:SHOWN]) + more


def shown(values: Sequence[Any]) -> str:
    """Return the first few values, for people."""
    texts = [str(value) for value in values]
    return ", ".join(texts[:_SHOWN_VALUES]) + (" …" if len(texts) > _SHOWN_VALUES else "")
