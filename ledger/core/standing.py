"""Whether a key counted and an organisation was admitted at a time: pure rules over chain rows.

A signature counts iff at t the key was added, not retired (retired ≤ t fails), not compromised
(t < since), and the organisation was admitted with the role. Intervals are [from, to).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import time_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement

MAX_RECORD: Final = 16 * 1024  # canonical bytes of an organisation's record


class Role(IntFlag):
    """What an organisation may sign, as bits of its row's ``roles``."""

    SUPPLIER = 1
    FACTOR_PUBLISHER = 2
    AUDITOR = 4
    AUTHORITY = 8
    REGISTRY = 16
    ACCREDITOR = 64


class Admission(IntEnum):
    """An organisation's status in a row."""

    NONE = 0
    ADMITTED = 1
    SUSPENDED = 2
    EXPELLED = 3


class Reach(IntEnum):
    """Whether a reason leaves what was said before standing, or voids what was said in a window."""

    NONE = 0
    PROSPECTIVE = 1
    RETROACTIVE = 2


# Why an organisation's standing changed. The contract keeps the two ranges apart and does not close
# the list: 1 to 127 are prospective, 128 to 255 retroactive.
REASONS: Final = {
    "ceased": 1,
    "left": 2,
    "key-lost": 3,
    "inquiry": 4,
    "appeal-upheld": 5,
    "fraud": 128,
    "misissued": 129,
    "captured": 130,
}
_APPEAL_UPHELD: Final = REASONS["appeal-upheld"]
_REASON_NAMES: Final = {code: name for name, code in REASONS.items()}


def reason_name(code: int) -> str:
    """Return the word for a reason's code, ``reason 77`` for one that has none."""
    return _REASON_NAMES.get(code, f"reason {code}")


ROLE_NAMES = {
    "supplier": Role.SUPPLIER,
    "factor-publisher": Role.FACTOR_PUBLISHER,
    "auditor": Role.AUDITOR,
    "authority": Role.AUTHORITY,
    "registry": Role.REGISTRY,
    "accreditor": Role.ACCREDITOR,
}
_MAKERS: Final = Role.SUPPLIER | Role.FACTOR_PUBLISHER
# Whose statement a status statement concerns is for check 5 to compare. A kind that is not here is
# reserved: not issued yet (ADR 0015).
_ISSUED_BY: Final = {
    "AssuranceStatement": Role.AUDITOR,
    "StatusStatement": (_MAKERS | Role.AUDITOR | Role.AUTHORITY | Role.REGISTRY | Role.ACCREDITOR),
    "ProcessRecord": _MAKERS,
    "RetirementRecord": Role.REGISTRY,
    "ClaimRecord": _MAKERS,
    "VariantPool": Role.SUPPLIER,
    "DecisionRecord": Role.AUTHORITY,
    "AccreditationRecord": Role.ACCREDITOR,
    "QualificationRecord": Role.ACCREDITOR,
}


@dataclass(frozen=True)
class KeyRow:
    """A key's life on chain, in block times; 0 means not happened."""

    added: int
    retired: int
    compromised_since: int
    possession: bytes = bytes(32)
    """SHA-256 of the key's proof of possession (``ledger.core.possession``)."""

    def why_not_active(self, t: int) -> str | None:
        """Return None if the key counts at ``t``, else the reason in words."""
        if not self.added or self.added > t:
            return "the key was not yet added to the issuer"
        if self.retired and self.retired <= t:
            return "the key was retired"
        if self.compromised_since and self.compromised_since <= t:
            return "the key was reported as compromised"
        return None


@dataclass(frozen=True)
class OrganisationRow:
    """From ``time`` on, until the next row: status, roles and the record's 32-byte digest.

    ``reason`` is a code of REASONS or another in its range. A retroactive reason has a window
    [from, until) in Unix seconds; else both ends are 0.
    """

    time: int
    status: Admission
    roles: Role
    record: bytes
    reason: int = 0
    reach: Reach = Reach.NONE
    window_from: int = 0
    window_until: int = 0


@dataclass(frozen=True)
class AccountRow:
    """The 20-byte account that acts for an organisation from ``time`` on, until the next row's."""

    account: bytes
    time: int


@dataclass(frozen=True)
class AccreditationRow:
    """What a body is accredited for: by the organisation ``accreditor`` (its 32-byte id).

    ``scope`` is the digest of the signed accreditation record, ``valid_from`` and ``valid_until``
    (not in it) its validity, ``time`` the row's own and ``ended`` when it was ended, 0 if it was
    not. Unix seconds.
    """

    scope: bytes
    accreditor: bytes
    valid_from: int
    valid_until: int
    time: int
    ended: int

    def in_force(self, t: int) -> bool:
        """Whether the body was accredited by it at ``t`` (Unix seconds)."""
        begun = self.time <= t and self.valid_from <= t < self.valid_until
        return begun and not (self.ended and self.ended <= t)


def row_at(rows: Sequence[OrganisationRow], t: int) -> OrganisationRow | None:
    """Return the row in force at ``t``: the last with time ≤ t; None before the first."""
    current = None
    for row in rows:
        if row.time <= t:
            current = row
    return current


def why_not_admitted(rows: Sequence[OrganisationRow], t: int, roles: Role) -> str | None:
    """Return None if the organisation was admitted at ``t`` with one of ``roles``."""
    row = row_at(rows, t)
    if row is None:
        return "the issuer was not yet admitted"
    if row.status is not Admission.ADMITTED:
        return f"the issuer was {row.status.name.lower()}"
    if not int(row.roles) & int(roles):
        wanted = " or ".join(name for name, bit in ROLE_NAMES.items() if bit & roles)
        return f"the issuer was not admitted as {wanted}"
    return None


@dataclass(frozen=True)
class Lapse:
    """An admission that ended: since when (Unix seconds), and what the registry says now.

    ``status`` is suspended, expelled, or *without the role* of one who is admitted in others;
    ``reason`` the word for its code, None where there is none.
    """

    status: str
    since: int
    reason: str | None = None

    def said(self, did: str) -> str:
        """Say it of an organisation.

        >>> print(Lapse("expelled", 1796021400, "ceased").said("did:web:maker.example"))
        did:web:maker.example is no longer admitted since 2026-11-30T06:50:00Z (expelled: ceased)
        """
        why = "" if self.reason is None else f": {self.reason}"
        return f"{did} is no longer admitted since {time_text(self.since)} ({self.status}{why})"


def lapse_at(rows: Sequence[OrganisationRow], t: int, roles: Role) -> Lapse | None:
    """Return since when the organisation is no longer admitted at ``t`` with one of ``roles``.

    None if it is admitted then, or never was before. Who was suspended and then expelled is no
    longer admitted since the suspension.
    """
    lapse, admitted = None, False
    for row in rows:
        if row.time > t:
            continue
        if row.status is Admission.ADMITTED and row.roles & roles:
            lapse, admitted = None, True
        elif admitted:
            status = "without the role" if row.status is Admission.ADMITTED else row.status.name
            since = row.time if lapse is None else lapse.since
            lapse = Lapse(status.lower(), since, reason_name(row.reason) if row.reason else None)
    return lapse


def void_by(rows: Sequence[OrganisationRow], t: int, asked: int) -> OrganisationRow | None:
    """Return the row with a retroactive reason whose window [from, until) has ``t``, or None.

    As of ``asked``: an upheld appeal takes back the windows of the rows before it, a mere
    readmission does not.
    """
    found = None
    for row in rows:
        if row.time > asked:
            break
        if row.reason == _APPEAL_UPHELD:
            found = None
        elif row.reach is Reach.RETROACTIVE and row.window_from <= t < row.window_until:
            found = found or row
    return found


def why_void(rows: Sequence[OrganisationRow], t: int, asked: int) -> str | None:
    """Return why what the organisation signed at ``t`` counts for nothing as of ``asked``."""
    row = void_by(rows, t, asked)
    if row is None:
        return None
    window = f"from {time_text(row.window_from)} until {time_text(row.window_until)}"
    return (
        f"the issuer was {row.status.name.lower()} at {time_text(row.time)} for"
        f" {reason_name(row.reason)}: what it signed {window} does not count"
    )


def why_no_body(rows: Sequence[OrganisationRow], t: int, asked: int) -> str | None:
    """Return why a body's word of ``t`` counts for nothing as of ``asked``, whenever it was said.

    Who is expelled for a retroactive reason stands in for nothing, and its adverse conclusions
    count for nothing; of one who is not, the windows of ``void_by`` do.
    """
    now = row_at(rows, asked)
    if now is None or now.status is not Admission.EXPELLED or now.reach is not Reach.RETROACTIVE:
        return why_void(rows, t, asked)
    return f"it was expelled at {time_text(now.time)} for {reason_name(now.reason)}"


def roles_for(statement: Statement) -> Role:
    """Return the roles of which one is needed to issue this statement; none for a reserved kind."""
    if statement.kind != "FootprintStatement":
        return _ISSUED_BY.get(statement.kind, Role(0))
    return Role.FACTOR_PUBLISHER if statement.subject["role"] == "factor" else Role.SUPPLIER
