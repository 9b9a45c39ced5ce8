"""Anchoring on a network: pools, fees, reverts, reorgs, and endpoints whose word counts nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.anchor import Anchorer, AnchorFailed, Outcome
from rootprint.ledger.anchor.fees import Fees, raised
from rootprint.ledger.chain import Limits
from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.store import Attempt, Intent, IntentState, Target
from tests.anchor.conftest import LOG_ID, OPERATOR, Book, anchorer, rows
from tests.chain.bench import Clock

if TYPE_CHECKING:
    from tests.anchor.node import Node


def mine_of(book: Book, node: Node, clock: Clock | None = None, **options: object) -> Anchorer:
    return anchorer(book.log, node, node.contracts, clock=clock or Clock(), **options)


def intents(book: Book, node: Node, state: IntentState) -> list[Intent]:
    target = Target(node.chain_id, node.contracts.checkpoint_registry, LOG_ID, OPERATOR)
    with book.log.store.read() as tx:
        return tx.anchors.intents(target, state)


def attempts(book: Book, intent: Intent) -> list[Attempt]:
    with book.log.store.read() as tx:
        return tx.anchors.attempts(intent)


def test_sent_is_not_anchored(book: Book, node: Node) -> None:
    mine = mine_of(book, node)
    book.publish(2)
    outcome = mine.anchor()
    assert (outcome.state, outcome.reason) == (Outcome.PENDING, "not in a block yet")
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [2]


def test_only_one_anchor_is_in_flight(book: Book, node: Node) -> None:
    mine = mine_of(book, node)
    book.publish(2)
    mine.anchor()
    book.publish(2)
    assert mine.anchor().size == 2
    assert len(intents(book, node, IntentState.PENDING)) == 1
    node.mine()
    assert mine.anchor().size == 4
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [2, 4]


def test_depth_is_waited_for(book: Book, node: Node) -> None:
    mine = mine_of(book, node, confirmations=2)
    book.publish(1)
    mine.anchor()
    node.mine()
    assert mine.anchor().reason == "0 of 2 confirmations"
    node.mine()
    assert mine.anchor().reason == "1 of 2 confirmations"
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


@pytest.mark.parametrize("error", [Unavailable("timed out"), Refused("already known")])
def test_an_error_from_sending_is_not_believed(book: Book, node: Node, error: Exception) -> None:
    """The endpoint says no and has taken it: the receipt counts."""
    node.error, node.takes_despite_error = error, True
    mine = mine_of(book, node)
    book.publish(1)
    outcome = mine.anchor()
    assert outcome.state is Outcome.PENDING
    assert f"attempt 0 was not taken: {error}" in outcome.reason
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


def test_what_was_not_taken_is_sent_again(book: Book, node: Node) -> None:
    node.error = Unavailable("connection refused")
    mine = mine_of(book, node)
    book.publish(1)
    assert mine.anchor().state is Outcome.PENDING
    assert node.pool == {}
    node.error = None
    mine.anchor()
    node.drop()
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert len(set(node.sent)) == 1


def test_each_rise_is_an_eighth_in_both_caps_and_any_attempt_may_win(
    book: Book, node: Node
) -> None:
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(1)
    for _ in range(3):
        mine.anchor()
        clock.now += 31
    mine.anchor()
    (intent,) = intents(book, node, IntentState.PENDING)
    made = attempts(book, intent)
    assert [(one.max_fee, one.priority) for one in made] == [(40, 2), (45, 3), (51, 4), (58, 5)]
    assert len({one.hash for one in made}) == 4
    # A miner that kept an early one includes it: the later ones are void, the anchor is done.
    node.pool = {made[1].hash: made[1].raw}
    node.mine()
    outcome = mine.anchor()
    assert (outcome.state, outcome.transaction) == (Outcome.ANCHORED, made[1].hash)
    assert len(attempts(book, intent)) == 4


def test_a_rise_follows_the_chain_where_it_asks_for_more(book: Book, node: Node) -> None:
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(1)
    mine.anchor()
    node.suggested, node.base_fee = (400, 2), 300
    node.mine()
    assert mine.anchor().state is Outcome.PENDING
    clock.now += 31
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


def test_the_ceiling_is_never_passed_and_said_aloud(book: Book, node: Node) -> None:
    clock = Clock()
    mine = mine_of(book, node, clock, limits=Limits(fee=44))
    book.publish(1)
    mine.anchor()
    clock.now += 31
    outcome = mine.anchor()
    assert outcome.state is Outcome.PENDING
    assert outcome.reason == (
        "fee ceiling reached: the next attempt needs 45 wei per gas, 44 is allowed"
    )
    (intent,) = intents(book, node, IntentState.PENDING)
    assert [one.max_fee for one in attempts(book, intent)] == [40]
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


def test_a_first_fee_beyond_the_ceiling_is_not_signed(book: Book, node: Node) -> None:
    mine = mine_of(book, node, limits=Limits(fee=39))
    book.publish(1)
    assert "fee ceiling reached" in mine.anchor().reason
    (intent,) = intents(book, node, IntentState.PENDING)
    assert attempts(book, intent) == []
    assert node.sent == []


def test_a_revert_is_kept_with_its_reason_and_the_next_call_begins_anew(
    book: Book, node: Node
) -> None:
    mine = mine_of(book, node)
    book.publish(1)
    mine.anchor()
    book.publish(1)
    (pending,) = intents(book, node, IntentState.PENDING)
    # Somebody anchors a later state first (a second machine with the same key).
    node._execute = lambda _raw: False  # type: ignore[method-assign]
    node.mine()
    with pytest.raises(AnchorFailed, match="anchoring 1 entries failed: the registry refused"):
        mine.anchor()
    (failed,) = intents(book, node, IntentState.FAILED)
    assert (failed.number, failed.nonce) == (pending.number, pending.nonce)
    assert "0xdeadbeef" in failed.reason
    assert len(attempts(book, failed)) == 1
    del node._execute
    node._rebuild = lambda: None  # type: ignore[method-assign] # keep the receipt as it was
    outcome = mine.anchor()
    assert (outcome.state, outcome.size) == (Outcome.PENDING, 2)
    (second,) = intents(book, node, IntentState.PENDING)
    assert second.nonce == pending.nonce + 1


def test_mined_without_a_row_is_a_failure(book: Book, node: Node) -> None:
    """As where the address has no code: status 1, and nothing written."""
    mine = mine_of(book, node)
    book.publish(1)
    mine.anchor()
    node._execute = lambda _raw: True  # type: ignore[method-assign]
    node.mine()
    with pytest.raises(AnchorFailed, match="the registry holds no such row"):
        mine.anchor()


def test_a_nonce_used_elsewhere_fails_the_intent_and_the_next_call_mends_it(
    book: Book, node: Node
) -> None:
    """Whatever is taken for sending; what was signed may yet have a receipt that is late."""
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(1)
    mine.anchor()
    node.drop()
    node.use_nonce_elsewhere()
    node.broadcast = lambda _: None  # type: ignore[method-assign] # it takes anything
    outcome = mine.anchor()
    assert "nonce 0 was used by another transaction of account 0x" in outcome.reason
    assert "unless the receipt of one sent is late" in outcome.reason
    assert "let nothing but one anchorer use the operator's account" in outcome.warning
    clock.now += 31
    with pytest.raises(AnchorFailed, match="nonce 0 was used by another") as caught:
        mine.anchor()
    assert "the next step signs under a new nonce" in str(caught.value.remedy)
    (failed,) = intents(book, node, IntentState.FAILED)
    assert len(attempts(book, failed)) == 1
    del node.broadcast
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [1]


def test_a_used_nonce_waits_for_the_depth_of_an_anchor_and_no_fee_rises(
    book: Book, node: Node
) -> None:
    """A reorganisation within the confirmations gives the nonce back: the same one is sent."""
    clock = Clock()
    mine = mine_of(book, node, clock, confirmations=2)
    for _ in range(3):
        node.mine(empty=True)
    book.publish(1)
    mine.anchor()
    node.use_nonce_elsewhere()
    for _ in range(3):
        clock.now += 600
        assert "not yet in a block that is deep enough" in mine.anchor().reason
    (intent,) = intents(book, node, IntentState.PENDING)
    assert len(attempts(book, intent)) == 1
    node.reorg(1)
    clock.now -= 1800
    mine.anchor()
    node.mine()
    node.mine()
    node.mine()
    outcome = mine.anchor()
    assert (outcome.state, len(attempts(book, intent))) == (Outcome.ANCHORED, 1)


def test_finality_is_the_depth_of_a_used_nonce_too(book: Book, node: Node) -> None:
    clock = Clock()
    mine = mine_of(book, node, clock, finalized=True)
    book.publish(1)
    node.final = 0
    mine.anchor()
    node.use_nonce_elsewhere()
    clock.now += 31
    assert "not yet in a block that is deep enough" in mine.anchor().reason
    node.final = 1
    with pytest.raises(AnchorFailed, match="nonce 0 was used by another"):
        mine.anchor()


def test_an_intent_of_which_nothing_was_signed_needs_no_patience(book: Book, node: Node) -> None:
    mine = mine_of(book, node, limits=Limits(fee=1))
    book.publish(1)
    assert "fee ceiling" in mine.anchor().reason
    node.use_nonce_elsewhere()
    with pytest.raises(AnchorFailed, match="nonce 0 was used by another"):
        mine.anchor()


def test_what_endpoints_disagree_about_is_warned_of(book: Book, node: Node) -> None:
    mine = mine_of(book, node)
    book.publish(1)
    node.doubt = "endpoints disagree about the nonce"
    outcome = mine.anchor()
    assert (outcome.reason, outcome.warning) == (node.doubt, node.doubt)


def test_a_nonce_taken_too_high_is_meant_again_at_the_right_one(book: Book, node: Node) -> None:
    """What was signed above the gap is mined in the end, and refused: the state stands once."""
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(2)
    node.lie = 3
    assert mine.anchor().state is Outcome.PENDING
    node.lie = 0
    node.mine()
    assert mine.anchor().state is Outcome.PENDING  # a node that is late looks like this too
    clock.now += 31
    mine.anchor()
    (intent,) = intents(book, node, IntentState.PENDING)
    assert intent.nonce == 0
    (failed,) = intents(book, node, IntentState.FAILED)
    assert failed.reason == "nonce 3 is above the account's next, 0"
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    for size in (3, 4, 5):
        book.publish(1)
        for _ in range(3):
            try:
                if mine.anchor().state is Outcome.ANCHORED:
                    break
            except AnchorFailed as error:
                assert "the registry refused" in str(error)  # noqa: PT017 - once, of the old one
            node.mine()
        assert [row.size for row in rows(node, node.contracts)] == [2, *range(3, size + 1)]


def test_a_gap_that_a_reorg_leaves_is_closed(book: Book, node: Node) -> None:
    """The nonce below ours was another's, and its transaction does not come back."""
    clock = Clock()
    mine = mine_of(book, node, clock)
    node.use_nonce_elsewhere()
    book.publish(1)
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    node.reorg(2)
    mine.anchor()
    node.mine()
    assert rows(node, node.contracts) == []
    clock.now += 31
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [1]


def test_a_node_that_is_a_block_behind_costs_no_nonce(book: Book, node: Node) -> None:
    """A confirmed anchor's nonce is used, whatever such a node counts."""
    clock = Clock()
    mine = mine_of(book, node, clock)
    book.publish(1)
    mine.anchor()
    node.mine()
    mine.anchor()
    book.publish(1)
    mine.anchor()
    node.lie = -1
    clock.now += 31
    mine.anchor()
    (intent,) = intents(book, node, IntentState.PENDING)
    assert intent.nonce == 1
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED


@pytest.mark.parametrize("anchors", [1, 3])
def test_a_reorg_takes_anchors_back_to_pending_and_they_land_again(
    book: Book, node: Node, anchors: int
) -> None:
    mine = mine_of(book, node)
    for _ in range(4):
        book.publish(1)
        mine.anchor()
        node.mine()
        assert mine.anchor().state is Outcome.ANCHORED
    nonces = [intent.nonce for intent in intents(book, node, IntentState.CONFIRMED)]
    node.reorg(anchors)
    assert len(rows(node, node.contracts)) == 4 - anchors
    assert mine.recheck() == anchors
    assert mine.recheck() == 0
    for _ in range(anchors):
        assert mine.anchor().state is Outcome.PENDING
        node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    assert [row.size for row in rows(node, node.contracts)] == [1, 2, 3, 4]
    assert [one.nonce for one in intents(book, node, IntentState.CONFIRMED)] == nonces


def test_an_anchor_call_notices_a_reorg_by_itself(book: Book, node: Node) -> None:
    mine = mine_of(book, node)
    book.publish(1)
    mine.anchor()
    node.mine()
    assert mine.anchor().state is Outcome.ANCHORED
    node.reorg(1)
    assert mine.anchor().state is Outcome.PENDING
    node.mine()
    mine.anchor()
    assert [row.size for row in rows(node, node.contracts)] == [1]


def test_a_rise_is_at_least_an_eighth_whatever_the_size() -> None:
    for fee in (0, 1, 7, 8, 9, 10**9, 3 * 10**11 + 1):
        new = raised(Fees(fee, fee), Fees(0, 0))
        assert new.max_fee * 8 >= fee * 9
        assert new.max_fee - fee <= fee // 8 + 1
    assert raised(Fees(8, 8), Fees(100, 1)) == Fees(100, 9)
