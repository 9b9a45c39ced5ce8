"""What the rows of a signed record's status come to: one rule, for check 5 and for every view.

Its issuer and the authority may supersede, withdraw, suspend, restore and revoke it; an auditor may
conclude adversely. *Restored* lifts a suspension and nothing else does, whatever else was said
since; nothing lifts a withdrawal, a revocation or an adverse conclusion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.standing import why_no_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rootprint.ledger.core.chain import ChainReader, StatusRow
    from rootprint.ledger.core.standing import OrganisationRow

Said = tuple[str, "StatusRow"]


def said_of(reader: ChainReader, digest: bytes, rightful: Iterable[str]) -> list[Said]:
    """Return who of these DIDs said what of a record, each one's rows oldest first."""
    return [
        (who, row)
        for who in dict.fromkeys(rightful)
        for row in reader.status_rows(organisation_id(who), digest)
    ]


def adverse_of(
    reader: ChainReader, digest: bytes, rows_of: Callable[[bytes], Sequence[OrganisationRow]]
) -> list[tuple[bytes, StatusRow]]:
    """Return who concluded adversely, as the contract lists them: no file can leave one out.

    Who was expelled for a retroactive reason, as of the reader's block, concluded nothing.
    ``rows_of`` gives an organisation's rows by its id.
    """
    said = [(one, reader.status(one, digest)) for one in reader.adverse(digest)]
    return [
        (auditor, row)
        for auditor, row in said
        if why_no_body(rows_of(auditor), row.time, reader.block.time) is None
    ]


def halted_by(rows: Iterable[Said]) -> Said | None:
    """Return who suspended it and did not restore it, or revoked it; None where no one did."""
    against: dict[str, StatusRow] = {}
    for who, row in rows:
        held = against.get(who)
        revoked = held is not None and held.state is StatusState.REVOKED
        if row.state in {StatusState.SUSPENDED, StatusState.REVOKED} and not revoked:
            against[who] = row
        elif row.state is StatusState.RESTORED and not revoked:
            against.pop(who, None)
    return next(iter(against.items()), None)


def state_of(reader: ChainReader, digest: bytes, issuer: str, authority: str) -> StatusState:
    """Return what decides: WITHDRAWN, else what halts it, ADVERSE, SUPERSEDED or NONE."""
    said = said_of(reader, digest, (issuer, authority))
    states = {row.state for _, row in said}
    halted = halted_by(said)
    if StatusState.WITHDRAWN in states:
        return StatusState.WITHDRAWN
    if halted is not None:
        return halted[1].state
    if adverse_of(reader, digest, reader.organisation_rows):
        return StatusState.ADVERSE
    return StatusState.SUPERSEDED if StatusState.SUPERSEDED in states else StatusState.NONE
