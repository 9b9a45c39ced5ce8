"""Whether a key counted and an organisation was admitted at a time: pure rules over chain rows.

A signature counts iff at t the key was added, not retired (retired ≤ t fails), not compromised
(t < since), and the organisation was admitted with the role. Intervals are [from, to).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Final

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


class Admission(IntEnum):
    """An organisation's status in a row."""

    NONE = 0
    ADMITTED = 1
    SUSPENDED = 2
    EXPELLED = 3


ROLE_NAMES = {
    "supplier": Role.SUPPLIER,
    "factor-publisher": Role.FACTOR_PUBLISHER,
    "auditor": Role.AUDITOR,
    "authority": Role.AUTHORITY,
    "registry": Role.REGISTRY,
}
_MAKERS: Final = Role.SUPPLIER | Role.FACTOR_PUBLISHER
# Whose statement a status statement concerns is for check 5 to compare. A kind that is not here is
# reserved: not issued yet (ADR 0015).
_ISSUED_BY: Final = {
    "AssuranceStatement": Role.AUDITOR,
    "StatusStatement": _MAKERS | Role.AUDITOR | Role.AUTHORITY | Role.REGISTRY,
    "ProcessRecord": _MAKERS,
    "RetirementRecord": Role.REGISTRY,
    "ClaimRecord": _MAKERS,
    "VariantPool": Role.SUPPLIER,
}


@dataclass(frozen=True)
class KeyRow:
    """A key's life on chain, in block times; 0 means not happened."""

    added: int
    retired: int
    compromised_since: int

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
    """From ``time`` on, until the next row: status, roles and the record's 32-byte digest."""

    time: int
    status: Admission
    roles: Role
    record: bytes


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
    if not row.roles & roles:
        wanted = " or ".join(name for name, bit in ROLE_NAMES.items() if bit & roles)
        return f"the issuer was not admitted as {wanted}"
    return None


def roles_for(statement: Statement) -> Role:
    """Return the roles of which one is needed to issue this statement; none for a reserved kind."""
    if statement.kind != "FootprintStatement":
        return _ISSUED_BY.get(statement.kind, Role(0))
    return Role.FACTOR_PUBLISHER if statement.subject["role"] == "factor" else Role.SUPPLIER
