"""What judging a rule can come to. Nothing is formatted until somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from rootprint.ledger.rules.nodes import Node
    from rootprint.ledger.rules.paths import Scope

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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to judge by.

    ``severity`` is what a failure weighs; a number that could not be confirmed binds no draft, so
    an unverified rule weighs a warning at most. ``roles`` are those it is for, empty for all.
    """

    id: str
    severity: str
    clause: str
    remedy: str
    unverified: bool
    roles: frozenset[str]
    test: Node


class Finding(NamedTuple):
    """What one rule says of a draft: what its test came to, and in which scope."""

    rule: Rule
    state: State
    scope: Scope

    @property
    def id(self) -> str:
        """The rule's name."""
        return self.rule.id

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
        found = self.rule.test.say(self.scope)
        return f"{found} ({UNVERIFIED})" if self.rule.unverified else found

    @property
    def remedy(self) -> str:
        """What to do; empty where nothing is to do."""
        needed = self.state in {State.FAILED, State.NOT_CHECKED}
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
