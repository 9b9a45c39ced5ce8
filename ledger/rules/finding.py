"""What judging a rule can come to.

Nothing is formatted until somebody reads it: an outcome keeps how to say what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.rules.nodes import Node

# From the gravest: an error keeps a statement from being published, a warning is read, an info is
# known.
SEVERITIES: Final = ("error", "warning", "info")
UNVERIFIED: Final = "unverified: its clause or number could not be confirmed"


class State(StrEnum):
    """The four states of every check: unknown is neither kept nor broken."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Outcome(NamedTuple):
    """What one test came to; ``say(*args)`` tells what it found in the draft."""

    state: State
    say: Callable[..., str]
    args: tuple[Any, ...] = ()

    @property
    def found(self) -> str:
        """What it found, in words."""
        return self.say(*self.args)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to judge by.

    ``severity`` is what a failure weighs; a number that could not be confirmed binds no draft, so
    an unverified rule weighs a warning at most. ``roles`` are those it speaks of, empty for all.
    """

    id: str
    severity: str
    clause: str
    remedy: str
    unverified: bool
    roles: frozenset[str]
    test: Node


class Finding(NamedTuple):
    """What one rule says of a draft."""

    rule: Rule
    outcome: Outcome

    @property
    def id(self) -> str:
        """The rule's name."""
        return self.rule.id

    @property
    def state(self) -> State:
        """What the test came to."""
        return self.outcome.state

    @property
    def severity(self) -> str:
        """What a failure weighs: error, warning or info."""
        return self.rule.severity

    @property
    def clause(self) -> str:
        """The text that asks for it."""
        return self.rule.clause

    @property
    def unverified(self) -> bool:
        """Whether clause or number could not be confirmed."""
        return self.rule.unverified

    @property
    def found(self) -> str:
        """What was found in the draft."""
        found = self.outcome.found
        return f"{found} ({UNVERIFIED})" if self.rule.unverified else found

    @property
    def remedy(self) -> str:
        """What to do; empty where nothing is to do."""
        needed = self.outcome.state in {State.FAILED, State.NOT_CHECKED}
        return self.rule.remedy if needed else ""

    def json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "id": self.id,
            "state": self.state,
            "severity": self.severity,
            "clause": self.clause,
            "found": self.found,
            "remedy": self.remedy,
            "unverified": self.unverified,
        }


def passed(say: Callable[..., str], *args: Any) -> Outcome:
    """The test holds."""
    return Outcome(State.PASSED, say, args)


def failed(say: Callable[..., str], *args: Any) -> Outcome:
    """The test does not hold."""
    return Outcome(State.FAILED, say, args)


def not_checked(say: Callable[..., str], *args: Any) -> Outcome:
    """What the test needs is hidden or not available."""
    return Outcome(State.NOT_CHECKED, say, args)


def not_applicable(say: Callable[..., str], *args: Any) -> Outcome:
    """There is nothing in the draft that the test speaks of."""
    return Outcome(State.NOT_APPLICABLE, say, args)


def saying(text: str) -> Callable[..., str]:
    """Return what says this text, for an outcome that says the same of every draft."""
    return lambda: text
