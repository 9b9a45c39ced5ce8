"""The accounting laws in a verification: which check decides which, and what it says of each.

1 one quantity, one number; 2 nothing appears or vanishes in a process; 3 debits and credits are
apart; 4 a claim serves once; 5 one live number per question; 6 what is cited is compared with what
was made; 7 a stage belongs to its boundary; 8 a quantity has a kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

DECIDED_BY: Final = {1: 8, 2: 7, 3: 8, 4: 7, 5: 5, 6: 7, 7: 7, 8: 7}
ALARM: Final = 6  # its breach is a notice and fails nothing: two true statements can give it


class LawState(StrEnum):
    """What a check found of a law; *not checkable* is neither good nor bad."""

    HELD = "held"
    BROKEN = "broken"
    NOT_CHECKABLE = "not checkable"
    NOT_APPLICABLE = "not applicable"


class Unseen(StrEnum):
    """Why a law is not checkable: what became of that which it asks for.

    Interfaces and what an assurance stands in for go by this, never by a reason's words.
    """

    HIDDEN = "hidden"  # signed, and the file does not show it
    MISSING = "missing"  # a statement that is named and not in the file
    PENDING = "pending"  # in the file, and a check of it was not made: not anchored, say
    UNSAID = "unsaid"  # nobody signed it
    NOT_REACHED = "not reached"  # the check ended before, or needs tables or rules not held here


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was found of one law, with the place and both values where it is broken.

    ``unseen`` says why one is not checkable, None of others. ``notices`` are what a reader should
    know beside, whatever was found.
    """

    law: int
    state: LawState
    reason: str = ""
    compared: tuple[str, str] | None = None
    notices: tuple[str, ...] = ()
    unseen: Unseen | None = None

    def noting(self, *notices: str) -> Ruling:
        """Return it with these notices after its own."""
        return replace(self, notices=(*self.notices, *notices)) if notices else self


@cache  # it says nothing but the law
def held(law: int) -> Ruling:
    """The law was checked as far as there is anything to check, and holds."""
    return Ruling(law, LawState.HELD)


def broken(law: int, reason: str, compared: tuple[str, str] | None = None) -> Ruling:
    """The law is broken; ``reason`` says where, and by what."""
    return Ruling(law, LawState.BROKEN, reason, compared)


def not_checkable(law: int, reason: str, unseen: Unseen) -> Ruling:
    """Something that the law asks for is hidden, missing, pending or not said."""
    return Ruling(law, LawState.NOT_CHECKABLE, reason, unseen=unseen)


@cache
def not_applicable(law: int) -> Ruling:
    """There is nothing that the law is about."""
    return Ruling(law, LawState.NOT_APPLICABLE)


def states(rulings: Iterable[Ruling]) -> Mapping[int, LawState]:
    """Return what is said of each law, the laws rising; each law has one ruling."""
    return _states(tuple([(ruling.law, ruling.state) for ruling in rulings]))


@lru_cache(maxsize=1024)  # said of most statements alike, and changed by no caller
def _states(said: tuple[tuple[int, LawState], ...]) -> Mapping[int, LawState]:
    found: dict[int, LawState] = {}
    for law, state in sorted(said):
        if law in found:
            message = f"law {law} was decided twice"
            raise RuntimeError(message)
        found[law] = state
    return found


def breaches(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Yield what fails a check: the broken laws but for the alarm, in order."""
    for ruling in sorted(rulings, key=lambda one: one.law):
        if ruling.state is LawState.BROKEN and ruling.law != ALARM:
            yield ruling


def unseen_of(rulings: Iterable[Ruling], laws: Collection[int]) -> Iterator[Ruling]:
    """Yield the rulings on these laws that could not be checked, in order."""
    for ruling in sorted(rulings, key=lambda one: one.law):
        if ruling.law in laws and ruling.state is LawState.NOT_CHECKABLE:
            yield ruling


def unchecked(states_: Mapping[int, LawState]) -> frozenset[int]:
    """Return the laws of which nothing could be said."""
    return frozenset(law for law, state in states_.items() if state is LawState.NOT_CHECKABLE)
