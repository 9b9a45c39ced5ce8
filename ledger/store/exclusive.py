"""What may exist once, or be drawn up to an amount: processes, claims, uses of a certificate.

A row counts while no status statement concerns its statement: superseding or withdrawing frees
what it held. Which rows there must be, and what contradicts what, ``ledger.log`` decides.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, func, insert, select

from rootprint.ledger.core.schema.kinds import STATUS
from rootprint.ledger.store.tables import (
    certificate_use,
    claim,
    process,
    process_product,
    retired_range,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Select, Table


@dataclass(frozen=True)
class ProcessRow:
    """A process record's key, folded, and its period, in Unix seconds."""

    statement: bytes
    issuer: str
    site: str
    process: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True)
class ClaimRow:
    """What a claim draws on a retirement: ``amount`` in the base unit of its dimension."""

    statement: bytes
    issuer: str
    retirement: bytes
    dimension: str
    amount: Fraction


@dataclass(frozen=True)
class ProductRow:
    """A product, in one spelling, of open rows of a process record."""

    statement: bytes
    product: str
    issuer: str


@dataclass(frozen=True)
class RangeRow:
    """A span of a retirement's certificates: texts of a stem and of digits, all folded."""

    statement: bytes
    number: int
    issuer: str
    registry: str
    stem: str
    digits: int
    first: str
    last: str


@dataclass(frozen=True)
class UseRow:
    """What a line takes of a certificate, in MWh; ``limit`` is how many the line says it has.

    ``registry`` and ``certificate`` are folded. ``source`` and ``activity`` say whose activity that
    is: of a process record, or of the statement itself and its line. Several co-products that share
    one activity use it once.
    """

    statement: bytes
    line: int
    issuer: str
    registry: str
    certificate: str
    limit: Fraction
    used: Fraction
    claim: bytes | None
    source: bytes
    activity: int


Row = ProcessRow | ProductRow | RangeRow | ClaimRow | UseRow


class Exclusive:
    """Rows are added once and never changed or removed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, rows: Sequence[Row]) -> None:
        """Add rows that are not here yet."""
        for kind, table in _TABLES.items():
            values = [_values(row, table) for row in rows if isinstance(row, kind)]
            if values:
                self._connection.execute(insert(table), values)

    def ended(self, digest: bytes) -> bool:
        """Whether a status statement concerns this one: it was superseded or withdrawn."""
        query = select(statement.c.digest).where(
            statement.c.subject == digest, statement.c.kind == STATUS
        )
        return self._connection.execute(query).first() is not None

    def processes(self, like: ProcessRow) -> list[ProcessRow]:
        """Return the live rows with that key, of whatever period."""
        same = [process.c[name] == getattr(like, name) for name in _PROCESS_KEY]
        return [ProcessRow(*row) for row in self._live(process, *same)]

    def process(self, digest: bytes) -> ProcessRow | None:
        """Return the row of a process record, live or not."""
        found = self._connection.execute(select(process).where(process.c.statement == digest))
        return next((ProcessRow(*row) for row in found), None)

    def sharing_products(
        self, like: ProcessRow, products: Sequence[str]
    ) -> list[tuple[str, ProcessRow]]:
        """Return each other live record of that issuer, site and rule that has one of the products.

        Periods that only touch are among them. Cost: for each product, the records that have it.
        """
        found: list[tuple[str, ProcessRow]] = []
        same = [process.c[name] == getattr(like, name) for name in ("issuer", "site", "rule")]
        for begin in range(0, len(products), _ASKED_AT_ONCE):
            query = (
                select(process_product.c.product, process)
                .join(process, process.c.statement == process_product.c.statement)
                .where(
                    process_product.c.issuer == like.issuer,
                    process_product.c.product.in_(products[begin : begin + _ASKED_AT_ONCE]),
                    process.c.statement != like.statement,
                    *same,
                    process.c.start <= like.end,
                    process.c.end >= like.start,
                    ~_ended(process),
                )
                .order_by(process.c.statement, process_product.c.product)
            )
            rows = self._connection.execute(query)
            found += [(product, ProcessRow(*row)) for product, *row in rows]
        return found

    def products_of(self, digest: bytes) -> frozenset[str]:
        """Return the products of a process record that are here already."""
        query = select(process_product.c.product).where(process_product.c.statement == digest)
        return frozenset(self._connection.execute(query).scalars())

    def ranges(self, like: RangeRow) -> list[RangeRow]:
        """Return other statements' live ranges of that issuer and registry with a text in common.

        Live ranges of two statements have no text in common with each other, so whatever encloses
        this one from before it is of the statement whose range begins last before it. Cost: what
        is found, and the ranges of that statement; ended ones in between are passed over.
        """
        table = retired_range
        names = ("issuer", "registry", "stem", "digits")
        same = [
            *(table.c[name] == getattr(like, name) for name in names),
            table.c.statement != like.statement,
        ]
        within = self._live(table, *same, table.c.first >= like.first, table.c.first <= like.last)
        found = [RangeRow(*row) for row in within]
        begun = select(table.c.statement).where(*same, table.c.first < like.first, ~_ended(table))
        nearest = self._connection.execute(begun.order_by(table.c.first.desc()).limit(1)).scalar()
        if nearest is not None:
            found += [
                row
                for row in self.ranges_of(nearest)
                if all(getattr(row, name) == getattr(like, name) for name in names)
                and row.first < like.first <= row.last
            ]
        return sorted(found, key=lambda row: (row.statement, row.number))

    def ranges_of(self, digest: bytes) -> list[RangeRow]:
        """Return the ranges of a retirement as they stand, not believed, by number."""
        query = select(retired_range).where(retired_range.c.statement == digest)
        found = self._connection.execute(query.order_by(retired_range.c.number))
        return [RangeRow(*row) for row in found]

    def claims(self, retirement: bytes) -> list[ClaimRow]:
        """Return the live claims on a retirement, of whichever issuer."""
        return [_claim(row) for row in self._live(claim, claim.c.retirement == retirement)]

    def uses(self, issuer: str, registry: str, certificate: str) -> list[UseRow]:
        """Return an issuer's live uses of a certificate."""
        same = (
            certificate_use.c.issuer == issuer,
            certificate_use.c.registry == registry,
            certificate_use.c.certificate == certificate,
        )
        return [_use(row) for row in self._live(certificate_use, *same)]

    def uses_of_claim(self, digest: bytes) -> list[UseRow]:
        """Return the live uses that rest on a claim."""
        return [_use(row) for row in self._live(certificate_use, certificate_use.c.claim == digest)]

    def used_lines(self, digest: bytes) -> frozenset[int]:
        """Return the lines of a statement whose use of a certificate is here already."""
        query = select(certificate_use.c.line).where(certificate_use.c.statement == digest)
        return frozenset(self._connection.execute(query).scalars())

    def derived(self, digest: bytes) -> ProcessRow | ClaimRow | None:
        """Return the row of a statement as it stands, not believed, live or not."""
        if (found := self.process(digest)) is not None:
            return found
        for row in self._connection.execute(select(claim).where(claim.c.statement == digest)):
            return _claim(row)
        return None

    def count(self) -> int:
        """Return how many processes, claims and retired ranges are here."""
        return sum(
            self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (process, claim, retired_range)
        )

    def _live(self, table: Table, *conditions: ColumnElement[bool]) -> list[Any]:
        query: Select[Any] = select(table).where(*conditions, ~_ended(table))
        return list(self._connection.execute(query.order_by(table.c.statement)))


_TABLES: Final = {
    ProcessRow: process,
    ProductRow: process_product,
    RangeRow: retired_range,
    ClaimRow: claim,
    UseRow: certificate_use,
}
_ASKED_AT_ONCE: Final = 500
_PROCESS_KEY: Final = ("issuer", "site", "process", "rule")


def _ended(table: Table) -> ColumnElement[bool]:
    return exists().where(statement.c.subject == table.c.statement, statement.c.kind == STATUS)


def _values(row: Row, table: Table) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    return {
        name: str(value) if isinstance(value, Fraction) else value
        for name, value in zip(names, astuple(row), strict=True)
    }


def _claim(row: Any) -> ClaimRow:
    digest, issuer, retirement, dimension, amount = row
    return ClaimRow(digest, issuer, retirement, dimension, Fraction(amount))


def _use(row: Any) -> UseRow:
    digest, line, issuer, registry, certificate, limit, used, drawn, source, activity = row
    amounts = Fraction(limit), Fraction(used)
    return UseRow(digest, line, issuer, registry, certificate, *amounts, drawn, source, activity)
