"""The log's entries, the hashes of its complete subtrees, and its signed checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select

from rootprint.ledger.core.chain import MAX_LOG_SIZE
from rootprint.ledger.store.tables import checkpoint as checkpoints
from rootprint.ledger.store.tables import entry as entries
from rootprint.ledger.store.tables import node as nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection

# SQLite takes 32,766 parameters in one query.
_INDICES_A_QUERY = 1000
_ROWS_A_FETCH = 1000
_NODES = select(nodes.c.index, nodes.c.hash).where(
    nodes.c.level == bindparam("level"),
    nodes.c.index.in_(bindparam("indices", expanding=True)),
)


class Tree:
    """Rows are only ever added. ``digest`` arguments are 32-byte statement digests."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def size(self) -> int:
        """Return the number of entries."""
        newest = self._connection.execute(select(func.max(entries.c.index))).scalar()
        return 0 if newest is None else int(newest) + 1

    def entry(self, index: int) -> bytes | None:
        """Return the 65 bytes at ``index``."""
        query = select(entries.c.bytes).where(entries.c.index == index)
        data: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return data

    def index_of(self, digest: bytes) -> int | None:
        """Return the index of the statement's entry."""
        query = select(entries.c.index).where(entries.c.digest == digest)
        index: int | None = self._connection.execute(query).scalar_one_or_none()
        return index

    def up_to(self, index: int, most: int) -> dict[bytes, int]:
        """Return the indices of the entry at ``index`` and of those before it, ``most`` in all.

        By the digest of the statement.
        """
        query = select(entries.c.digest, entries.c.index).where(
            entries.c.index.between(max(0, index - most + 1), index)
        )
        found: dict[bytes, int] = {}
        found.update((digest, at) for digest, at in self._connection.execute(query))
        return found

    def nodes(self, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Return the hashes of the complete subtrees at these (level, index), where stored."""
        by_level: dict[int, list[int]] = {}
        for level, index in places:
            by_level.setdefault(level, []).append(index)
        found = {}
        for level, indices in by_level.items():
            # A query for each level: (level, index) IN (...) would scan the whole table.
            for begin in range(0, len(indices), _INDICES_A_QUERY):
                part = indices[begin : begin + _INDICES_A_QUERY]
                rows = self._connection.execute(_NODES, {"level": level, "indices": part})
                found.update({(level, index): digest for index, digest in rows})
        return found

    def put(self, begin: int, new: Sequence[bytes], made: Sequence[tuple[int, int, bytes]]) -> None:
        """Add entries from index ``begin`` on, and the complete subtrees that they make."""
        rows = [
            {"index": begin + offset, "bytes": data, "digest": data[1:33]}
            for offset, data in enumerate(new)
        ]
        hashes = [{"level": level, "index": index, "hash": digest} for level, index, digest in made]
        if rows:
            self._connection.execute(insert(entries), rows)
            self._connection.execute(insert(nodes), hashes)

    def checkpoint(self, size: int | None = None) -> str | None:
        """Return the signed note of that size, or the newest one; None if there is none of it."""
        if size is not None and size > MAX_LOG_SIZE:
            return None  # no database holds the number either
        query = select(checkpoints.c.note)
        if size is None:
            query = query.order_by(checkpoints.c.size.desc()).limit(1)
        else:
            query = query.where(checkpoints.c.size == size)
        note: str | None = self._connection.execute(query).scalar_one_or_none()
        return note

    def signed_up_to(self, size: int) -> int | None:
        """Return the size of the largest signed note of at most ``size`` entries, or None."""
        query = select(func.max(checkpoints.c.size)).where(checkpoints.c.size <= size)
        found: int | None = self._connection.execute(query).scalar()
        return found

    def put_checkpoint(self, size: int, note: str, time: int) -> None:
        """Add a signed note; ``time`` (Unix seconds) is for the reader's information."""
        self._connection.execute(insert(checkpoints).values(size=size, note=note, time=time))

    def covered_since(self, index: int) -> int | None:
        """Return the time of the first checkpoint that covers an entry (informational)."""
        query = (
            select(checkpoints.c.time)
            .where(checkpoints.c.size > index)
            .order_by(checkpoints.c.size)
            .limit(1)
        )
        time: int | None = self._connection.execute(query).scalar_one_or_none()
        return time

    def level(self, level: int) -> Iterator[tuple[int, bytes]]:
        """Yield (index, hash) of the complete subtrees of one level in order."""
        query = (
            select(nodes.c.index, nodes.c.hash)
            .where(nodes.c.level == level)
            .order_by(nodes.c.index)
        )
        for row in self._connection.execute(query).yield_per(_ROWS_A_FETCH):
            yield tuple(row)

    def node_count(self) -> int:
        """Return how many complete subtrees are stored."""
        return self._connection.execute(select(func.count()).select_from(nodes)).scalar_one()

    def checkpoints(self) -> Iterator[tuple[int, str]]:
        """Yield (size, note) by rising size."""
        query = select(checkpoints.c.size, checkpoints.c.note).order_by(checkpoints.c.size)
        for row in self._connection.execute(query).yield_per(_ROWS_A_FETCH):
            yield tuple(row)
