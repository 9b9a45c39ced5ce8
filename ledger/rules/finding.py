"""What judging a rule can come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# From the gravest: an error keeps a draft from being signed, a warning is read, an info is known.
SEVERITIES: Final = ("error", "warning", "info")


class State(StrEnum):
    """The four states of every check: unknown is neither kept nor broken."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Outcome:
    """What one test came to, and what it found in the draft."""

    state: State
    found: str


@dataclass(frozen=True)
class Finding:
    """What one rule says of a draft.

    ``severity`` is what a failure weighs; a rule whose clause or number is not confirmed
    (``unverified``) never weighs more than a warning. ``remedy`` is empty where nothing is to do.
    """

    id: str
    state: State
    severity: str
    clause: str
    found: str
    remedy: str
    unverified: bool


def passed(found: str) -> Outcome:
    """The test holds."""
    return Outcome(State.PASSED, found)


def failed(found: str) -> Outcome:
    """The test does not hold."""
    return Outcome(State.FAILED, found)


def not_checked(found: str) -> Outcome:
    """What the test needs is not at hand."""
    return Outcome(State.NOT_CHECKED, found)


def not_applicable(found: str) -> Outcome:
    """There is nothing in the draft that the test speaks of."""
    return Outcome(State.NOT_APPLICABLE, found)
