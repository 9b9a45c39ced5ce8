"""A ledger's folder with the statements of evidence: what is walked at home, beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.merkle import completed_by, leaf_hash
from rootprint.ledger.intake import Home
from rootprint.ledger.log import LogReader
from rootprint.ledger.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from benches.ledger_in_memory import Evidence


def home_of(made: Evidence, folder: Path) -> Home:
    """Store the world's statements, keys, records, log and checkpoints; its chain stays as it is.

    They are put there as they are, not judged again: it is reading that is measured.
    """
    world = made.world
    store = Store.create(folder / "store.sqlite")
    statements = [world.held[digest] for digest in world.indices]
    entries = [entry_of(one) for one in statements]
    hashes: dict[tuple[int, int], bytes] = {}
    for index, entry in enumerate(entries):
        for level, place, node in completed_by(
            index, leaf_hash(entry), lambda level, place: hashes[level, place]
        ):
            hashes[level, place] = node
    with store.write() as tx:
        world.keep_keys(tx)
        for did in world.keys:
            for record in world.records.values():
                if f'"{did}"'.encode() in record:
                    tx.directory.put_record(did, record)
        tx.statements.put(statements)
        tx.tree.put(0, entries, [(*place, node) for place, node in hashes.items()])
        for one in statements:
            tx.statements.keep(one)
        for size in sorted({*world.anchored, len(entries)}):
            tx.tree.put_checkpoint(size, world.checkpoint(size).text, 0)
    return Home(store, LogReader(store, made.trust.log_key), world.chain, made.trust)
