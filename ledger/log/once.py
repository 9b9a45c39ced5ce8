"""What may be logged once, judged in the transaction that appends (laws 2 and 4).

A process and period has one live record, in whatever spelling, and so has a product of a site; a
registry retires a certificate once; an issuer's claims on a retirement, and its uses of a
certificate, stay within what there is. A batch is judged as it is whole, so that what it withdraws
or supersedes is free in it. Another issuer's claim blocks none: both are logged, and readers see
both.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.livenumber import of_one_number
from rootprint.ledger.core.schema.kinds import CLAIM, FOOTPRINT, PROCESS, RETIREMENT
from rootprint.ledger.log.drawing import (
    derived_row,
    in_base,
    product_rows,
    range_rows,
    taken_once,
    uses,
)
from rootprint.ledger.log.errors import InConflict
from rootprint.ledger.store import ClaimRow, ProcessRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import ProductRow, Transaction, UseRow

_FREE: Final = "supersede or withdraw it first, or in the same batch (rootprint supersede)"


def enter(tx: Transaction, fresh: Sequence[Statement], given: Sequence[Statement]) -> None:
    """Enter what new statements hold; raise InConflict if any of it is held already.

    ``fresh`` are in the tree already; ``given`` are all that were sent, of which one that is logged
    may show lines that it did not show before. Raises Refused for a claim in a unit that is not
    that of its retirement, and for what draws on a record that is not in force.
    """
    derived = [row for row in map(derived_row, fresh) if row is not None]
    tx.exclusive.put(derived)
    for row in derived:
        if isinstance(row, ProcessRow):
            _one_process(tx, row)
        else:
            _within_retirement(tx, row)
    _enter_ranges(tx, fresh)
    _enter_products(tx, given)
    for statement in fresh:
        _draws_on_live(tx, statement)
    drawn = _enter_uses(tx, given)
    _within_certificates(tx, drawn)


def _one_process(tx: Transaction, row: ProcessRow) -> None:
    for other in tx.exclusive.processes(row):
        if other.statement == row.statement or not _overlap(row, other):
            continue
        raise _conflict(
            tx,
            row.statement,
            other.statement,
            f"process {_named(tx, row)} has a live record for this time and rule pack",
            _FREE,
        )


def _named(tx: Transaction, row: ProcessRow) -> str:
    subject = tx.statements.get(row.statement).subject
    return f"{subject['process']!r} at {subject['site']}"


def _enter_products(tx: Transaction, given: Iterable[Statement]) -> None:
    """A product of a site stands in one live record of its time and rule pack."""
    rows: list[ProductRow] = []
    for statement in given:
        known = tx.exclusive.opened_rows(statement.digest)
        found = [row for row in product_rows(statement) if row.row not in known]
        tx.exclusive.put(found)
        rows += found
    for row in rows:
        own = tx.exclusive.process(row.statement)
        for like in tx.exclusive.products(row):
            other = tx.exclusive.process(like.statement)
            if own is None or other is None or own.statement == other.statement:
                continue
            if (own.site, own.rule) == (other.site, other.rule) and _overlap(own, other):
                raise _conflict(
                    tx,
                    row.statement,
                    other.statement,
                    f"{row.product} is a product of {_named(tx, other)} for this time, too",
                    "make one record of both processes, give what differs another productId, or "
                    + _FREE,
                )


def _enter_ranges(tx: Transaction, fresh: Sequence[Statement]) -> None:
    """An issuer retires a certificate of a registry once."""
    rows = [row for statement in fresh for row in range_rows(statement)]
    tx.exclusive.put(rows)
    for row in rows:
        for other in tx.exclusive.ranges(row):
            if other.statement != row.statement and not tx.exclusive.ended(row.statement):
                first = f"{other.stem}{max(row.first, other.first)}"
                raise _conflict(
                    tx,
                    row.statement,
                    other.statement,
                    f"law 4: certificate {first} of {row.registry} is retired already",
                    "name the certificates that are not, or withdraw that record first",
                )


def _overlap(one: ProcessRow, other: ProcessRow) -> bool:
    """Whether two periods have more than an end in common, or are the same moment."""
    same = (one.start, one.end) == (other.start, other.end)
    return same or max(one.start, other.start) < min(one.end, other.end)


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
    raise _conflict(
        tx,
        row.statement,
        _newest(tx, others),
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
    _require_live(tx, retired.digest, "the retirement that it claims")
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
    _require_live(tx, digest, what)


def _require_live(tx: Transaction, digest: bytes, what: str) -> None:
    if tx.exclusive.ended(digest):
        message = f"{what} was superseded or withdrawn: {digest_text(digest)}"
        raise Refused(message, remedy="name the one that is in force, and compose it again")


def _enter_uses(tx: Transaction, given: Iterable[Statement]) -> list[UseRow]:
    """Enter what open lines take of certificates, and return what was not there yet."""

    def find(digest: bytes) -> Statement | None:
        for statement in given:
            if statement.digest == digest:
                return statement
        try:
            return tx.statements.get(digest)
        except NotFound:
            return None

    drawn: list[UseRow] = []
    for statement in given:
        if statement.kind != FOOTPRINT:
            continue
        entered = tx.exclusive.used_lines(statement.digest)
        fresh = [row for row in uses(statement, find) if row.line not in entered]
        tx.exclusive.put(fresh)
        drawn += fresh
    return drawn


def _within_certificates(tx: Transaction, drawn: Sequence[UseRow]) -> None:
    for issuer, registry, certificate in {
        (row.issuer, row.registry, row.certificate): None for row in drawn
    }:
        live = tx.exclusive.uses(issuer, registry, certificate)
        rows = taken_once(_without_preceding(tx, live, drawn))
        limit = min(row.limit for row in rows.values())
        if sum((row.used for row in rows.values()), Fraction(0)) > limit:
            what = f"certificate {certificate} of {registry}"
            raise _beyond(tx, list(rows.values()), drawn, what)
    for digest in {row.claim: None for row in drawn if row.claim is not None}:
        claim = tx.statements.get(digest)
        if claim.kind != CLAIM:
            message = f"a line's certificate names {digest_text(digest)} as its claim"
            raise Refused(f"{message}, which is a {claim.kind}", remedy="name a claim record")
        _require_live(tx, digest, "the claim that a line's certificate names")
        live = [row for row in tx.exclusive.uses_of_claim(digest) if row.issuer == claim.issuer]
        rows = taken_once(_without_preceding(tx, live, drawn))
        _, claimed = in_base(claim.subject["amount"])
        _, whole = in_base({"value": "1", "unit": "megawatt hour"})
        if sum((row.used for row in rows.values()), Fraction(0)) * whole > claimed:
            raise _beyond(tx, list(rows.values()), drawn, f"claim {digest_text(digest)}")


def _without_preceding(
    tx: Transaction, rows: Sequence[UseRow], drawn: Sequence[UseRow]
) -> list[UseRow]:
    """Leave out what a new statement of the same number takes the place of (law 5)."""
    replaced: set[bytes] = set()
    for digest in {row.statement: None for row in drawn}:
        new = tx.statements.get(digest)
        for text in new.subject.get("precedingStatements", ()):
            try:
                old = tx.statements.get(digest_bytes(text))
            except NotFound:
                continue
            if of_one_number(new, old):
                replaced.add(old.digest)
    return [row for row in rows if row.statement not in replaced]


def _beyond(tx: Transaction, rows: Sequence[UseRow], drawn: Sequence[UseRow], what: str) -> Refused:
    new = {row.statement for row in drawn}
    others = [row.statement for row in rows if row.statement not in new]
    if not others:
        used = sorted({row.statement for row in rows if row.statement in new})
        lines = ", ".join(str(row.line) for row in rows if row.statement == used[-1])
        message = f"line {lines} of {digest_text(used[-1])}: {what} has less than is taken of it"
        return Refused(message, remedy="split off what is not certified, and take it from the grid")
    return _conflict(
        tx,
        next(row.statement for row in rows if row.statement in new),
        _newest(tx, others),
        f"{what} has less than is taken of it with this statement",
        "take the rest from the grid; the other uses are freed when they are withdrawn or"
        " superseded (co-products of one process record use an activity once)",
    )


def _newest(tx: Transaction, digests: Sequence[bytes]) -> bytes:
    return max(digests, key=lambda digest: tx.tree.index_of(digest) or 0)


def _conflict(tx: Transaction, new: bytes, other: bytes, what: str, remedy: str) -> InConflict:
    entry = tx.tree.index_of(other) or 0
    message = f"{digest_text(new)}: {what}: entry {entry} ({digest_text(other)})"
    return InConflict(message, entry=entry, digest=other, remedy=remedy)
