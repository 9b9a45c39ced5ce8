"""A ledger's own store, log and chain as the sources of one walk, read many rows at a time.

A walk reads by falling log index, so with a statement those logged just before it are read too:
as many more as were of use so far. A walk of what was logged together asks for some rows in each
query, one of a few statements in a large log reads little beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import LedgerError, NotFound, Unavailable
from rootprint.ledger.verify import LogPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.history import History
    from rootprint.ledger.log import LogReader
    from rootprint.ledger.store import Store

MOST: Final = 512  # entries read at a time


class HomeSources:
    """``ledger.verify.Sources`` over store, log and chain, of one walk as of a block's history."""

    def __init__(self, store: Store, log: LogReader, history: History) -> None:
        self._store, self._log, self._history = store, log, history
        self._window, self._read, self._used = 1, 1, 1
        self._indices: dict[bytes, int] = {}
        self._texts: dict[bytes, str] = {}
        self._notes: dict[int, str] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._about: dict[bytes, Sequence[bytes]] = {}
        self._covering: list[tuple[int, int]] = []  # entries from one on, to below the size
        self._size = log.size

    def statement(self, digest: bytes) -> str | None:
        """Return the statement with the disclosures kept here."""
        text = self._texts.pop(digest, None)
        if text is None:
            with self._store.read() as tx:
                text = tx.statements.texts([digest]).get(digest)
        return text

    def place(self, digest: bytes) -> LogPlace | None:
        """Return its place under the first anchored checkpoint that covers the entry.

        Before there is one, under the newest checkpoint: the entry is then still pending. Raises
        Unavailable where the chain's first one is of more entries than are here.
        """
        try:
            index = self._index(digest)
            if index not in self._notes:
                covered = self._covered(index)
                self._prove(index, covered)
            return LogPlace(index, self._notes[index])
        except NotFound:
            return None

    def tree_node(self, level: int, index: int) -> bytes | None:
        """Return a node of the log's tree: those that a proof needs were read at once."""
        found = self._nodes.get((level, index))
        return self._log.node(level, index) if found is None else found

    def key(self, kid: str) -> Json | None:
        """Return a key that was registered here."""
        with self._store.read() as tx:
            try:
                return tx.directory.key(kid).jwk()
            except NotFound:
                return None

    def possession(self, did: str, kid: str) -> bytes | None:
        """Return the proof that was kept with a key."""
        with self._store.read() as tx:
            return tx.directory.possession(did, kid)

    def record(self, did: str, digest: bytes) -> bytes | None:  # noqa: ARG002 - the protocol's
        """Return an organisation's record."""
        with self._store.read() as tx:
            try:
                return tx.directory.record(digest)
            except NotFound:
                return None

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """Return assurance and status statements about a statement."""
        found = self._about.get(digest)
        if found is None:
            with self._store.read() as tx:
                return tx.statements.concerning(digest)
        return found

    def _index(self, digest: bytes) -> int:
        """Return a statement's index, and read it and what was logged before it.

        Raises NotFound where it is not in the log.
        """
        found = self._indices.get(digest)
        if found is None:
            found = self._log.index_of(digest)
            self._widen(found)
        else:
            self._used += 1
        return found

    def _widen(self, index: int) -> None:
        """Read the entries up to this one: more than the last time if half of those were used."""
        much = 2 * self._used >= self._read
        self._window = min(MOST, 2 * self._window) if much else max(1, self._window // 2)
        with self._store.read() as tx:
            entries = tx.tree.up_to(index, self._window)
            new = {digest: at for digest, at in entries.items() if digest not in self._indices}
            self._texts.update(tx.statements.texts(new))
            self._about.update(tx.statements.concerning_each(new))
        self._indices.update(new)
        self._read, self._used = len(new), 1

    def _covered(self, index: int) -> int | None:
        """Return the size of the first anchored state that covers an entry, None where none does.

        Raises Unavailable where that is of more entries than are here.
        """
        for begin, size in self._covering:
            if begin <= index < size:
                return size
        found = self._history.first_covering(index)
        if found is None:
            return None
        number, row = found
        if row.size > self._size:
            raise _beyond(row.size, self._size)
        before = 0 if not number else self._history.size(number - 1)
        self._covering.append((before, row.size))
        return row.size

    def _prove(self, index: int, covered: int | None) -> None:
        """Prove an entry, and those that were read with it and are covered by the same state."""
        low = next((begin for begin, size in self._covering if size == covered), index)
        near = [
            at
            for at in self._indices.values()
            if low <= at <= index and at not in self._notes and index - at < MOST
        ]
        try:
            checkpoint, nodes = self._log.proving([index, *near], covered)
        except NotFound:
            raise
        except LedgerError:  # of another entry, it may be
            near = []
            checkpoint, nodes = self._log.proving([index], covered)
        self._nodes.update(nodes)
        self._notes.update(dict.fromkeys([index, *near], checkpoint.text))


def _beyond(anchored: int, here: int) -> Unavailable:
    return Unavailable(
        f"the chain has anchored {anchored} entries of this log, which has {here} here",
        remedy="entries were lost: restore the store from a newer copy",
    )
