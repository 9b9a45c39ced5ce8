"""The four answers that a report can come to, and the exit code that says each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """``incomplete``: nothing failed, something required could not be checked.

    ``not_readable``: it is no evidence file as one is written, so nothing is said of a statement.
    """

    VERIFIED = "verified"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    NOT_READABLE = "not_readable"


EXIT_CODES: Final = {
    Verdict.VERIFIED: 0,
    Verdict.FAILED: 1,
    Verdict.INCOMPLETE: 3,
    Verdict.NOT_READABLE: 5,
}
