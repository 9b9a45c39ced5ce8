"""Who may sign what, and when: organisations, roles and keys as the chain's storage says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import b64url_bytes, time_text
from rootprint.ledger.core.errors import NotAuthorised, Refused
from rootprint.ledger.core.possession import check_possession
from rootprint.ledger.core.standing import (
    ROLE_NAMES,
    Admission,
    Role,
    roles_for,
    row_at,
    why_not_admitted,
)

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import ChainReader
    from rootprint.ledger.core.keys import PublicKey
    from rootprint.ledger.core.standing import AccreditationRow, KeyRow, OrganisationRow
    from rootprint.ledger.core.statement import Statement


@dataclass(frozen=True)
class Organisation:
    """What the chain holds of an organisation: its 20-byte account and its rows in time."""

    did: str
    account: bytes
    rows: tuple[OrganisationRow, ...]

    def admission(self, t: int) -> Admission:
        """Return its status at ``t`` (Unix seconds); NONE before its first row."""
        row = row_at(self.rows, t)
        return Admission.NONE if row is None else row.status

    def roles(self, t: int) -> list[str]:
        """Return the names of the roles it was admitted with at ``t``; none unless admitted."""
        row = row_at(self.rows, t)
        if row is None or row.status is not Admission.ADMITTED:
            return []
        return [name for name, role in ROLE_NAMES.items() if row.roles & role]

    def record_digest(self, t: int) -> bytes | None:
        """Return the 32-byte digest of the record that held at ``t``."""
        row = row_at(self.rows, t)
        return None if row is None else row.record


class Registry:
    """The organisation registry at the block of a ``ChainReader``."""

    def __init__(self, reader: ChainReader) -> None:
        self._reader = reader

    @property
    def time(self) -> int:
        """The time of the block looked at, Unix seconds: "now" for what is published now."""
        return self._reader.block.time

    def organisation(self, did: str) -> Organisation:
        """Return what the chain holds; without rows if it was never admitted."""
        name = organisation_id(did)
        return Organisation(
            did, self._reader.account(name), tuple(self._reader.organisation_rows(name))
        )

    def decisions(self, did: str) -> list[bytes]:
        """Return the digest of the decision behind each of its rows, zero where there is none."""
        return self._reader.decisions(organisation_id(did))

    def accreditations(self, did: str) -> list[AccreditationRow]:
        """Return what a body was accredited for, in order of time."""
        return self._reader.accreditations(organisation_id(did))

    def key(self, did: str, kid: str) -> KeyRow:
        """Return the life of an organisation's key; all zero if it was never added."""
        return self._reader.key(organisation_id(did), b64url_bytes(kid, what="kid"))

    def require_held(self, did: str, key: PublicKey, proof: bytes) -> None:
        """Return if ``proof`` is the one on the chain that an organisation holds a key of its own.

        Raises BadProof or BadSignature, as ``ledger.core.possession.check_possession``.
        """
        message = self._reader.possession_message(organisation_id(did))
        check_possession(key, proof, self.key(did, key.kid).possession, message)

    def require_may_issue(self, statement: Statement, t: int) -> None:
        """Return if issuer and key had the right to sign this kind of statement at ``t``.

        Raises NotAuthorised with the first reason: the key (added, not retired, not compromised),
        then the organisation (admitted, in the role that the kind needs). That the signature is
        true is not looked at here.
        """
        reason = self.key(statement.issuer, statement.kid).why_not_active(t) or why_not_admitted(
            self.organisation(statement.issuer).rows, t, roles_for(statement)
        )
        if reason:
            raise NotAuthorised(
                f"{statement.issuer} may not issue this {statement.kind} with key "
                f"{statement.kid} at {time_text(t)}: {reason}"
            )


def role_bits(names: list[str]) -> Role:
    """Return the roles with these names, e.g. ``supplier``. Raises Refused for another."""
    unknown = [name for name in names if name not in ROLE_NAMES]
    if unknown or not names:
        raise Refused(
            f"there is no role {', '.join(unknown) or 'without a name'}",
            remedy=f"the roles are {', '.join(ROLE_NAMES)}",
        )
    bits = Role(0)
    for name in names:
        bits |= ROLE_NAMES[name]
    return bits
