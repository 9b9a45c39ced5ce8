"""The HTTP API's own leaves of the error tree (the rest: ledger.core.errors)."""

from __future__ import annotations

from rootprint.ledger.core.errors import NotAuthorised, Refused


class WrongMediaType(Refused):
    """A body of another media type or content encoding than the one taken here."""

    code = "wrong_media_type"


class TooSlow(Refused):
    """A body that had not arrived in time."""

    code = "too_slow"


class KeyNotAdded(NotAuthorised):
    """A key that the chain does not show as added to the organisation. The message is constant."""
