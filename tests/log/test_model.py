"""The log against its model, a plain list of entries, through any sequence of batches."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.merkle import tree_root, verify_consistency
from rootprint.ledger.core.seal import seal
from rootprint.ledger.log import Log, fsck
from rootprint.ledger.store import Store
from tests.support.statements import LOG, assurance, factor, status

if TYPE_CHECKING:
    from rootprint.ledger.core.checkpoint import LogKey
    from rootprint.ledger.core.keys import SigningKey

DRAFTS = [factor, assurance, status]


def _draft(number: int) -> dict[str, Any]:
    """Return a draft of a kind of its own; a factor is of a product of its own (law 5)."""
    kind = DRAFTS[number % 3]
    return kind(productIds=[f"urn:example:{number}"]) if kind is factor else kind()


@settings(max_examples=25)
@given(
    batches=st.lists(st.lists(st.integers(0, 11), max_size=6), max_size=6),
    reopened=st.booleans(),
)
def test_the_log_is_a_list_of_entries(
    log_key: LogKey, issuer_key: SigningKey, batches: list[list[int]], *, reopened: bool
) -> None:
    """Numbers stand for statements: a number met before is the same bytes again.

    Roots come from ``tree_root`` over the model, which shares no code with the stored tree.
    """
    made = {n: seal(_draft(n), issuer_key, LOG) for batch in batches for n in batch}
    model: list[bytes] = []
    sizes = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        store = Store.create(path)
        for batch in batches:
            if reopened:
                store.close()
                store = Store.open(path)
            receipts = Log(store, log_key).append([made[number] for number in batch])
            for number, receipt in zip(batch, receipts, strict=True):
                entry = entry_of(made[number])
                if entry not in model:
                    model.append(entry)
                assert (receipt.index, receipt.entry) == (model.index(entry), entry)
                receipt.proof.verify(entry)
            if receipts:
                sizes.append(len(model))
        log = Log(store, log_key)
        assert log.size == len(model)
        for size in sizes:
            point = log.checkpoint(size).checkpoint
            assert (point.size, point.root) == (size, tree_root(model[:size]))
            proof = log.consistency(size, len(model))
            verify_consistency(size, len(model), point.root, tree_root(model), proof)
        for statement in made.values():
            log.proof(statement.digest).verify(entry_of(statement))
        report = fsck(store, log.note_key)
        assert (report.entries, report.checkpoints) == (len(model), len(set(sizes)))
        assert report.empty == (not model)
        store.close()
