"""What publishing asks of decisions, accreditations and qualifications before the log takes them.

A decision gives the reasons for a row of the organisation registry, which has its digest; an
accreditation says what a body is accredited for, and its row since when and until when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema.kinds import ACCREDITATION, DECISION, QUALIFICATION, STANDARDS
from rootprint.ledger.core.standing import REASONS, Admission, Role, row_at

if TYPE_CHECKING:
    from rootprint.ledger.core.standing import OrganisationRow
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home

STANDINGS: Final = (DECISION, ACCREDITATION, QUALIFICATION)
FIRST_RETROACTIVE: Final = 128
ACTIONS: Final = {
    Admission.SUSPENDED: "suspend",
    Admission.EXPELLED: "revoke",
    Admission.ADMITTED: "restore",
}
APPEAL_UPHELD: Final = "appeal-upheld"
READMITTED: Final = "readmitted"  # a decision's word; the row of it has no reason
_ADMIT: Final = "the registrar admits it first: rootprint org admit"


def decision_subject(
    did: str, status: Admission, reason: str, window: tuple[int, int], reasoning: bytes
) -> dict[str, Any]:
    """Return the members of a decision on an organisation's standing.

    ``reason`` is one of REASONS, or READMITTED; ``window`` [from, until) in Unix seconds belongs to
    a retroactive one; ``reasoning`` is the 32-byte digest of the text that gives the reasons.
    """
    subject: dict[str, Any] = {
        "concerns": digest_text(organisation_id(did)),
        "action": ACTIONS[status],
        "reasonCode": reason,
        "reach": "window" if reaches_back(reason) else "future",
        "reasoning": digest_text(reasoning),
    }
    if reaches_back(reason):
        subject |= {"from": time_text(window[0]), "until": time_text(window[1])}
    return subject


def reaches_back(reason: str) -> bool:
    """Whether a reason is retroactive: it voids what was signed in a window."""
    return REASONS.get(reason, 0) >= FIRST_RETROACTIVE


def judge_standing(statement: Statement, home: Home) -> None:
    """Raise Refused or NotFound for a record that no row of the registry could rest on."""
    subject = statement.subject
    if statement.kind == DECISION:
        _decision(statement, home)
        return
    row = _row(home, organisation_id(subject["body"]), subject["body"])
    if statement.kind == QUALIFICATION:
        return
    if not row.roles & Role.AUDITOR:
        message = f"{subject['body']} is no auditor, and only what an auditor does is accredited"
        raise Refused(message, remedy="name a body that is admitted as auditor")
    if subject["body"] == statement.issuer:
        raise Refused("a body can't accredit itself", remedy="another organisation does")
    if subject["standard"] not in STANDARDS:
        message = f"no assurance is given by {subject['standard']}"
        raise Refused(message, remedy=f"the standards are {', '.join(STANDARDS)}")


def _decision(statement: Statement, home: Home) -> None:
    subject, concerned = statement.subject, statement.concerns
    if concerned is None:
        message = "a decision without what it concerns was read"
        raise RuntimeError(message)
    _row(home, concerned, subject["concerns"])
    if subject["action"] not in ACTIONS.values():
        message = f"an organisation's standing knows no action {subject['action']}"
        raise Refused(message, remedy=f"the actions are {', '.join(ACTIONS.values())}")
    reason, known = subject["reasonCode"], [one for one in REASONS if one != APPEAL_UPHELD]
    if subject["action"] == ACTIONS[Admission.ADMITTED]:
        known = [READMITTED, APPEAL_UPHELD]
    if reason not in known:
        message = f"there is no reason {reason} to {subject['action']}"
        raise Refused(message, remedy=f"the reasons are {', '.join(known)}")
    if (subject["reach"] == "window") != reaches_back(reason):
        reach = "a window" if reaches_back(reason) else "no window, only what comes after"
        message = f"the reason {reason} has {reach}"
        raise Refused(message, remedy="make it anew: rootprint org suspend, expel or readmit")


def _row(home: Home, organisation: bytes, named: str) -> OrganisationRow:
    reader = home.reader()
    row = row_at(reader.organisation_rows(organisation), reader.block.time)
    if row is None:
        message = f"{named} is no organisation that was ever admitted"
        raise NotFound(message, remedy=_ADMIT)
    return row
