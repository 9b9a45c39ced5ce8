"""Law 5, held in the transaction that appends: one issuer states a number once for one time.

It binds an issuer to its own statements only; another's never blocks. A batch is judged as a whole,
so what it withdraws or supersedes is free in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.livenumber import names, questions, received, same_place, sites
from rootprint.ledger.log.errors import InConflict
from rootprint.ledger.store import NumberRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import Transaction

MAX_NAMED: Final = 3
_REMEDY: Final = (
    "if it takes its place: name it in precedingStatements, publish, then rootprint supersede; if"
    " it was wrong: rootprint withdraw first; if both are to stand, they need different productIds,"
    " sites, variant or validity"
)
_STATED: Final = "states a number for the same question already"
_RECEIVED: Final = "attests the same footprint of its partner's document already"
_RECEIVED_REMEDY: Final = (
    "cite the one that is there; or state one footprint with all its productIds that names the"
    " other in precedingStatements, publish, then rootprint supersede"
)


def number_rows(statement: Statement) -> list[NumberRow]:
    """Return what a statement enters in the index of live numbers, sorted."""
    return sorted(_rows(statement, [*questions(statement), *received(statement)]))


def _rows(statement: Statement, asked: Sequence[tuple[bytes, str]]) -> list[NumberRow]:
    named = " ".join(sorted(sites(statement.subject)))
    return [
        NumberRow(key, product, statement.digest, *statement.validity, named)
        for key, product in asked
    ]


def enter_numbers(tx: Transaction, fresh: Sequence[Statement]) -> None:
    """Enter new footprints; raise InConflict if one is the twin of a live one.

    ``fresh`` are in the tree already. The later of two, by entry, is the one that has to name the
    other.
    """
    for statement in fresh:
        tx.numbers.put(number_rows(statement))
    for statement in fresh:
        if asked := questions(statement):
            _require_single(tx, statement, asked, _STATED, _REMEDY)
        if asked := received(statement):
            _require_single(tx, statement, asked, _RECEIVED, _RECEIVED_REMEDY)


def _require_single(
    tx: Transaction,
    statement: Statement,
    asked: Sequence[tuple[bytes, str]],
    what: str,
    remedy: str,
) -> None:
    own = tx.tree.index_of(statement.digest) or 0
    place = sites(statement.subject)
    found = {
        index: digest
        for row in _rows(statement, asked)
        for index, digest, named in tx.numbers.beside(row)
        if index < own
        and same_place(place, frozenset(named.split()))
        and not names(statement, digest)
    }
    if not found or tx.exclusive.ended(statement.digest):
        return
    first, *more = sorted(found)
    others = [f"entry {index} ({digest_text(found[index])})" for index in (first, *more)]
    listed = ", ".join(others[:MAX_NAMED])
    rest = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
    begin, end = (time_text(moment) for moment in tx.statements.get(found[first]).validity)
    message = (
        f"{digest_text(statement.digest)}: law 5: {statement.issuer} {what}, {listed}{rest},"
        f" valid from {begin} to {end}"
    )
    raise InConflict(message, entry=first, digest=found[first], remedy=remedy)
