"""Reading the log: checkpoints and proofs. Needs the log's verifier key, never the private one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rootprint.ledger.core.checkpoint import SignedCheckpoint, parse_checkpoint
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.logproof import LogProof
from rootprint.ledger.core.merkle import consistency_proof, inclusion_proof, subtree_root
from rootprint.ledger.log.nodes import fetch, known, needed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rootprint.ledger.core.checkpoint import NoteKey
    from rootprint.ledger.core.merkle import Nodes
    from rootprint.ledger.store import Store, Transaction


class LogReader:
    """The log in a store. Each call sees one committed state; threads may share a reader."""

    def __init__(self, store: Store, note_key: NoteKey) -> None:
        self.store, self.note_key = store, note_key

    @property
    def origin(self) -> str:
        """The log's name: first line of its checkpoints, ``log`` member of its statements."""
        return self.note_key.name

    @property
    def size(self) -> int:
        """The number of entries."""
        with self.store.read() as tx:
            return tx.tree.size()

    def entry(self, index: int) -> bytes:
        """Return the 65 bytes at ``index``. Raises NotFound."""
        with self.store.read() as tx:
            data = tx.tree.entry(index)
        if data is None:
            raise NotFound(f"the log has no entry {index}")
        return data

    def index_of(self, digest: bytes) -> int:
        """Return the index of a statement's entry. Raises NotFound."""
        with self.store.read() as tx:
            return self._index_of(tx, digest)

    def checkpoint(self, size: int | None = None) -> SignedCheckpoint:
        """Return the signed checkpoint of that size, or the newest one.

        Raises NotFound if none was signed at that size (an empty log has none at all), and
        BadSignature if the stored one is not by this log's key.
        """
        with self.store.read() as tx:
            return self._checkpoint(tx, size)

    def signed_up_to(self, size: int) -> int | None:
        """Return the size of the largest checkpoint of at most ``size`` entries, or None."""
        with self.store.read() as tx:
            return tx.tree.signed_up_to(size)

    def root(self, size: int) -> bytes:
        """Return the root over the first ``size`` entries. Raises NotFound beyond the log."""
        with self.store.read() as tx:
            self._require_size(tx, size)
            use = partial(subtree_root, 0, size)
            return use(fetch(tx.tree, use))

    def proof(self, digest: bytes, size: int | None = None) -> LogProof:
        """Return the proof that a statement's entry is under a signed checkpoint.

        ``digest`` is the statement's; ``size`` names the checkpoint, the newest by default.
        Raises NotFound for an unknown statement, an unsigned size, or one that is too small.
        """
        with self.store.read() as tx:
            index = self._index_of(tx, digest)
            checkpoint = self._checkpoint(tx, size)
            covered = checkpoint.checkpoint.size
            if index >= covered:
                raise NotFound(f"entry {index} is not under the checkpoint of size {covered}")
            use = partial(inclusion_proof, index, covered)
            return LogProof(index, tuple(use(fetch(tx.tree, use))), checkpoint)

    def node(self, level: int, index: int) -> bytes | None:
        """Return the root of a complete subtree, or None beyond the log."""
        with self.store.read() as tx:
            return tx.tree.nodes({(level, index)}).get((level, index))

    def proving(
        self, indices: Collection[int], size: int | None = None
    ) -> tuple[SignedCheckpoint, Mapping[tuple[int, int], bytes]]:
        """Return a checkpoint, and by (level, index) the nodes that prove entries under it.

        Raises as ``proof`` does, LogDamaged where a node is missing.
        """
        with self.store.read() as tx:
            checkpoint = self._checkpoint(tx, size)
            covered = checkpoint.checkpoint.size
            if (last := max(indices, default=-1)) >= covered:
                raise NotFound(f"entry {last} is not under the checkpoint of size {covered}")

            def paths(nodes: Nodes) -> None:
                for index in indices:
                    inclusion_proof(index, covered, nodes)

            found = tx.tree.nodes(needed(paths))
            paths(known(found))
            return checkpoint, found

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the RFC 9162 proof that the tree of ``new`` extends that of ``old``.

        Raises NotFound beyond the log, BadProof unless 0 < old <= new.
        """
        with self.store.read() as tx:
            self._require_size(tx, new)
            use = partial(consistency_proof, old, new)
            return use(fetch(tx.tree, use))

    def covered_since(self, index: int) -> int | None:
        """Return when the first checkpoint over an entry was signed, Unix seconds.

        The log's own clock said so: good for a gauge, not for a verdict.
        """
        with self.store.read() as tx:
            return tx.tree.covered_since(index)

    def _checkpoint(self, tx: Transaction, size: int | None) -> SignedCheckpoint:
        note = tx.tree.checkpoint(size)
        if note is None:
            what = "the log is empty: it has no checkpoint yet"
            raise NotFound(what if size is None else f"the log signed no checkpoint of size {size}")
        checkpoint = parse_checkpoint(note)
        checkpoint.verify(self.note_key)
        return checkpoint

    def _index_of(self, tx: Transaction, digest: bytes) -> int:
        index = tx.tree.index_of(digest)
        if index is None:
            raise NotFound(f"the log has no entry for statement {digest_text(digest)}")
        return index

    def _require_size(self, tx: Transaction, size: int) -> None:
        if not 0 <= size <= tx.tree.size():
            raise NotFound(f"the log has {tx.tree.size()} entries, not {size}")
