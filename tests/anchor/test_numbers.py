"""Numbers that the chain may hold and no log can have: said as such, and no fault of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.anchor import Due, Equivocation, Watch
from rootprint.ledger.core.errors import NotFound
from tests.anchor.test_network import mine_of
from tests.anchor.test_watch import Steps
from tests.chain.bench import Clock

if TYPE_CHECKING:
    from tests.anchor.conftest import Book
    from tests.anchor.node import Node

HUGE = [2**40 - 1, 2**39]


@pytest.mark.parametrize("size", HUGE)
def test_a_state_of_more_entries_than_the_log_has_is_told_as_such(
    book: Book, node: Node, size: int
) -> None:
    book.publish(1)
    node._view.anchor(node.log_id, size, bytes(32))
    node._view.mine()
    with pytest.raises(Equivocation, match=f"has anchored {size} entries of this log, which"):
        mine_of(book, node).anchor()
    clock = Clock()
    watch = Watch(mine_of(book, node), Due(1), Steps(clock, [1.0]), print, monotonic=clock)
    with pytest.raises(Equivocation, match="which has 1 here"):
        watch.run()
    assert node.sent == []


@pytest.mark.parametrize("size", [2**40, 2**53, 2**64, 10**30])
def test_a_log_signed_no_checkpoint_of_such_a_size(book: Book, size: int) -> None:
    book.publish(1)
    with pytest.raises(NotFound, match="the log signed no checkpoint of size"):
        book.log.checkpoint(size)
