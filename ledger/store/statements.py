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
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import BindParameter, Connection

    from rootprint.ledger.core.statement import Statement

_ROWS_A_FETCH = 1000
_DIGITS = 64  # of a digest in hexadecimal
_DISCLOSURES = (
    select(disclosures.c.encoded)
    .where(disclosures.c.statement == bindparam("digest"))
    .order_by(disclosures.c.digest)
)
# SQLite takes 32,766 parameters in one query.
_DIGESTS_A_QUERY = 1000
_MANY: BindParameter[bytes] = bindparam("digests", expanding=True)
_JWTS = select(statements.c.digest, statements.c.jwt).where(statements.c.digest.in_(_MANY))
_CONCERNING = select(statements.c.subject, statements.c.digest).where(
    statements.c.subject.in_(_MANY)
)
_ALL_DISCLOSURES = (
    select(disclosures.c.statement, disclosures.c.encoded)
    .where(disclosures.c.statement.in_(_MANY))
    .order_by(disclosures.c.digest)
)


def _parts(digests: Collection[bytes]) -> Iterator[list[bytes]]:
    every = list(digests)
    for begin in range(0, len(every), _DIGESTS_A_QUERY):
        yield every[begin : begin + _DIGESTS_A_QUERY]


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

    def texts(self, digests: Collection[bytes]) -> dict[bytes, str]:
        """Return statements as texts, with the disclosures kept of them: those that are here."""
        found: dict[bytes, str] = {}
        for part in _parts(digests):
            disclosed: dict[bytes, list[str]] = {}
            for digest, encoded in self._connection.execute(_ALL_DISCLOSURES, {"digests": part}):
                disclosed.setdefault(digest, []).append(encoded)
            for digest, jwt in self._connection.execute(_JWTS, {"digests": part}):
                found[digest] = join(jwt, tuple(disclosed.get(digest, ())))
        return found

    def concerning_each(self, digests: Collection[bytes]) -> dict[bytes, list[bytes]]:
        """Return what ``concerning`` does of each of these."""
        found: dict[bytes, list[bytes]] = {digest: [] for digest in digests}
        for part in _parts(digests):
            for subject, digest in self._connection.execute(_CONCERNING, {"digests": part}):
                found[subject].append(digest)
        return {digest: sorted(about) for digest, about in found.items()}

    def beginning_with(self, digits: str, most: int = 10) -> list[bytes]:
        """Return the digests that begin with these hexadecimal digits, sorted, ``most`` of them."""
        low, high = (bytes.fromhex(digits.ljust(_DIGITS, fill)) for fill in "0f")
        query = (
            select(statements.c.digest)
            .where(statements.c.digest.between(low, high))
            .order_by(statements.c.digest)
            .limit(most)
        )
        return list(self._connection.execute(query).scalars())

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
