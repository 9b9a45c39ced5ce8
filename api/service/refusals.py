"""What a contract refused, in words for whoever sent the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.chain import error_of
from rootprint.ledger.core.chain import LAST_TIME
from rootprint.ledger.core.encoding import time_text
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
    "NotAccreditor": (
        "only an organisation that is admitted as accreditor may accredit",
        "the registrar admits it in that role: rootprint org admit",
    ),
    "NotAuditor": (
        "only an organisation that is admitted as auditor may conclude adversely",
        "the registrar admits it in that role: rootprint org admit",
    ),
}
_TIMES: Final = ("notBefore", "deadline")  # Unix seconds
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
        "give another --since; further back only the registrar dates it",
    ),
    "TooEarly": (
        "the account can be accepted from {notBefore} on, and not before",
        "the same command does it then",
    ),
    "RecoveryPending": (
        "the organisation's account is being recovered, and does nothing until that has ended",
        (
            "while the organisation is admitted its account can object: rootprint org object; "
            "else ask the registrar: rootprint org recover --drop, or org readmit"
        ),
    ),
    "NothingPending": (
        "no recovery of this organisation is under way",
        "see what is: rootprint org show",
    ),
    "FreezeTooEarly": (
        "the log can be frozen from {notBefore} on, seven days after it was announced",
        "announce it first, and wait: rootprint log freeze --decision",
    ),
    "LogIsNotFrozen": (
        "the log is not frozen, and only a frozen one has a successor",
        "freeze it first: rootprint log freeze",
    ),
    "SuccessorAlreadyNamed": (
        "the log has a successor already, and it stands",
        "see it: rootprint log show",
    ),
    "NotASuccessor": (
        "the log named is anchored or frozen already, so it can't go on from this one",
        "open a log that nothing was anchored of",
    ),
    "NoSuchLog": ("no such log was opened in the registry", "its operator opens it first"),
    "NoSuchCheckpoint": (
        "the log has {count} anchored checkpoints, and none of that number",
        "they are counted from 0: rootprint log show",
    ),
    "LogAlreadyOpen": ("this log was opened before", "go on with it, or make another log key"),
    "DeadlinePassed": (
        "the signed act counted until {deadline}",
        "have it signed anew, with a later --until",
    ),
    "SignatureRefused": (
        "the signed act has no signature of an account over it",
        "have it signed anew, and send the file as it is",
    ),
    "AddressMissing": ("an account is missing", "name an account that is not all zero"),
    "OrganisationMissing": ("the organisation's id is missing", "name the organisation"),
    "RecordMissing": ("the digest of the organisation's record is missing", "give its record"),
    "PossessionMissing": (
        "the proof that the organisation holds the key is missing",
        "add the key with: rootprint key add",
    ),
    "ScopeMissing": (
        "the digest of the accreditation record is missing",
        "accredit with: rootprint org accredit",
    ),
    "StatementMissing": (
        "the digest of the record that gives the reason is missing",
        "say it with: rootprint withdraw or supersede",
    ),
    "VkeyHashMissing": ("the digest of the log's key is missing", "give the log's verifier key"),
    "NoSuchRow": ("there are {count} rows, and none of that number", "they are counted from 0"),
    "NotAContract": (
        "there is no contract at that address",
        "compare the address with that of the deployment",
    ),
    "HashingFailed": (
        "the chain could not hash the consistency proof",
        "send it again with more gas",
    ),
    "StateCannotFollow": (
        "what was said of this statement before does not allow that",
        "what is suspended is restored first; what was withdrawn or revoked stays so",
    ),
    "TooManyAccreditations": (
        "the body has as many accreditations as can be read: 128 by this one, or 1,024 in all",
        "another accreditor accredits it, or the body is admitted under a new id",
    ),
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
    for contract in CONTRACTS:
        found = error_of(contract, error.data)
        if found is None:
            continue
        name, arguments = found
        shown = {key: _shown(key, value) for key, value in arguments.items()}
        if name in _RIGHTS:
            sentence, remedy = _RIGHTS[name]
            return NotAuthorised(f"{sentence} ({name})", remedy=remedy)
        if name in _FACTS:
            sentence, remedy = _FACTS[name]
            return Refused(f"{sentence.format(**shown)} ({name})", remedy=remedy)
    return error


def _shown(name: str, value: Any) -> Any:
    """Return an argument for people: times as they write them."""
    return time_text(min(value, LAST_TIME)) if name in _TIMES else value
