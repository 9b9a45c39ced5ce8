"""The log's own leaves of the error tree (the rest: ledger.core.errors)."""

from __future__ import annotations

from typing import Any, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import BadProof, Refused

_IN_THE_FOLDER: Final = "rootprint publish in the ledger's folder says what, to whoever holds it"


class LogDamaged(BadProof):
    """What is stored is not what it is derived from; the message names the first difference."""

    code = "log_damaged"


class InConflict(Refused):
    """Something that may exist once exists, or is drawn already; ``entry`` is what it is against.

    ``digest`` is that entry's statement. Superseding or withdrawing it frees what it holds.
    """

    code = "in_conflict"

    def __init__(self, message: str, *, entry: int, digest: bytes, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.entry, self.digest = entry, digest

    def json(self) -> dict[str, Any]:
        """Return the error with the entry that it is against."""
        conflict = {"entry": self.entry, "statement": digest_text(self.digest)}
        return {**super().json(), "conflict": conflict}


def contradicts_hidden(issuer: str) -> Refused:
    """Return the refusal that says no more than that an issuer's own statements disagree.

    Whoever sends a signed statement need not be its issuer: what the ledger's folder keeps of the
    issuer's others is not the sender's to learn.
    """
    message = f"it contradicts what other statements of {issuer} hide"
    return Refused(message, remedy=_IN_THE_FOLDER)
