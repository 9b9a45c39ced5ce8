"""What a contract refused, in words for whoever sent the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.chain import decode_error
from rootprint.ledger.core.errors import LedgerError, NotAuthorised, Refused
from rootprint.ledger.registry import CONTRACTS

if TYPE_CHECKING:
    from rootprint.ledger.chain import Reverted

_RIGHTS: Final = {
    "NotRegistrar": (
        "the account that sent this is not the registry's registrar",
        "the registrar admits, suspends and expels, where its key is",
    ),
    "NotOrganizationAccount": (
        "the account that sent this does not act for the organisation",
        "the organisation's own account does it, where its key is",
    ),
    "NotOperator": (
        "the account that sent this is not the log's operator",
        "the operator anchors, where its key is",
    ),
    "NotAuditor": (
        "only an organisation that is admitted as auditor may conclude adversely",
        "the registrar admits it in that role: rootprint org admit",
    ),
}
_FACTS: Final = {
    "AccountDiffers": (
        "the organisation was admitted with another account",
        "its first account stays its account: rootprint org readmit",
    ),
    "StatusForbids": (
        "the organisation's status does not allow this",
        "see its history: rootprint org show",
    ),
    "KeyAlreadyAdded": ("the key was added before, and its times stand", "make another key"),
    "KeyUnknown": (
        "the key was never added to this organisation",
        "name the key by its thumbprint: rootprint org show lists those known here",
    ),
    "KeyAlreadyRetired": ("the key is retired already, and that time stands", ""),
    "CompromiseTimeRefused": (
        "the time is in the future, or not earlier than the one reported before",
        "give an earlier --since",
    ),
    "StateMustRise": ("the same or more was said of this statement before, and it stands", ""),
    "NotAnAppend": (
        "the checkpoint is not an extension of the last one anchored",
        "the operator checks the log: rootprint log fsck",
    ),
}


def in_words(error: Reverted) -> LedgerError:
    """Return the error to raise in place of a contract's; the contract's name for it stays in."""
    reason = next(
        (text for text in (decode_error(one, error.data) for one in CONTRACTS)
         if not text.startswith("unknown error")),
        "",
    )  # fmt: skip
    name = reason.partition("(")[0]
    if name in _RIGHTS:
        sentence, remedy = _RIGHTS[name]
        return NotAuthorised(f"{sentence} ({name})", remedy=remedy)
    if name in _FACTS:
        sentence, remedy = _FACTS[name]
        return Refused(f"{sentence} ({name})", remedy=remedy)
    return error
