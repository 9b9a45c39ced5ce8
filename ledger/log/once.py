"""What may be logged once by what is signed in the open, judged in the transaction that appends.

A process and period has one live record, in whatever spelling (law 2); a registry retires a
certificate once, and an issuer's claims on a retirement stay within what was retired (law 4). A
batch is judged as it is whole, so that what it withdraws or supersedes is free in it. A claim of
another issuer makes no statement refused: both are logged, and readers see both. What disclosures
show beside this, ``ledger.log.shown`` judges.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema.kinds import CLAIM, FOOTPRINT, PROCESS, RETIREMENT
from rootprint.ledger.log.contested import FREE, conflict, named, newest, overlap, require_live
from rootprint.ledger.log.drawing import derived_row, in_base, range_rows, range_written
from rootprint.ledger.store import ClaimRow, ProcessRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import RangeRow, Transaction


def enter(tx: Transaction, fresh: Sequence[Statement]) -> None:
    """Enter what new statements hold in the open; raise InConflict if any of it is held already.

    ``fresh`` are in the tree already. Raises Refused for a claim in a unit that is not that of its
    retirement, and for what draws on a record that is not in force.
    """
    derived = [row for row in map(derived_row, fresh) if row is not None]
    tx.exclusive.put(derived)
    for row in derived:
        if isinstance(row, ProcessRow):
            _one_process(tx, row)
        else:
            _within_retirement(tx, row)
    _enter_ranges(tx, fresh)
    for statement in fresh:
        _draws_on_live(tx, statement)


def _one_process(tx: Transaction, row: ProcessRow) -> None:
    for other in tx.exclusive.processes(row):
        if other.statement == row.statement or not overlap(row, other):
            continue
        raise conflict(
            tx,
            row.statement,
            other.statement,
            f"process {named(tx, row)} has a live record for this time and rule pack",
            FREE,
        )


def _enter_ranges(tx: Transaction, fresh: Sequence[Statement]) -> None:
    """An issuer retires a certificate of a registry once."""
    for statement in fresh:
        rows = range_rows(statement)
        if not tx.exclusive.ended(statement.digest):
            for row in rows:
                _require_free(tx, statement, row)
        # Only what is apart from all that is live comes in, as ``ranges`` needs it.
        tx.exclusive.put(rows)


def _require_free(tx: Transaction, mine: Statement, row: RangeRow) -> None:
    for other in tx.exclusive.ranges(row):
        known = tx.statements.get(other.statement)
        what = f"{range_written(mine, row.number)} of {mine.subject['registry']}"
        raise conflict(
            tx,
            row.statement,
            other.statement,
            f"law 4: certificate {what} is retired already, as"
            f" {range_written(known, other.number)} of {known.subject['registry']}",
            "name the certificates that are not, or withdraw that record first",
        )


def _within_retirement(tx: Transaction, row: ClaimRow) -> None:
    """An issuer's own claims on one retirement are no more than was retired."""
    retired = _retirement(tx, row)
    dimension, limit = in_base(retired.subject["amount"])
    if row.dimension != dimension:
        message = f"it claims {row.dimension}, and what was retired is {dimension}"
        raise Refused(message, remedy=f"claim in {retired.subject['amount']['unit']}")
    own = [one for one in tx.exclusive.claims(row.retirement) if one.issuer == row.issuer]
    if sum((one.amount for one in own), Fraction(0)) <= limit:
        return
    others = [one.statement for one in own if one.statement != row.statement]
    if not others:
        message = f"it claims more than retirement {digest_text(row.retirement)} has"
        raise Refused(message, remedy="claim no more than was retired")
    raise conflict(
        tx,
        row.statement,
        newest(tx, others),
        f"with it, claims on retirement {digest_text(row.retirement)} exceed what was retired",
        "claim what is left, or withdraw a claim that is not used",
    )


def _retirement(tx: Transaction, row: ClaimRow) -> Statement:
    try:
        retired = tx.statements.get(row.retirement)
    except NotFound as error:
        error.remedy = "the registry publishes its retirement record first"
        raise
    if retired.kind != RETIREMENT:
        message = f"{digest_text(row.retirement)} is a {retired.kind}, and no retirement record"
        raise Refused(message, remedy="name the registry's retirement record")
    require_live(tx, retired.digest, "the retirement that it claims")
    return retired


def _draws_on_live(tx: Transaction, statement: Statement) -> None:
    """What a footprint or a process rests on is in this log, and was not ended."""
    subject = statement.subject
    if statement.kind == FOOTPRINT and "process" in subject:
        record = digest_bytes(subject["process"]["record"])
        _require_kind(tx, record, PROCESS, "the process record that it cites")
    if statement.kind == PROCESS:
        for text in subject.get("claims", ()):
            _require_kind(tx, digest_bytes(text), CLAIM, "a claim that it draws on")


def _require_kind(tx: Transaction, digest: bytes, kind: str, what: str) -> None:
    found = tx.statements.get(digest)
    if found.kind != kind:
        message = f"{what} is a {found.kind}: {digest_text(digest)}"
        raise Refused(message, remedy=f"name the digest of a {kind}")
    require_live(tx, digest, what)
