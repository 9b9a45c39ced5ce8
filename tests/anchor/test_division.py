"""A log that grew by more than the registry takes at once: divided, each step with its proof.

The tree has equal leaves, so that a log of millions of entries is known without holding them; its
checkpoints are in a real store, and the contract is the real one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.anchor import Outcome
from rootprint.ledger.anchor.prefix import MAX_GROWTH, next_state
from rootprint.ledger.chain import decode_result, encode_call
from rootprint.ledger.core.chain import CheckpointRow
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.merkle import consistency_proof, leaf_hash, node_hash, subtree_root
from rootprint.ledger.log import LogReader
from rootprint.ledger.store import Store
from tests.anchor.conftest import LOG_KEY, Real, anchorer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def _hash(level: int) -> bytes:
    return node_hash(_hash(level - 1), _hash(level - 1)) if level else leaf_hash(bytes(65))


def _node(level: int, _index: int) -> bytes:
    return _hash(level)


class EqualLeaves(LogReader):
    """A log whose entries are all the same; its size is that of its newest checkpoint."""

    def grow(self, *sizes: int) -> None:
        """Sign checkpoints of these sizes."""
        with self.store.write() as tx:
            for size in sizes:
                tx.tree.put_checkpoint(size, LOG_KEY.sign(size, self.root(size)).text, 1)

    @property
    def size(self) -> int:
        """The newest checkpoint's."""
        return self.signed_up_to(1 << 40) or 0

    def root(self, size: int) -> bytes:
        """See ``LogReader.root``."""
        return subtree_root(0, size, _node)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """See ``LogReader.consistency``."""
        return consistency_proof(old, new, _node)


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[EqualLeaves]:
    with Store.create(tmp_path / "store.sqlite") as store:
        yield EqualLeaves(store, LOG_KEY.note_key)


def test_the_bound_is_the_contracts(real: Real) -> None:
    name = "CheckpointRegistry"
    answer = real.chain.call(real.contracts.checkpoint_registry, encode_call(name, "MAX_GROWTH"))
    assert decode_result(name, "MAX_GROWTH", answer) == (MAX_GROWTH,)


def test_each_step_is_within_the_bound_and_the_contract_takes_it(
    grown: EqualLeaves, real: Real
) -> None:
    """From nothing and from a row, over checkpoints at, before and after the bound."""
    grown.grow(
        5, MAX_GROWTH - 3, MAX_GROWTH, MAX_GROWTH + 1, 2 * MAX_GROWTH - 7, 3 * MAX_GROWTH - 7
    )
    mine = anchorer(grown, real.chain, real.contracts)
    outcome = mine.anchor()
    assert (outcome.state, outcome.size) == (Outcome.ANCHORED, 3 * MAX_GROWTH - 7)
    sizes = [MAX_GROWTH, 2 * MAX_GROWTH - 7, 3 * MAX_GROWTH - 7]
    assert [row.size for row in real.rows()] == sizes
    assert [row.root for row in real.rows()] == [grown.root(size) for size in sizes]
    assert mine.anchor().state is Outcome.NOTHING_NEW


def test_one_batch_beyond_the_bound_is_refused_with_words(grown: EqualLeaves) -> None:
    grown.grow(7, MAX_GROWTH + 8)
    row = CheckpointRow(grown.root(7), 7, 1)
    newest = grown.checkpoint().checkpoint
    with pytest.raises(Refused, match="no checkpoint between 7 and 16777223 entries"):
        next_state(grown, row, newest)
    assert next_state(grown, None, newest).size == 7
