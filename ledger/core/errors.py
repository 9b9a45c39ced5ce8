"""The ledger's branch of the error tree (the root: calc.errors).

RootprintError
└── LedgerError
    ├── Refused             somebody's input breaks a written rule
    │   ├── TooLarge        it is beyond a stated limit; refused before any expensive work
    │   ├── NotCanonical    its bytes are not the one encoding of what they say
    │   ├── NotReadable     it is cut, saved again or of another kind: it says nothing
    │   ├── Several         more than one thing is wrong; each is named
    │   ├── BadSignature    the signature does not fit the bytes and the key
    │   └── BadProof        a Merkle proof or checkpoint does not show what it should
    ├── NotAuthorised       the key or organisation has no right to do this
    ├── NotFound            it is not here (which is not the same as wrong)
    └── Unavailable         it could not be read now (which is not the same as absent)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.calc.errors import RootprintError

if TYPE_CHECKING:
    from collections.abc import Sequence


class LedgerError(RootprintError):
    """Anything the ledger refuses, misses or can't reach."""

    code = "ledger"


class Refused(LedgerError):
    """Input that breaks a rule; the message names the rule and the place."""

    code = "refused"


class TooLarge(Refused):
    """Input beyond a stated limit."""

    code = "too_large"


class NotReadable(Refused):
    """A file that is cut, saved again or of another kind than asked for: it says nothing."""

    code = "not_readable"


class Several(Refused):
    """Whatever is wrong, in one message; ``errors`` has each one's own."""

    code = "several"

    def __init__(
        self, message: str, errors: Sequence[RootprintError] = (), *, remedy: str = ""
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.errors = tuple(errors)


class NotCanonical(Refused):
    """Bytes that are not the one canonical encoding of their content (RFC 8785)."""

    code = "not_canonical"


class BadSignature(Refused):
    """A signature that is not true for these bytes and this key. The message is constant."""

    code = "bad_signature"


class BadProof(Refused):
    """A proof, root or checkpoint that does not show what it is said to show."""

    code = "bad_proof"


class NotAuthorised(LedgerError):
    """A key or an organisation without the right to do this."""

    code = "not_authorised"


class NotFound(LedgerError):
    """Something that is not here."""

    code = "not_found"


class Unavailable(LedgerError):
    """Something that could not be read now: a chain, a file, a lock."""

    code = "unavailable"
