"""The store: one SQLite file, opened, closed, and used one transaction at a time."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import URL, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable
from rootprint.ledger.store import tables
from rootprint.ledger.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

BUSY_MILLISECONDS = 10_000


class Store:
    """Statements, the log's tree, keys and records, and the anchorer's intents, in one file.

    Threads may share one; several processes may have the same file open. Writers wait for each
    other (up to 10 s), readers see the last committed state and never wait.
    """

    def __init__(self, path: Path) -> None:
        """Take over a store's file; callers use ``create`` or ``open``."""
        self.path = path
        self._writing = _engine(path, begin="BEGIN IMMEDIATE", read_only=False)
        self._reading = _engine(path, begin="BEGIN", read_only=True)

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """Make an empty store and open it. Raises Refused if there is a file already.

        The file appears whole or not at all.
        """
        target = Path(path)
        if not target.parent.is_dir():
            raise Unavailable(f"there is no folder {target.parent}", remedy="make it first")
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".store-") as folder:
            draft = Path(folder) / "store"
            _lay_out(draft)
            try:
                os.link(draft, target)
            except FileExistsError as error:
                raise Refused(f"{target} exists already; a store is never overwritten") from error
        return cls.open(target)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open an existing store.

        Raises NotFound without a file there, Refused for another kind or version of file,
        Unavailable if it can't be read now.
        """
        target = Path(path)
        if not target.is_file():
            raise NotFound(f"there is no store at {target}", remedy="create the ledger first")
        store = cls(target)
        try:
            store._check_version()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file; what was committed is on disk already."""
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        """Return itself; the file is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Make everything written inside durable at the end, or nothing of it.

        Holds the write lock from the start, so what is read inside stays true until the end.
        Raises Refused where a row contradicts one that is there, Unavailable where the file can't
        be written now.
        """
        with _errors(self.path), self._writing.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Read one committed state; writing inside fails. Raises Unavailable."""
        with _errors(self.path), self._reading.begin() as connection:
            yield Transaction(connection)

    def _check_version(self) -> None:
        try:
            with self._reading.begin() as connection:
                version = connection.execute(select(tables.schema_version.c.version)).scalar()
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorname", "") in {"SQLITE_NOTADB", "SQLITE_ERROR"}:
                raise Refused(f"{self.path} is not a store") from error
            raise _unavailable(self.path, error) from error
        if version != tables.SCHEMA_VERSION:
            raise Refused(
                f"the store {self.path} has schema {version}, this program knows "
                f"{tables.SCHEMA_VERSION}",
                remedy="use the program that wrote it, or one that migrates it",
            )


def _lay_out(path: Path) -> None:
    path.touch(mode=0o600)
    engine = _engine(path, begin="BEGIN IMMEDIATE", read_only=False)
    try:
        with _errors(path), engine.begin() as connection:
            tables.metadata.create_all(connection)
            connection.execute(insert(tables.schema_version).values(version=tables.SCHEMA_VERSION))
    finally:
        # Closing the last connection folds the write-ahead log into the file.
        engine.dispose()


def _engine(path: Path, *, begin: str, read_only: bool) -> Engine:
    # mode=rw: a missing file is an error, never a new empty store.
    url = URL.create(
        "sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}
    )
    engine = create_engine(url, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        # The driver's own BEGIN comes too late for a reader that means to write (SQLAlchemy
        # documentation, "Serializable isolation / Savepoints / Transactional DDL").
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            # Acknowledged means on disk: sync at each commit, not at each checkpoint only.
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Turn the driver's errors into the one tree."""
    try:
        yield
    except IntegrityError as error:
        raise Refused(f"the store {path} has a row that contradicts this: {error.orig}") from error
    except DBAPIError as error:
        raise _unavailable(path, error) from error


def _unavailable(path: Path, error: DBAPIError) -> Unavailable:
    code = getattr(error.orig, "sqlite_errorname", "")
    remedy = next((words for name, words in _REMEDIES.items() if code.startswith(name)), "")
    return Unavailable(f"the store {path} can't be used now: {error.orig}", remedy=remedy)


_REMEDIES = {
    "SQLITE_BUSY": "another process is writing to it: try again",
    "SQLITE_FULL": "free space on its disk, then do the same again; what was acknowledged is there",
    "SQLITE_IOERR": "see to its disk, then do the same again; what was acknowledged is there",
}
