"""Statements as signed, and the disclosures that their holder chose to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.store.tables import disclosure as disclosures
from rootprint.ledger.store.tables import entry as entries
from rootprint.ledger.store.tables import statement as statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from rootprint.ledger.core.statement import Statement

_ROWS_A_FETCH = 1000
_DISCLOSURES = (
    select(disclosures.c.encoded)
    .where(disclosures.c.statement == bindparam("digest"))
    .order_by(disclosures.c.digest)
)


@dataclass(frozen=True)
class StatementRow:
    """A statement's columns as they stand, not believed: what fsck compares with the JWT."""

    digest: bytes
    jwt: str
    kind: str
    issuer: str
    statement_id: str
    subject: bytes | None


class Statements:
    """Statements by digest, by (issuer, id), and by the statement they concern."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, new: Sequence[Statement]) -> None:
        """Add statements that are not here yet; their disclosures are another matter."""
        rows = [
            {
                "digest": item.digest,
                "jwt": item.envelope.jwt,
                "kind": item.kind,
                "issuer": item.issuer,
                "statement_id": item.id,
                "subject": item.concerns,
            }
            for item in new
        ]
        if rows:
            self._connection.execute(insert(statements), rows)

    def get(self, digest: bytes) -> Statement:
        """Return a statement with the disclosures kept of it. Raises NotFound."""
        query = select(statements.c.jwt).where(statements.c.digest == digest)
        jwt = self._connection.execute(query).scalar_one_or_none()
        if jwt is None:
            raise NotFound(f"there is no statement {digest_text(digest)} here")
        return parse_statement(join(jwt, self.disclosures(digest)))

    def logged(self) -> Iterator[tuple[int, bytes, bytes, StatementRow | None]]:
        """Yield (index, entry, digest, statement's columns) in the order of the log."""
        query = (
            select(entries, statements)
            .outerjoin(statements, statements.c.digest == entries.c.digest)
            .order_by(entries.c.index)
        )
        for row in self._connection.execute(query).yield_per(_ROWS_A_FETCH):
            index, entry, digest, *columns = row
            yield index, entry, digest, None if columns[0] is None else StatementRow(*columns)

    def digest_of(self, issuer: str, statement_id: str) -> bytes | None:
        """Return the digest of the one statement that this issuer gave this id."""
        query = select(statements.c.digest).where(
            statements.c.issuer == issuer, statements.c.statement_id == statement_id
        )
        digest: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return digest

    def concerning(self, digest: bytes) -> list[bytes]:
        """Return the digests of assurance and status statements about ``digest``, sorted."""
        query = select(statements.c.digest).where(statements.c.subject == digest)
        return sorted(self._connection.execute(query).scalars())

    def by_issuer(self, issuer: str) -> list[bytes]:
        """Return the digests of an issuer's statements, sorted."""
        query = select(statements.c.digest).where(statements.c.issuer == issuer)
        return sorted(self._connection.execute(query).scalars())

    def count(self) -> int:
        """Return how many statements are here."""
        return self._connection.execute(select(func.count()).select_from(statements)).scalar_one()

    def keep(self, statement: Statement) -> None:
        """Keep these disclosures beside those kept before.

        The caller has opened them: none is kept that opens nothing.
        """
        kept = set(self.disclosures(statement.digest))
        rows = [
            {"statement": statement.digest, "digest": sha256(encoded.encode()), "encoded": encoded}
            for encoded in statement.disclosures
            if encoded not in kept
        ]
        if rows:
            self._connection.execute(insert(disclosures), rows)

    def disclosures(self, digest: bytes) -> tuple[str, ...]:
        """Return the encoded disclosures kept of a statement, ordered by their digest."""
        return tuple(self._connection.execute(_DISCLOSURES, {"digest": digest}).scalars())
