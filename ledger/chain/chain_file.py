"""The embedded chain's file: one SQLite database that survives a kill at any point.

Three tables. ``node`` is the key-value store that py-evm keeps headers, tries and code in; nearly
all of it is named by its own keccak-256. ``block`` and ``receipt`` are look-ups written in the
same SQLite transaction as the nodes they point to. The journal is a rollback journal
(journal_mode=DELETE): a closed file stands alone and opens read-only from a read-only folder,
which a WAL file can't (sqlite.org/wal.html, "Read-Only Databases").
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x52_50_43_48
LAYOUT = 1
BUSY_SECONDS = 10.0
_SCHEMA = (
    "CREATE TABLE node (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE block (number INTEGER PRIMARY KEY, hash BLOB NOT NULL)",
    """CREATE TABLE receipt (
        hash BLOB PRIMARY KEY, number INTEGER NOT NULL, status INTEGER NOT NULL,
        gas_used INTEGER NOT NULL, contract BLOB, revert BLOB NOT NULL
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One mined transaction as stored; see ``ledger.chain.sending.Receipt``."""

    hash: bytes
    number: int
    status: bool
    gas_used: int
    contract: bytes | None
    revert: bytes


class ChainFile:
    """One connection to a chain's file. Its owner keeps threads apart and closes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def close(self) -> None:
        """Let go of the file. Uncommitted writes are lost, as after a kill."""
        self._connection.close()

    def node(self, key: bytes) -> bytes | None:
        """Return the value stored under ``key``."""
        with _errors(self.path):
            row = self._connection.execute(
                "SELECT value FROM node WHERE key = ?", (key,)
            ).fetchone()
        return None if row is None else bytes(row[0])

    def put_node(self, key: bytes, value: bytes) -> None:
        """Store a value, in place of an earlier one."""
        with _errors(self.path):
            self._connection.execute("REPLACE INTO node VALUES (?, ?)", (key, value))

    def delete_node(self, key: bytes) -> bool:
        """Forget a key; return whether it was there."""
        with _errors(self.path):
            cursor = self._connection.execute("DELETE FROM node WHERE key = ?", (key,))
        return cursor.rowcount > 0

    def head(self) -> int:
        """Return the number of the newest block."""
        with _errors(self.path):
            row = self._connection.execute("SELECT max(number) FROM block").fetchone()
        if row[0] is None:
            raise Unavailable(f"the chain file {self.path} holds no block")
        return int(row[0])

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of the block with that number."""
        query = "SELECT hash FROM block WHERE number = ?"
        with _errors(self.path):
            row = self._connection.execute(query, (number,)).fetchone()
        return None if row is None else bytes(row[0])

    def put_block(self, number: int, digest: bytes) -> None:
        """Add the next block; it takes the place of none."""
        with _errors(self.path):
            self._connection.execute("INSERT INTO block VALUES (?, ?)", (number, digest))

    def receipt(self, digest: bytes) -> ReceiptRow | None:
        """Return what is stored of the transaction with that hash."""
        query = "SELECT * FROM receipt WHERE hash = ?"
        with _errors(self.path):
            row = self._connection.execute(query, (digest,)).fetchone()
        return None if row is None else ReceiptRow(row[0], row[1], bool(row[2]), *row[3:])

    def put_receipt(self, row: ReceiptRow) -> None:
        """Add a mined transaction; it takes the place of none."""
        values = (row.hash, row.number, row.status, row.gas_used, row.contract, row.revert)
        with _errors(self.path):
            self._connection.execute("INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?)", values)

    def receipts_after(self, number: int) -> list[ReceiptRow]:
        """Return what is stored of the transactions in blocks after that number."""
        query = "SELECT * FROM receipt WHERE number > ? ORDER BY number, hash"
        with _errors(self.path):
            rows = self._connection.execute(query, (number,)).fetchall()
        return [ReceiptRow(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]

    def drop_after(self, number: int) -> None:
        """Forget the blocks after that number and their receipts; only restamping does."""
        with _errors(self.path):
            self._connection.execute("DELETE FROM block WHERE number > ?", (number,))
            self._connection.execute("DELETE FROM receipt WHERE number > ?", (number,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything written inside durable at the end, or nothing of it.

        Holds SQLite's write lock from the start, so a second writer waits here (``BUSY_SECONDS``)
        and then sees the first one's blocks. Readers go on reading until the commit itself.
        """
        with _errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        with _errors(self.path):
            self._connection.execute("COMMIT")


def new_file(path: Path) -> ChainFile:
    """Lay out an empty chain file at a path that does not exist yet; its owner fills it."""
    with _errors(path):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        for statement in _SCHEMA:
            connection.execute(statement)
    return ChainFile(connection, path)


def open_file(path: Path, *, mode: str, write: bool) -> ChainFile:
    """Open a chain file: ``mode`` "ro" never writes, "rw" may roll back a killed writer's journal.

    Raises NotFound, Refused (another kind of file) or Unavailable.
    """
    if not path.is_file():
        raise NotFound(f"there is no chain file at {path}", remedy="create the chain first")
    with _errors(path):
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        # One connection may serve several threads: its owner holds a lock around each use.
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    try:
        with _errors(path):
            _configure(connection, path, write=write)
    except BaseException:
        connection.close()
        raise
    return ChainFile(connection, path)


def _configure(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    if (application, layout) != (APPLICATION_ID, LAYOUT):
        raise Refused(f"{path} is not a chain file of layout {LAYOUT}")
    if not write:
        connection.execute("PRAGMA query_only = ON")
        return
    # EXTRA also syncs the folder after the journal is gone: committed means on disk.
    connection.execute("PRAGMA synchronous = EXTRA")
    # Without spilling, a long step takes the exclusive lock only while it commits.
    connection.execute("PRAGMA cache_spill = OFF")


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the one tree: a file that can't be read now is no verdict."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "")
        raise Unavailable(
            f"the chain file {path} can't be used now: {error} ({code})",
            remedy=_REMEDIES.get(code, ""),
        ) from error


_REMEDIES = {
    "SQLITE_BUSY": "another process is writing to it: try again",
    "SQLITE_READONLY_ROLLBACK": "a writer was killed: open the chain once for writing",
    "SQLITE_CANTOPEN": "check the folder's permissions",
    "SQLITE_NOTADB": "this is not a chain file",
}
