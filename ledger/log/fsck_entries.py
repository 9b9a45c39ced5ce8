"""fsck: everything stored, derived again from bytes, and the first difference named.

Order: keys and records, then entry by entry statement, digest, entry, tree and every checkpoint,
then what is left over, then the rows that the chain has anchored. Memory is one hash per level of
the tree; time grows with the number of entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.core.checkpoint import parse_checkpoint
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.core.history import History
from rootprint.ledger.core.merkle import completed_by, leaf_hash, subtree_root
from rootprint.ledger.log.errors import LogDamaged
from rootprint.ledger.log.fsck_documents import (
    StatementCheck,
    check_attempts,
    check_keys,
    check_proofs,
    check_records,
)
from rootprint.ledger.log.nodes import frontier, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.chain import ChainReader
    from rootprint.ledger.core.checkpoint import NoteKey
    from rootprint.ledger.store import Store, Transaction


@dataclass(frozen=True)
class FsckReport:
    """How much of each was checked and found right.

    ``signatures`` counts the statements whose issuer's key is kept here; the others' signatures
    were not checked. ``anchors``, and ``proofs`` of possession of keys on the chain, are None where
    no chain was given to compare with.
    """

    entries: int
    statements: int
    signatures: int
    disclosures: int
    nodes: int
    checkpoints: int
    keys: int
    records: int
    attempts: int
    anchors: int | None
    proofs: int | None = None

    @property
    def empty(self) -> bool:
        """Whether there was no entry, so that nothing was shown of any."""
        return self.entries == 0


def fsck(
    store: Store, note_key: NoteKey, *, chain: ChainReader | None = None, log_id: bytes = b""
) -> FsckReport:
    """Derive everything again and return what was checked; raise LogDamaged at the first fault.

    With a ``chain``, every anchored (size, root) of ``log_id`` and of the logs that go on from it
    must be the log's own root at that size. An empty log is reported as ``empty``; it is damaged if
    the chain has a row of it.
    """
    with store.read() as tx:
        return _Run(tx, note_key, chain, log_id).report()


class _Run:
    def __init__(
        self, tx: Transaction, note_key: NoteKey, chain: ChainReader | None, log_id: bytes
    ) -> None:
        self._tx, self._note_key, self._chain, self._log_id = tx, note_key, chain, log_id
        self._documents = StatementCheck(tx, note_key.name)
        self._levels: list[Iterator[tuple[int, bytes]]] = []
        self._hashes: dict[tuple[int, int], bytes] = {}
        self._nodes = self._checkpoints = self._signatures = self._disclosures = 0
        self._newest = 0  # size of the last checkpoint found right

    def report(self) -> FsckReport:
        keys, records = check_keys(self._tx), check_records(self._tx)
        size = self._entries()
        self._require_no_more(size)
        return FsckReport(
            entries=size,
            statements=size,
            signatures=self._signatures,
            disclosures=self._disclosures,
            nodes=self._nodes,
            checkpoints=self._checkpoints,
            keys=keys,
            records=records,
            attempts=check_attempts(self._tx),
            anchors=None if self._chain is None else self._anchors(self._chain, size),
            proofs=None if self._chain is None else self._proofs(self._chain),
        )

    def _entries(self) -> int:
        size = 0
        notes = self._tx.tree.checkpoints()
        pending = next(notes, None)
        for index, entry, digest, row in self._tx.statements.logged():
            if index != size:
                raise LogDamaged(f"entry {size} is missing, the next one is {index}")
            if entry[1:33] != digest:
                raise LogDamaged(f"entry {index} does not hold the digest that it is stored under")
            disclosures, signed = self._documents.check(index, entry, row)
            self._disclosures += disclosures
            self._signatures += signed
            self._complete(index, entry)
            size += 1
            if pending is not None and pending[0] <= size:
                self._checkpoint(size, *pending)
                pending = next(notes, None)
        if pending is not None:
            raise LogDamaged(f"a checkpoint of size {pending[0]} is stored, the log has {size}")
        self._require_covered(size)
        return size

    def _complete(self, index: int, entry: bytes) -> None:
        for level, place, digest in completed_by(index, leaf_hash(entry), known(self._hashes)):
            if level == len(self._levels):
                self._levels.append(self._tx.tree.level(level))
            stored = next(self._levels[level], None)
            if stored != (place, digest):
                raise LogDamaged(f"the subtree at level {level}, index {place} is not as derived")
            self._hashes[level, place] = digest
            self._hashes.pop((level, place - 2), None)  # what is left of here is in its parent
            self._nodes += 1

    def _root(self, size: int) -> bytes:
        return subtree_root(0, size, known(self._hashes))

    def _checkpoint(self, size: int, stored_size: int, note: str) -> None:
        place = f"the checkpoint of size {stored_size}"
        try:
            signed = parse_checkpoint(note)
            signed.verify(self._note_key)
        except LedgerError as error:
            raise LogDamaged(f"{place} can't be believed: {error}") from error
        if not signed.checkpoint.size == stored_size == size:
            raise LogDamaged(f"{place} is signed for size {signed.checkpoint.size}")
        if signed.checkpoint.root != self._root(size):
            raise LogDamaged(f"{place} has a root that its entries do not give")
        self._checkpoints += 1
        self._newest = size

    def _require_covered(self, size: int) -> None:
        if self._newest != size:
            raise LogDamaged(f"entries {self._newest} to {size - 1} are under no checkpoint")

    def _require_no_more(self, size: int) -> None:
        stored = self._tx.tree.node_count()
        if stored != self._nodes:
            raise LogDamaged(f"{stored} subtrees are stored, {size} entries give {self._nodes}")
        statements = self._tx.statements.count()
        if statements != size:
            raise LogDamaged(f"{statements} statements are stored for {size} entries")
        self._documents.require_no_more()

    def _proofs(self, chain: ChainReader) -> int:
        return check_proofs(self._tx, chain, self._documents.signers)

    def _anchors(self, chain: ChainReader, size: int) -> int:
        history = History(chain, self._log_id)
        count = history.count
        for number in range(count):
            row = history.row(number)
            place = f"anchored row {number} (size {row.size})"
            if row.size > size:
                raise LogDamaged(
                    f"{place} is beyond the log, which has {size} entries",
                    remedy="entries were lost: restore the store from a newer copy",
                )
            if self._root_at(row.size) != row.root:
                raise LogDamaged(f"{place} has a root that is not this log's at that size")
        return count

    def _root_at(self, size: int) -> bytes:
        # The stored subtrees were compared above, so they may be used here.
        return subtree_root(0, size, known(self._tx.tree.nodes(frontier(size))))


def describe(report: FsckReport) -> str:
    """Return the report as one sentence for people."""
    if report.empty:
        return "the log is empty: there was nothing to check"
    anchors = "no chain compared"
    if report.anchors is not None:
        anchors = f"anchored rows {report.anchors}, proofs of possession {report.proofs}"
    return (
        f"all is as derived: entries {report.entries}, subtrees {report.nodes}, "
        f"checkpoints {report.checkpoints}, statement signatures {report.signatures}, {anchors}"
    )
