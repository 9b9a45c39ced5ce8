"""The root of the one error tree, and the calculation's branch of it.

    RootprintError
    ├── CalculationError        numbers that can't be computed (here)
    └── LedgerError             ledger.core.errors: statements, log, chain, evidence

The root stands here because calc is the lowest floor: everything may look down on it and
nothing below it exists (docs/adr/0002).
"""

from __future__ import annotations

from typing import Any


class RootprintError(Exception):
    """What went wrong, for machines and for people.

    ``code`` is stable and lower-case; the message says what and where; ``remedy`` says who can
    correct it and how. A message never holds a key, a passphrase or a disclosure.
    """

    code = "error"

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    def json(self) -> dict[str, Any]:
        """Return the error as a JSON object: at least code, message and remedy."""
        return {"code": self.code, "message": str(self.args[0]), "remedy": self.remedy}

    def lines(self) -> tuple[str, ...]:
        """Return the error for people in the lines it has; no text of others begins one of them."""
        return (str(self),)

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} — {self.remedy}" if self.remedy else message


class CalculationError(RootprintError):
    """A number that can't be computed from what was given."""

    code = "calculation"
