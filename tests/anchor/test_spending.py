"""What an anchor may cost, who can't pay it, and when the chain itself calls it final."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rlp

from rootprint.ledger.anchor import AnchorFailed, Outcome
from rootprint.ledger.chain import MOST_GAS, TRANSACTION_GAS, Limits, coins, gas_for
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.store import IntentState
from tests.anchor.conftest import OPERATOR, Book, rows
from tests.anchor.test_network import attempts, intents, mine_of
from tests.chain.bench import Clock

if TYPE_CHECKING:
    from tests.anchor.node import Node


def gas_of(raw: bytes) -> int:
    return int.from_bytes(rlp.decode(raw[1:])[4])


def test_gas_is_the_estimate_and_a_quarter(book: Book, node: Node) -> None:
    book.publish(1)
    mine_of(book, node).anchor()
    (intent,) = intents(book, node, IntentState.PENDING)
    assert [gas_of(one.raw) for one in attempts(book, intent)] == [100_000]


def test_gas_is_never_more_than_the_ceiling(book: Book, node: Node) -> None:
    book.publish(1)
    mine_of(book, node, limits=Limits(gas=90_000)).anchor()
    (intent,) = intents(book, node, IntentState.PENDING)
    assert [gas_of(one.raw) for one in attempts(book, intent)] == [90_000]


@pytest.mark.parametrize(
    ("estimate", "signed"),
    [
        (TRANSACTION_GAS - 1, TRANSACTION_GAS),
        (TRANSACTION_GAS, TRANSACTION_GAS),
        (TRANSACTION_GAS + 4, 5 * TRANSACTION_GAS // 4 + 5),
        (MOST_GAS, MOST_GAS),
    ],
)
def test_what_one_transaction_may_have_is_passed_only_where_the_estimate_passes_it(
    node: Node, monkeypatch: pytest.MonkeyPatch, estimate: int, signed: int
) -> None:
    """From Amsterdam on the state that is written comes beside it."""
    monkeypatch.setattr(node, "estimate", lambda *_: estimate)
    assert gas_for(node, OPERATOR, None, b"", Limits()) == signed


def test_an_estimate_beyond_the_ceiling_is_refused_before_anything_is_meant(
    book: Book, node: Node
) -> None:
    book.publish(1)
    with pytest.raises(Refused, match="needs 80000 gas, and 79999 is the most") as caught:
        mine_of(book, node, limits=Limits(gas=79_999)).anchor()
    assert "gasCeiling" in caught.value.remedy
    assert intents(book, node, IntentState.PENDING) == []


def test_an_empty_account_is_named_with_what_it_needs_and_anchors_once_it_is_paid(
    book: Book, node: Node
) -> None:
    node.funds = 3_999_999
    mine = mine_of(book, node)
    book.publish(1)
    outcome = mine.anchor()
    assert outcome.state is Outcome.PENDING
    for words in (
        f"account 0x{OPERATOR.hex()} on chain",
        "send at least 0.000000000000000001 coins",
    ):
        assert words in outcome.reason
        assert words in outcome.warning
    assert node.sent == []
    node.funds = 4_000_000
    outcome = mine.anchor()
    assert outcome.reason == "not in a block yet"
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [1]


@pytest.mark.parametrize(("funds", "left"), [(79_999_999, 19), (4_000_000, 1), (80_000_000, None)])
def test_an_account_that_runs_low_is_named_before_it_is_empty(
    book: Book, node: Node, funds: int, left: int | None
) -> None:
    node.funds = funds
    book.publish(1)
    warning = mine_of(book, node).anchor().warning
    assert warning == "" if left is None else f"enough for {left} anchors at today's fee" in warning


def test_a_fee_that_can_not_be_raised_for_want_of_funds_keeps_what_was_sent(
    book: Book, node: Node
) -> None:
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(1)
    mine.anchor()
    node.funds = 0
    clock.now += 31
    assert "out of funds" in mine.anchor().reason
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


def test_what_the_registry_would_refuse_is_never_paid_for(book: Book, node: Node) -> None:
    node._would_take = lambda _data: False  # type: ignore[method-assign]
    book.publish(1)
    with pytest.raises(AnchorFailed, match=r"the registry would refuse it: .*0xdeadbeef"):
        mine_of(book, node).anchor()
    assert node.sent == []
    assert all(intents(book, node, state) == [] for state in IntentState)


def test_an_intent_that_the_registry_would_refuse_by_now_gives_its_nonce_to_the_next(
    book: Book, node: Node
) -> None:
    """It was meant, not signed, when another process with the same key was faster."""
    node.funds = 0
    mine = mine_of(book, node)
    book.publish(1)
    assert "out of funds" in mine.anchor().reason
    node.funds, taken = 10**18, node._would_take
    node._would_take = lambda _data: False  # type: ignore[method-assign]
    with pytest.raises(AnchorFailed, match="would refuse"):
        mine.anchor()
    (failed,) = intents(book, node, IntentState.FAILED)
    node._would_take = taken  # type: ignore[method-assign]
    book.publish(1)
    assert mine.anchor().size == 2
    (renewed,) = intents(book, node, IntentState.PENDING)
    assert (renewed.number, renewed.nonce, renewed.size) == (failed.number, failed.nonce, 2)
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


def test_a_failed_transaction_that_a_reorg_removes_gives_its_nonce_back(
    book: Book, node: Node
) -> None:
    mine = mine_of(book, node)
    book.publish(1)
    mine.anchor()
    node._execute = lambda _raw: False  # type: ignore[method-assign]
    node.mine()
    with pytest.raises(AnchorFailed, match="the registry refused"):
        mine.anchor()
    del node._execute
    node.reorg(1)
    clock_later = mine_of(book, node, Clock(now=1_800_000_100.0))
    assert clock_later.anchor().state is Outcome.PENDING
    node.mine()
    assert clock_later.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [1]


def test_finality_is_waited_for_where_it_is_asked_for_and_there(book: Book, node: Node) -> None:
    mine = mine_of(book, node, finalized=True)
    book.publish(1)
    mine.anchor()
    node.mine()
    node.final = 0
    assert mine.anchor().reason == "in block 1; the chain's newest final one is 0"
    node.mine(empty=True)
    node.final = 1
    assert mine.anchor().state is Outcome.ANCHORED


def test_a_chain_without_finality_settles_by_confirmations_alone(book: Book, node: Node) -> None:
    mine = mine_of(book, node, finalized=True, confirmations=1)
    book.publish(1)
    mine.anchor()
    node.mine()
    assert mine.anchor().reason == "0 of 1 confirmations"
    node.mine(empty=True)
    assert mine.anchor().state is Outcome.ANCHORED


@pytest.mark.parametrize(
    ("wei", "text"),
    [(0, "0 coins"), (1, "0.000000000000000001 coins"), (15 * 10**17, "1.5 coins"),
     (10**21, "1000 coins")],
)  # fmt: skip
def test_amounts_are_told_with_every_digit(wei: int, text: str) -> None:
    assert coins(wei) == text
