"""Which footprints answer one question for one product, and when (law 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, select

from rootprint.ledger.core.schema.kinds import STATUS
from rootprint.ledger.store.tables import entry as entries
from rootprint.ledger.store.tables import live_number, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, order=True)
class NumberRow:
    """A footprint's question (32 bytes, ``ledger.core.livenumber``), a product, its validity.

    ``sites`` are the sites that it names, with spaces between them: a URN has none.
    """

    key: bytes
    product: str
    statement: bytes
    valid_from: int
    valid_until: int
    sites: str


class Numbers:
    """Rows are added once and never changed or removed; a status statement ends what it is of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, rows: Sequence[NumberRow]) -> None:
        """Add rows that are not here yet."""
        if rows:
            self._connection.execute(insert(live_number), [vars(row) for row in rows])

    def beside(self, row: NumberRow) -> list[tuple[int, bytes, str]]:
        """Return (entry, statement, sites) of the live others of that question and time."""
        ended = exists().where(
            statement.c.subject == live_number.c.statement, statement.c.kind == STATUS
        )
        query = (
            select(entries.c.index, live_number.c.statement, live_number.c.sites)
            .join(entries, entries.c.digest == live_number.c.statement)
            .where(
                live_number.c.key == row.key,
                live_number.c.product == row.product,
                live_number.c.statement != row.statement,
                live_number.c.valid_from <= row.valid_until,
                live_number.c.valid_until >= row.valid_from,
                ~ended,
            )
            .order_by(entries.c.index)
        )
        return [(index, digest, sites) for index, digest, sites in self._connection.execute(query)]

    def of(self, digest: bytes) -> list[NumberRow]:
        """Return a statement's rows as they stand, not believed, sorted."""
        query = select(live_number).where(live_number.c.statement == digest)
        return sorted(NumberRow(*row) for row in self._connection.execute(query))

    def count(self) -> int:
        """Return how many rows are here."""
        return self._connection.execute(select(func.count()).select_from(live_number)).scalar_one()
