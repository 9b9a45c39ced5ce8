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
    "NotPendingAccount": (
        "the account that sent this was not invited to act for the organisation",
        "the organisation's present account invites it, or the registrar by a recovery",
    ),
    "NotPendingRegistrar": (
        "the account that sent this was not invited to be the registrar",
        "the present registrar invites it",
    ),
    "NotPendingOperator": (
        "the account that sent this was not invited to be the log's operator",
        "the present operator invites it",
    ),
    "NotAuthority": (
        "only the registrar or an authority dates a compromise so far back",
        "ask them, with the reasons in a signed decision",
    ),
    "NotAccreditor": (
        "only an organisation that is admitted as accreditor may accredit",
        "the registrar admits it in that role: rootprint org admit",
    ),
    "NotAuditor": (
        "only an organisation that is admitted as auditor may conclude adversely",
        "the registrar admits it in that role: rootprint org admit",
    ),
}
_FACTS: Final = {
    "AccountDiffers": (
        "the organisation acts through another account",
        "admitting it again does not change its account: rootprint org readmit",
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
        (
            "the time is before the key was added, more than 90 days ago, in the future, or not "
            "earlier than the one reported before"
        ),
        "give another --since; further back only the registrar or an authority dates it",
    ),
    "StateCannotFollow": ("what was said of this statement before stands, and ends it", ""),
    "NotABody": (
        "only another organisation that was admitted can be accredited",
        "the registrar admits it first: rootprint org admit",
    ),
    "AccreditationHasEnded": ("the accreditation has ended before, and that time stands", ""),
    "AccountTaken": (
        "the account serves, or served, another organisation",
        "make another account: one account serves one organisation",
    ),
    "ReasonRefused": (
        "this reason does not fit what is done",
        "see rootprint org suspend --help",
    ),
    "DecisionMissing": (
        "there is no decision that gives the reasons",
        "give the signed decision with --decision",
    ),
    "WindowRefused": (
        "the window is not one that this reason may have",
        (
            "for fraud, misissued or captured give --window, no earlier than the first admission "
            "and no later than now; for other reasons none"
        ),
    ),
    "LogIsFrozen": (
        "the registrar froze the log, and its rows stand",
        "ask the registrar for the log that goes on from them",
    ),
    "GrowthTooLarge": (
        "one anchor adds at most 16,777,216 entries to a log",
        "anchor an earlier state of the log first",
    ),
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
