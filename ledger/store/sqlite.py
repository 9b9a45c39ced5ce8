"""A store in one SQLite file."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, create_engine, event
from sqlalchemy.pool import QueuePool

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

BUSY_MILLISECONDS: Final = 10_000


class SqliteFile:
    """The file of that name (``ledger.store.database.Database``)."""

    def __init__(self, path: os.PathLike[str] | str) -> None:
        self._path = Path(path)

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self._path)

    @cached_property
    def writing(self) -> Engine:
        """Holds the write lock from a transaction's begin."""
        return _engine(self._path, begin="BEGIN IMMEDIATE", read_only=False)

    @cached_property
    def reading(self) -> Engine:
        """Sees the last committed state."""
        return _engine(self._path, begin="BEGIN", read_only=True)

    def require(self) -> None:
        """Raise NotFound without the file."""
        if not self._path.is_file():
            message = f"there is no store at {self._path}"
            raise NotFound(message, remedy="create the ledger first")

    @contextmanager
    def laid_out(self) -> Iterator[Connection]:
        """Give a connection to a draft beside it, which gets its name at the end."""
        if not self._path.parent.is_dir():
            message = f"there is no folder {self._path.parent}"
            raise Unavailable(message, remedy="make it first")
        with tempfile.TemporaryDirectory(dir=self._path.parent, prefix=".store-") as folder:
            draft = Path(folder) / "store"
            draft.touch(mode=0o600)
            engine = _engine(draft, begin="BEGIN IMMEDIATE", read_only=False)
            try:
                with engine.begin() as connection:
                    yield connection
            finally:
                # Closing the last connection folds the write-ahead log into the file.
                engine.dispose()
            try:
                os.link(draft, self._path)
            except FileExistsError as error:
                message = f"{self._path} exists already; a store is never overwritten"
                raise Refused(message) from error

    def is_another(self, error: DBAPIError) -> bool:
        """Whether the file is no database, or one without the table."""
        return _code(error) in {"SQLITE_NOTADB", "SQLITE_ERROR"}

    def remedy(self, error: DBAPIError) -> str:
        """Return what to do about an error."""
        code = _code(error)
        return next((words for name, words in _REMEDIES.items() if code.startswith(name)), "")


def _code(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", ""))


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


_REMEDIES: Final = {
    "SQLITE_BUSY": "another process is writing to it: try again",
    "SQLITE_FULL": "free space on its disk, then do the same again; what was acknowledged is there",
    "SQLITE_IOERR": "see to its disk, then do the same again; what was acknowledged is there",
}
