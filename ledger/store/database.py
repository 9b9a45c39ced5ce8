"""The store: opened, closed, and used one transaction at a time, in whatever database it stands."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, Self

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.store import tables
from rootprint.ledger.store.postgresql import PostgresqlDatabase
from rootprint.ledger.store.sqlite import SqliteFile
from rootprint.ledger.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from os import PathLike

    from sqlalchemy import Connection, Engine


class Database(Protocol):
    """Where a store stands: how it is reached, and what its errors mean.

    ``name`` is for messages and holds no password. ``writing`` begins a transaction that no other
    writes beside, ``reading`` one that sees a committed state and can't write.
    """

    @property
    def name(self) -> str:
        """Its name or address."""

    @property
    def writing(self) -> Engine:
        """What writes."""

    @property
    def reading(self) -> Engine:
        """What reads."""

    def require(self) -> None:
        """Raise NotFound where nothing can be opened."""

    def laid_out(self) -> AbstractContextManager[Connection]:
        """Give a connection to lay a new store out by, which is there whole at its end, or not.

        Raises Refused where there is a store, Unavailable where there can't be one.
        """

    def is_another(self, error: DBAPIError) -> bool:
        """Whether asking for the store's version failed because this is no store."""

    def remedy(self, error: DBAPIError) -> str:
        """Return what to do about an error, empty where that is not known."""


def database_at(place: PathLike[str] | str) -> Database:
    """Return the database that a file's name or a ``postgresql://`` address means."""
    if isinstance(place, str) and place.startswith("postgresql://"):
        return PostgresqlDatabase(place)
    return SqliteFile(place)


class Store:
    """Statements, the log's tree, keys and records, and the anchorer's intents.

    ``place`` is a file's name (SQLite), or an address ``postgresql://…`` of a database, with
    nothing else in the schema that comes first in its search path. Threads may share a store;
    several processes may have the same one open. Writers wait for each other (up to 10 s), readers
    see the last committed state and never wait.
    """

    def __init__(self, place: PathLike[str] | str) -> None:
        """Take over a store; callers use ``create`` or ``open``."""
        self.place = place
        self._database = database_at(place)

    @classmethod
    def create(cls, place: PathLike[str] | str) -> Self:
        """Make an empty store and open it. Raises Refused if there is one already.

        It appears whole or not at all.
        """
        database = database_at(place)
        with errors_of(database), database.laid_out() as connection:
            tables.metadata.create_all(connection)
            connection.execute(insert(tables.schema_version).values(version=tables.SCHEMA_VERSION))
        return cls.open(place)

    @classmethod
    def open(cls, place: PathLike[str] | str) -> Self:
        """Open an existing store.

        Raises NotFound without one there, Refused for another kind or version of it, Unavailable
        if it can't be read now.
        """
        store = cls(place)
        try:
            store._check_version()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of it; what was committed is on disk already."""
        self._database.reading.dispose()
        self._database.writing.dispose()

    def __enter__(self) -> Self:
        """Return itself; it is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Make everything written inside durable at the end, or nothing of it.

        Holds the write lock from the start, so what is read inside stays true until the end.
        Raises Refused where a row contradicts one that is there, Unavailable where it can't be
        written now.
        """
        with errors_of(self._database), self._database.writing.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Read one committed state; writing inside fails. Raises Unavailable."""
        with errors_of(self._database), self._database.reading.begin() as connection:
            yield Transaction(connection)

    def _check_version(self) -> None:
        self._database.require()
        try:
            with self._database.reading.begin() as connection:
                version = connection.execute(select(tables.schema_version.c.version)).scalar()
        except DBAPIError as error:
            if self._database.is_another(error):
                message = f"{self._database.name} is not a store"
                raise Refused(message, remedy="create the ledger first") from error
            raise _unavailable(self._database, error) from error
        if version != tables.SCHEMA_VERSION:
            raise Refused(
                f"the store {self._database.name} has schema {version}, this program knows "
                f"{tables.SCHEMA_VERSION}",
                remedy="use the program that wrote it, or one that migrates it",
            )


@contextmanager
def errors_of(database: Database) -> Iterator[None]:
    """Turn the driver's errors into the one tree."""
    try:
        yield
    except IntegrityError as error:
        message = f"the store {database.name} has a row that contradicts this: {error.orig}"
        raise Refused(message) from error
    except DBAPIError as error:
        raise _unavailable(database, error) from error
    except StatementError as error:
        if isinstance(error.orig, Refused):  # a column's own words, before anything was sent
            raise error.orig from None
        raise


def _unavailable(database: Database, error: DBAPIError) -> Unavailable:
    message = f"the store {database.name} can't be used now: {error.orig}"
    return Unavailable(message, remedy=database.remedy(error))
