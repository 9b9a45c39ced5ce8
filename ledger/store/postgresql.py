"""A store in a PostgreSQL database.

One transaction writes at a time, as in SQLite: it holds an advisory lock of the schema from its
begin, so that what it reads stays true until it commits. Whoever was stopped and wakes up writes
nothing: its connection, and with it the lock, is what the server took away.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError

from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.exc import DBAPIError

LOCK_MILLISECONDS: Final = 10_000
CONNECT_SECONDS: Final = 10
# "Root" in ASCII: the class of our advisory locks; the object is the schema.
_LOCK: Final = "SELECT pg_advisory_xact_lock(1383034740, hashtext(current_schema()))"
# What a commit waits for, where it would not wait for the disk.
_TOO_EARLY: Final = frozenset({"off"})


class PostgresqlDatabase:
    """The database at that address (``ledger.store.database.Database``)."""

    def __init__(self, address: str) -> None:
        self._url = address_of(address)

    @property
    def name(self) -> str:
        """The address without its password."""
        shown = self._url.set(drivername="postgresql")
        return shown.render_as_string(hide_password=True)

    @cached_property
    def writing(self) -> Engine:
        """Holds the write lock from a transaction's begin."""
        engine = _engine(self._url, isolation_level="READ COMMITTED")
        event.listen(engine, "connect", _require_durable)

        @event.listens_for(engine, "begin")
        def lock(connection: Connection) -> None:
            # Each later statement sees what was committed before the lock was given.
            connection.exec_driver_sql(_LOCK)

        return engine

    @cached_property
    def reading(self) -> Engine:
        """Sees the state that was committed when a transaction first read."""
        engine = _engine(self._url, isolation_level="REPEATABLE READ")
        return engine.execution_options(postgresql_readonly=True)

    def require(self) -> None:
        """Do nothing: whether a store is there, the server says."""

    @contextmanager
    def laid_out(self) -> Iterator[Connection]:
        """Give a connection to the empty schema; PostgreSQL makes tables in transactions."""
        try:
            with self.writing.begin() as connection:
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
                if encoding != "UTF8":
                    message = f"the database {self.name} has the encoding {encoding}, not UTF8"
                    raise Refused(message, remedy="create a database with ENCODING 'UTF8'")
                if inspect(connection).has_table(tables.schema_version.name):
                    message = f"{self.name} holds a store already; a store is never overwritten"
                    raise Refused(message)
                yield connection
        finally:
            self.writing.dispose()

    def is_another(self, error: DBAPIError) -> bool:
        """Whether the database is without the table."""
        return _code(error) == "42P01"  # undefined_table

    def remedy(self, error: DBAPIError) -> str:
        """Return what to do about an error (PostgreSQL documentation, appendix A)."""
        code = _code(error)
        return next((words for name, words in _REMEDIES.items() if code.startswith(name)), "")


def address_of(address: str) -> URL:
    """Return an address read; raises Refused where it is none."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        message = "the store's address can't be read"  # it may hold a password
        raise Refused(message, remedy="write postgresql://user@host:5432/database") from error
    return url.set(drivername="postgresql+psycopg")


def require_no_password(address: str) -> None:
    """Raise Refused unless an address is one of PostgreSQL and holds no password."""
    if not address.startswith("postgresql://"):
        message = "the store's address is not one of PostgreSQL"
        raise Refused(message, remedy="write postgresql://user@host:5432/database")
    url = address_of(address)
    if url.password or "password" in url.query:
        message = "the store's address holds a password, and would be written into the settings"
        raise Refused(
            message, remedy="keep it in ~/.pgpass or in PGPASSWORD, and leave it out here"
        )


def _engine(url: URL, *, isolation_level: Any) -> Engine:
    try:
        return create_engine(
            url,
            isolation_level=isolation_level,
            pool_pre_ping=True,  # a server that was started again closes what the pool holds
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
    except ModuleNotFoundError as error:
        message = "a store in PostgreSQL needs the package psycopg"
        raise Unavailable(message, remedy="pip install 'rootprint[postgresql]'") from error


def _require_durable(connection: Any, _record: object) -> None:
    """Wait for the disk at each commit; refuse a server that acknowledges what is not on it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_MILLISECONDS}")
        (written,) = cursor.execute("SHOW fsync").fetchone()
        (waits,) = cursor.execute("SHOW synchronous_commit").fetchone()
        if waits in _TOO_EARLY:
            cursor.execute("SET synchronous_commit = on")
    connection.commit()
    if written != "on":
        message = "the PostgreSQL server has fsync off: what it acknowledges can be lost"
        raise Unavailable(message, remedy="set fsync = on in its configuration")


def _code(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "08")  # without one, no server answered


_REMEDIES: Final = {
    "55P03": "another process is writing to it: try again",
    "53100": "free space on its disk, then do the same again; what was acknowledged is there",
    "53300": "give the server more connections, or try again",
    "57P03": "the server is starting: try again",
    "08": "start the server, or name one with a database (createdb) and a user that it lets in,"
    " the password in ~/.pgpass or PGPASSWORD",
    "57P": "the server was stopped: try again when it runs; what was acknowledged is there",
}
